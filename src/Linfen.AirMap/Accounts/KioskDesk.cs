using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>Lets walls in: the wall shows a code, an officer grants it, the wall fetches a long session that can only look.</summary>
sealed class KioskDesk(AirMapDb db, AuditTrail audit, SessionDesk sessions, IOptions<AccountOptions> options, TimeProvider clock)
{
    static readonly TimeSpan CodeLives = TimeSpan.FromMinutes(15);

    public sealed record Request(string Code, string Secret, DateTimeOffset ExpiresAt);

    public sealed record Grant(string? Name, string[]? Counties);

    public sealed record Claim(string? Secret);

    public async Task<IResult> AskAsync(HttpContext context, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await db.KioskRequests.Where(k => k.ExpiresAt < now).ExecuteDeleteAsync(cancellation);
        var (code, secret) = (Secret.NewCode(), Secret.NewToken());
        var request = KioskRequest.Create(Guid.CreateVersion7(now), code, Secret.Hash(secret), now + CodeLives);
        db.KioskRequests.Add(request);
        await db.SaveChangesAsync(cancellation);
        await audit.WriteAsync(AuditEntry.Done("kiosk.asked", "kiosk", request.Id), Author.Of(context), CancellationToken.None);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Request(code, secret, now + CodeLives));
    }

    public async Task<IResult> GrantAsync(string code, Grant grant, HttpContext context, CancellationToken cancellation)
    {
        var caller = context.User.Caller()!;
        if (grant.Name?.Trim() is not { Length: > 0 and <= 64 } name)
        {
            return Problems.Invalid(["name: 1 to 64 characters"]);
        }

        // Nobody grants more than he sees himself.
        var counties = grant.Counties ?? caller.Scope.Codes;
        if (counties is not null && (counties.Length == 0 || !counties.All(c => c.Length == 6 && c.All(char.IsAsciiDigit) && caller.Scope.Holds(c))))
        {
            return Problems.Of(403, "outside-scope", "A wall shows counties that its officer may see.");
        }

        var now = clock.GetUtcNow();
        var request = await db.KioskRequests.SingleOrDefaultAsync(k => k.Code == code && k.ExpiresAt > now && !k.Granted, cancellation);
        if (request is null)
        {
            return Problems.NotFound("wall that shows this code now");
        }

        request.Grant(name, counties, caller.Name);
        await db.SaveChangesAsync(cancellation);
        await audit.WriteAsync(
            AuditEntry.Done("kiosk.granted", "kiosk", request.Id, after: AccountJson.Of(new { name, counties })), Author.Of(context), CancellationToken.None);
        return TypedResults.NoContent();
    }

    public async Task<IResult> ClaimAsync(Claim claim, HttpContext context, CancellationToken cancellation)
    {
        var (hash, now) = (Secret.Hash(claim.Secret ?? ""), clock.GetUtcNow());
        var request = await db.KioskRequests.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.ExpiresAt > now, cancellation);
        if (request is null)
        {
            return Problems.NotFound("wall of this secret; ask for a new code");
        }

        // Of two that claim at once only one takes it away.
        if (!request.Granted || await db.KioskRequests.Where(k => k.Id == request.Id && k.Granted).ExecuteDeleteAsync(cancellation) == 0)
        {
            return TypedResults.Accepted((string?)null, new { granted = false });
        }

        var (token, expires) = (Secret.NewToken(), now.AddDays(options.Value.KioskDays));
        db.Sessions.Add(Session.OfKiosk(
            request.Id, Secret.Hash(token), request.Name!, request.Counties, request.GrantedBy!, now, expires, context.Address(), context.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent
                ? agent[..Math.Min(agent.Length, 200)] : null));
        await db.SaveChangesAsync(cancellation);
        await audit.WriteAsync(AuditEntry.Done("session.opened", "kiosk", request.Id), Author.Of(context) with { Kind = CallerKind.Kiosk, Id = request.Id, Name = request.Name! }, CancellationToken.None);
        SessionCookie.Write(context, token, expires);
        return TypedResults.Ok(new { granted = true });
    }

    public async Task<bool> RevokeAsync(Guid id, HttpContext context, CancellationToken cancellation)
    {
        var scope = context.User.Scope();
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == SessionKind.Kiosk, cancellation);
        if (session is null || !Holds(scope, session) || await sessions.RevokeAsync(db.Sessions.Where(s => s.Id == id), cancellation) == 0)
        {
            return false;
        }

        await audit.WriteAsync(AuditEntry.Done("kiosk.revoked", "kiosk", id), Author.Of(context), CancellationToken.None);
        return true;
    }

    public static bool Holds(Scope scope, Session kiosk) => scope.IsCity || (kiosk.Counties is { } counties && counties.All(scope.Holds));
}

static class KioskEndpoints
{
    public static void MapKiosks(this IEndpointRouteBuilder app)
    {
        var kiosks = app.MapGroup("/api/kiosks").WithTags("Kiosks");
        kiosks.MapPost("", (HttpContext context, KioskDesk desk, CancellationToken cancellation) => desk.AskAsync(context, cancellation))
            .WithMetadata(new TriesCredentials()).Open("A wall that nobody let in yet asks for a code to show.").WithSummary("A code to show and a secret to claim with");
        kiosks.MapPost("/claim", (KioskDesk.Claim claim, HttpContext context, KioskDesk desk, CancellationToken cancellation) => desk.ClaimAsync(claim, context, cancellation))
            .Open("The wall shows its secret.").ProducesProblem(404).WithSummary("Signs the wall in once its code was granted; 202 until then {secret}");
        kiosks.MapPost("/{code}/grant", (string code, KioskDesk.Grant grant, HttpContext context, KioskDesk desk, CancellationToken cancellation) => desk.GrantAsync(code, grant, context, cancellation))
            .Needs(Permission.GrantKiosks).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).WithSummary("Lets the wall in that shows this code {name, counties?}");
        kiosks.MapGet("", ListAsync).Needs(Permission.GrantKiosks).WithSummary("Walls that were let in");
        kiosks.MapDelete("/{id:guid}", async (Guid id, HttpContext context, KioskDesk desk, CancellationToken cancellation) =>
                await desk.RevokeAsync(id, context, cancellation) ? (IResult)TypedResults.NoContent() : Problems.NotFound("such wall"))
            .Needs(Permission.GrantKiosks).ProducesProblem(404).WithSummary("Sends a wall away");
    }

    public sealed record KioskList(IReadOnlyList<KioskItem> Kiosks);

    public sealed record KioskItem(
        Guid Id, string? Name, IReadOnlyList<string>? Counties, string? GrantedBy, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address);

    static async Task<KioskList> ListAsync(System.Security.Claims.ClaimsPrincipal user, AirMapDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var rows = await db.Sessions.AsNoTracking().Where(s => s.Kind == SessionKind.Kiosk && s.RevokedAt == null && s.ExpiresAt > now).OrderBy(s => s.Name).ToListAsync(cancellation);
        return new([.. rows.Where(s => KioskDesk.Holds(user.Scope(), s)).Select(s => new KioskItem(
            s.Id, s.Name, s.Counties, s.GrantedBy, s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Address))]);
    }
}
