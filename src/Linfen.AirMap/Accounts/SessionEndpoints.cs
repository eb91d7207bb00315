using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Accounts;

/// <summary>Signing in and out, and one's own account.</summary>
static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session");
        session.MapPost("", (SessionDesk.SignIn said, HttpContext context, SessionDesk desk, CancellationToken cancellation) => desk.SignInAsync(said, context, cancellation))
            .Produces<SessionAnswer>().ProducesProblem(401).ProducesProblem(429)
            .Open("Signing in.").WithSummary("Signs in {userName, password, totp?} and sets the cookie");
        session.MapGet("", (HttpContext context, SessionDesk desk, CancellationToken cancellation) => desk.WhoAsync(context, cancellation))
            .Produces<SessionAnswer>().Open("Tells who is asking.").WithSummary("Who am I: roles, counties, and the token that changes need");
        session.MapDelete("", (HttpContext context, SessionDesk desk, CancellationToken cancellation) => desk.SignOutAsync(context, false, cancellation))
            .Open("Signing out.").WithSummary("Signs out");
        session.MapDelete("/all", (HttpContext context, SessionDesk desk, CancellationToken cancellation) => desk.SignOutAsync(context, true, cancellation))
            .NeedsAccount().WithSummary("Signs out everywhere");
        session.MapGet("/oidc", GovernmentSignIn.BeginAsync).WithMetadata(new TriesCredentials())
            .Open("Signing in elsewhere.").WithSummary("Signs in by the government's service and comes back to the page ?next=");
        var own = app.MapGroup("/api/account").WithTags("Session").NeedsAccount();
        own.MapPost("/password", PasswordAsync).ProducesProblem(400).WithMetadata(new TriesCredentials()).WithSummary("Changes one's own password {current, next}; other sessions end");
        own.MapPost("/totp", EnrolAsync).WithSummary("A new key for one-time codes; it counts once /confirm has seen a code");
        own.MapPost("/totp/confirm", ConfirmAsync).ProducesProblem(400).WithMetadata(new TriesCredentials()).WithSummary("Turns one-time codes on {code}");
        own.MapDelete("/totp", DropTotpAsync).WithSummary("Turns one-time codes off");
        own.MapGet("/sessions", SessionsAsync).WithSummary("One's own sessions");
        own.MapDelete("/sessions/{id:guid}", EndSessionAsync).ProducesProblem(404).WithSummary("Ends one of one's own sessions");
    }

    public sealed record PasswordChange(string? Current, string? Next);

    static async Task<IResult> PasswordAsync(
        PasswordChange said, HttpContext context, UserManager<Account> users, SessionDesk desk, AirMapDb db, AuditTrail audit, CancellationToken cancellation)
    {
        var caller = context.User.Caller()!;
        var account = await users.FindByIdAsync(caller.Id.ToString());
        if (account is null || await users.IsLockedOutAsync(account) || !await users.CheckPasswordAsync(account, said.Current ?? ""))
        {
            if (account is not null)
            {
                await users.AccessFailedAsync(account);
            }

            return Problems.Of(400, "credentials", "The present password is not right.");
        }

        var changed = await users.ChangePasswordAsync(account, said.Current!, said.Next ?? "");
        if (!changed.Succeeded)
        {
            return PasswordProblem(changed);
        }

        account.PasswordSet(mustChange: false);
        await users.UpdateAsync(account);
        await desk.RevokeAsync(db.Sessions.Where(s => s.AccountId == caller.Id && s.Id != caller.Credential), cancellation);
        await audit.WriteAsync(AuditEntry.Done("account.password-changed", "account", account.Id), Author.Of(context), CancellationToken.None);
        return TypedResults.NoContent();
    }

    public static IResult PasswordProblem(IdentityResult result) => Problems.Of(400, "password-weak", string.Join(" ", result.Errors.Select(e => e.Description)));

    public sealed record TotpKey(string Secret, string Uri);

    static async Task<IResult> EnrolAsync(HttpContext context, UserManager<Account> users, AuditTrail audit)
    {
        var account = (await users.FindByIdAsync(context.User.Caller()!.Id.ToString()))!;
        if (account.TotpEnabled)
        {
            return Problems.Of(409, "totp-enabled", "One-time codes are on. Turn them off first.");
        }

        account.TakeTotpKey(Totp.NewKey());
        await users.UpdateAsync(account);
        await audit.WriteAsync(AuditEntry.Done("account.totp-begun", "account", account.Id), Author.Of(context), CancellationToken.None);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new TotpKey(account.TotpKey!, Totp.UriOf(account.TotpKey!, account.UserName)));
    }

    public sealed record TotpCode(string? Code);

    static async Task<IResult> ConfirmAsync(
        TotpCode said, HttpContext context, UserManager<Account> users, AuditTrail audit, AccountsBell bell, TimeProvider clock, CancellationToken cancellation)
    {
        var account = (await users.FindByIdAsync(context.User.Caller()!.Id.ToString()))!;
        if (account.TotpKey is not { } key || Totp.StepOf(key, said.Code?.Trim() ?? "", clock.GetUtcNow(), account.TotpStep) is not { } step)
        {
            return Problems.Of(400, "totp-code", "The code is not right.");
        }

        account.TakeStep(step);
        account.UseTotp(true);
        await users.UpdateAsync(account);
        await audit.WriteAsync(AuditEntry.Done("account.totp-on", "account", account.Id), Author.Of(context), CancellationToken.None);
        await bell.RingAsync(cancellation);
        return TypedResults.NoContent();
    }

    static async Task<IResult> DropTotpAsync(HttpContext context, UserManager<Account> users, AuditTrail audit, AccountsBell bell, CancellationToken cancellation)
    {
        var account = (await users.FindByIdAsync(context.User.Caller()!.Id.ToString()))!;
        account.UseTotp(false);
        await users.UpdateAsync(account);
        await audit.WriteAsync(AuditEntry.Done("account.totp-off", "account", account.Id), Author.Of(context), CancellationToken.None);
        await bell.RingAsync(cancellation);
        return TypedResults.NoContent();
    }

    public sealed record SessionList(IReadOnlyList<SessionItem> Sessions);

    public sealed record SessionItem(Guid Id, string Kind, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? Agent, bool Current);

    static async Task<IResult> SessionsAsync(HttpContext context, AirMapDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var (caller, now) = (context.User.Caller()!, clock.GetUtcNow());
        var rows = await db.Sessions.AsNoTracking().Where(s => s.AccountId == caller.Id && s.RevokedAt == null && s.ExpiresAt > now)
            .OrderByDescending(s => s.LastSeenAt).ToListAsync(cancellation);
        return TypedResults.Ok(new SessionList([.. rows.Select(s => new SessionItem(
            s.Id, Permissions.NameOf(s.Kind), s.CreatedAt, s.LastSeenAt, s.ExpiresAt, s.Address, s.Agent, s.Id == caller.Credential))]));
    }

    static async Task<IResult> EndSessionAsync(Guid id, HttpContext context, SessionDesk desk, AirMapDb db, AuditTrail audit, CancellationToken cancellation)
    {
        var caller = context.User.Caller()!;
        if (await desk.RevokeAsync(db.Sessions.Where(s => s.Id == id && s.AccountId == caller.Id), cancellation) == 0)
        {
            return Problems.NotFound("such session");
        }

        await audit.WriteAsync(AuditEntry.Done("session.closed", "session", id), Author.Of(context), CancellationToken.None);
        return TypedResults.NoContent();
    }
}
