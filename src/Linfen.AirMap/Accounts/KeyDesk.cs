using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Accounts;

/// <summary>What an administrator sends of a key.</summary>
public sealed record KeyBody(string? Name, string? Kind, string[]? Permissions, string[]? Counties, string? Source, int? RatePerMinute, DateTimeOffset? ExpiresAt);

/// <summary>Makes, renews and revokes keys of machines. A secret is told once; here is only its hash.</summary>
sealed class KeyDesk(AirMapDb db, AuditTrail audit, AccountsBell bell, TimeProvider clock)
{
    KeyDraft? Read(KeyBody body, List<string> faults)
    {
        var kind = Permissions.Find<KeyKind>(body.Kind ?? "feed");
        var given = body.Permissions?.Select(Permissions.Find<Permission>).ToList() ?? (kind == KeyKind.Integration ? [Permission.View] : [Permission.Deliver]);
        if (body.Name?.Trim() is not { Length: > 0 and <= 64 })
        {
            faults.Add("name: 1 to 64 characters");
        }

        if (kind is null or KeyKind.Local)
        {
            faults.Add("kind: feed, device or integration");
        }

        if (!given.TrueForAll(p => p is { } named && Permissions.ForMachines.Contains(named)))
        {
            faults.Add("permissions: some of " + string.Join(", ", Permissions.ForMachines.Select(Permissions.NameOf)));
        }

        if (body.Source is { Length: > 64 })
        {
            faults.Add("source: at most 64 characters");
        }

        if (body.RatePerMinute < 0)
        {
            faults.Add("ratePerMinute: 0 or more; 0 is without a limit");
        }

        if (body.ExpiresAt <= clock.GetUtcNow())
        {
            faults.Add("expiresAt: lies in the past");
        }

        return faults.Count > 0 ? null : new(
            body.Name!.Trim(), kind!.Value, [.. given.Select(p => p!.Value).Distinct()], body.Counties, string.IsNullOrWhiteSpace(body.Source) ? null : body.Source.Trim(),
            body.RatePerMinute, body.ExpiresAt?.ToUniversalTime());
    }

    public async Task<(MachineKey? Key, string Secret, IResult? Problem)> AddAsync(KeyBody body, Author by, CancellationToken cancellation)
    {
        var faults = (await CountyCodes.FaultsOfAsync(body.Counties, db, cancellation)).ToList();
        if (Read(body, faults) is not { } draft)
        {
            return (null, "", Problems.Invalid(faults));
        }

        var (now, secret) = (clock.GetUtcNow(), Secret.NewKey());
        var key = MachineKey.Create(Guid.CreateVersion7(now), Secret.Hash(secret), draft, by.Name, now);
        db.Keys.Add(key);
        await db.SaveChangesAsync(cancellation);
        await audit.WriteAsync(AuditEntry.Done("key.created", "key", key.Id, after: AccountJson.Of(key)), by, CancellationToken.None);
        return (key, secret, null);
    }

    /// <summary>The old secret opens nothing from now on.</summary>
    public async Task<string?> RotateAsync(Guid id, Author by, CancellationToken cancellation)
    {
        var key = await db.Keys.SingleOrDefaultAsync(k => k.Id == id && k.RevokedAt == null, cancellation);
        if (key is null)
        {
            return null;
        }

        var secret = Secret.NewKey();
        key.Rotate(Secret.Hash(secret));
        await ToldAsync("key.rotated", key, by, cancellation);
        return secret;
    }

    public async Task<bool> RevokeAsync(Guid id, Author by, CancellationToken cancellation)
    {
        var key = await db.Keys.SingleOrDefaultAsync(k => k.Id == id, cancellation);
        if (key is null)
        {
            return false;
        }

        key.Revoke(clock.GetUtcNow());
        await ToldAsync("key.revoked", key, by, cancellation);
        return true;
    }

    async Task ToldAsync(string action, MachineKey key, Author by, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        await audit.WriteAsync(AuditEntry.Done(action, "key", key.Id, after: AccountJson.Of(key)), by, CancellationToken.None);
        await bell.RingAsync(cancellation);
    }
}

static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        var keys = app.MapGroup("/api/keys").WithTags("Keys").Needs(Permission.ManageKeys);
        keys.MapGet("", ListAsync).WithSummary("All keys with their last use, without their secrets");
        keys.MapPost("", AddAsync).ProducesProblem(400).WithSummary("Makes a key {name, kind, permissions?, counties?, source?, ratePerMinute?, expiresAt?}; its secret is answered once");
        keys.MapPost("/{id:guid}/rotate", RotateAsync).ProducesProblem(404).WithSummary("A new secret for the key, answered once; the old one opens nothing any more");
        keys.MapDelete("/{id:guid}", RevokeAsync).ProducesProblem(404).WithSummary("Revokes the key");
    }

    internal sealed record KeyList(IReadOnlyList<KeyItem> Keys);

    static async Task<KeyList> ListAsync(AirMapDb db, CancellationToken cancellation) =>
        new([.. (await db.Keys.AsNoTracking().OrderBy(k => k.Name).ThenBy(k => k.CreatedAt).ToListAsync(cancellation)).Select(KeyItem.Of)]);

    static async Task<IResult> AddAsync(KeyBody body, HttpContext context, KeyDesk desk, CancellationToken cancellation)
    {
        var (key, secret, problem) = await desk.AddAsync(body, Author.Of(context), cancellation);
        context.Response.Headers.CacheControl = "no-store";
        return key is null ? problem! : TypedResults.Json(new { key = KeyItem.Of(key), secret }, statusCode: StatusCodes.Status201Created);
    }

    public sealed record NewSecret(string Secret);

    static async Task<IResult> RotateAsync(Guid id, HttpContext context, KeyDesk desk, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await desk.RotateAsync(id, Author.Of(context), cancellation) is { } secret ? TypedResults.Ok(new NewSecret(secret)) : Problems.NotFound("such key");
    }

    static async Task<IResult> RevokeAsync(Guid id, HttpContext context, KeyDesk desk, CancellationToken cancellation) =>
        await desk.RevokeAsync(id, Author.Of(context), cancellation) ? TypedResults.NoContent() : Problems.NotFound("such key");
}
