using System.Globalization;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>What is said of who is signed in.</summary>
sealed record SessionAnswer(
    bool SignedIn, string? UserName, string? DisplayName, IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions, IReadOnlyList<string>? Counties, string? Department,
    string? CsrfToken, string? Kind, DateTimeOffset? ExpiresAt, TotpState? Totp, bool MustChangePassword, bool Oidc);

sealed record TotpState(bool Enabled, bool Required);

/// <summary>Signs in and out.</summary>
sealed class SessionDesk(
    UserManager<Account> users, AirMapDb db, AuditTrail audit, AccountsBell bell, SignInTries tries, IOptions<AccountOptions> options, IOptions<OidcOptions> oidc, TimeProvider clock)
{
    static readonly string SomeHash = new PasswordHasher<Account>().HashPassword(null!, Secret.NewToken());

    public sealed record SignIn(string? UserName, string? Password, string? Totp);

    public async Task<IResult> SignInAsync(SignIn said, HttpContext context, CancellationToken cancellation)
    {
        var address = context.Address() ?? "";
        if (!tries.TryBegin(address, out var seconds))
        {
            return Limits.TooOften(context, seconds);
        }

        var name = said.UserName?.Trim() ?? "";
        var account = name.Length is > 0 and <= 64 ? await users.FindByNameAsync(name) : null;
        if (account is null || !await IsRightAsync(account, said.Password ?? ""))
        {
            if (account is null)
            {
                // As slow as for a name that exists.
                new PasswordHasher<Account>().VerifyHashedPassword(null!, SomeHash, said.Password ?? "");
            }

            return await RefuseAsync(context, account, "credentials", "User name or password is not right, or the account is locked for a while.");
        }

        if (account is { TotpEnabled: true, TotpKey: { } key })
        {
            if (string.IsNullOrEmpty(said.Totp))
            {
                tries.Forgive(address);
                return Problems.Of(401, "totp-required", "Send the one-time code of the authenticator too.");
            }

            if (Totp.StepOf(key, said.Totp.Trim(), clock.GetUtcNow(), account.TotpStep) is not { } step)
            {
                await users.AccessFailedAsync(account);
                return await RefuseAsync(context, account, "credentials", "The one-time code is not right, or was used before.");
            }

            account.TakeStep(step);
        }

        tries.Forgive(address);
        return await OpenAsync(account, context, "session.opened", cancellation);
    }

    async Task<bool> IsRightAsync(Account account, string password)
    {
        if (account.Disabled || await users.IsLockedOutAsync(account) || !await users.CheckPasswordAsync(account, password))
        {
            if (!account.Disabled && !await users.IsLockedOutAsync(account))
            {
                await users.AccessFailedAsync(account);
            }

            return false;
        }

        return true;
    }

    async Task<IResult> RefuseAsync(HttpContext context, Account? account, string type, string detail)
    {
        await audit.WriteAsync(
            new("session.refused", AuditOutcome.Refused, "account", account?.Id.ToString()),
            Author.Of(context) with { Id = account?.Id, Name = account?.UserName ?? "" }, CancellationToken.None);
        return Problems.Of(401, type, detail);
    }

    /// <summary>Makes a session and sets its cookie.</summary>
    public async Task<(string Token, DateTimeOffset Expires)> BeginAsync(Account account, HttpContext context, string action, CancellationToken cancellation)
    {
        var (now, token) = (clock.GetUtcNow(), Secret.NewToken());
        var expires = now.AddHours(options.Value.SessionHours);
        var agent = context.Request.Headers.UserAgent.ToString();
        db.Sessions.Add(Session.OfAccount(
            Guid.CreateVersion7(now), Secret.Hash(token), account.Id, now, expires, context.Address(), agent.Length > 200 ? agent[..200] : agent));
        account.SignedIn(now);
        await db.SaveChangesAsync(cancellation);
        await audit.WriteAsync(
            AuditEntry.Done(action, "account", account.Id), Author.Of(context) with { Id = account.Id, Name = account.UserName }, CancellationToken.None);
        SessionCookie.Write(context, token, expires);
        context.Response.Headers.CacheControl = "no-store";
        return (token, expires);
    }

    async Task<IResult> OpenAsync(Account account, HttpContext context, string action, CancellationToken cancellation)
    {
        var (token, expires) = await BeginAsync(account, context, action, cancellation);
        var permissions = Permissions.Of(account.Roles);
        return TypedResults.Ok(new SessionAnswer(
            true, account.UserName, account.DisplayName, Names(account.Roles), Names(permissions), account.Counties, account.Department, Secret.CsrfOf(token), "browser",
            expires, new(account.TotpEnabled, options.Value.TotpForAdministrators && account.IsAdministrator), account.MustChangePassword, oidc.Value.IsOn));
    }

    static List<string> Names<T>(IEnumerable<T> values)
        where T : struct, Enum => [.. values.Select(Permissions.NameOf)];

    public async Task<IResult> WhoAsync(HttpContext context, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.User.Caller() is not { } caller)
        {
            return TypedResults.Ok(new SessionAnswer(false, null, null, [], [], null, null, null, null, null, null, false, oidc.Value.IsOn));
        }

        var account = caller.Kind == CallerKind.Account ? await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.Id, cancellation) : null;
        var csrf = caller.ByCookie && SessionCookie.Read(context.Request) is { } token ? Secret.CsrfOf(token) : null;
        return TypedResults.Ok(new SessionAnswer(
            true, caller.Name, caller.DisplayName, Names(caller.Roles), Names(caller.Permissions), caller.Scope.Counties, caller.Department, csrf,
            caller.Kind switch { CallerKind.Account => "browser", CallerKind.Kiosk => "kiosk", _ => "key" }, caller.ExpiresAt,
            account is null ? null : new(account.TotpEnabled, options.Value.TotpForAdministrators && account.IsAdministrator), caller.MustChangePassword, oidc.Value.IsOn));
    }

    /// <param name="everywhere">All sessions of the account, not only this one.</param>
    public async Task<IResult> SignOutAsync(HttpContext context, bool everywhere, CancellationToken cancellation)
    {
        if (context.User.Caller() is not { ByCookie: true } caller)
        {
            SessionCookie.Clear(context);
            return TypedResults.NoContent();
        }

        var mine = everywhere && caller.Kind == CallerKind.Account ? db.Sessions.Where(s => s.AccountId == caller.Id) : db.Sessions.Where(s => s.Id == caller.Credential);
        await RevokeAsync(mine, cancellation);
        await audit.WriteAsync(
            AuditEntry.Done(everywhere ? "session.closed-everywhere" : "session.closed", "account", caller.Id), Author.Of(context), CancellationToken.None);
        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }

    public async Task<int> RevokeAsync(IQueryable<Session> sessions, CancellationToken cancellation)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var count = await sessions.Where(s => s.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellation);
        await bell.RingAsync(cancellation);
        return count;
    }
}

/// <summary>Tells every server process that accounts, sessions or keys changed.</summary>
sealed class AccountsBell(Npgsql.NpgsqlDataSource database, CredentialBook book)
{
    public const string Channel = "airmap_accounts";

    public async Task RingAsync(CancellationToken cancellation)
    {
        // This process at once: whoever signed out is out when he hears so.
        book.Forget();
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"NOTIFY {Channel}"));
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
