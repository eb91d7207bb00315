using System.Globalization;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Accounts;

/// <summary>What an administrator sends of an account.</summary>
public sealed record AccountBody(
    string? UserName, string? DisplayName, string[]? Roles, string[]? Counties, string[]? Townships, string[]? Grids, string? Department, bool? Disabled, string? Password);

/// <summary>Makes and changes accounts. Whatever it does is in force everywhere at once.</summary>
sealed class AccountDesk(UserManager<Account> users, AirMapDb db, AuditTrail audit, AccountsBell bell, TimeProvider clock)
{
    static AccountDraft? Read(AccountBody body, List<string> faults)
    {
        var roles = (body.Roles ?? []).Select(Permissions.Find<Role>).ToList();
        Check(roles.Count > 0 && !roles.Contains(null), "roles: one or several of " + string.Join(", ", Enum.GetValues<Role>().Select(Permissions.NameOf)));
        Check(body.DisplayName is null or { Length: <= 64 }, "displayName: at most 64 characters");
        return faults.Count > 0 ? null : new(
            string.IsNullOrWhiteSpace(body.DisplayName) ? null : body.DisplayName.Trim(), [.. roles.Select(r => r!.Value).Distinct()], body.Counties, body.Townships ?? [],
            body.Grids ?? [], body.Department, body.Disabled ?? false);

        void Check(bool good, string fault)
        {
            if (!good)
            {
                faults.Add(fault);
            }
        }
    }

    /// <returns>The account with its first password, or why not.</returns>
    public async Task<(Account? Account, string? Password, IResult? Problem)> AddAsync(AccountBody body, Author by, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var name = body.UserName?.Trim() ?? "";
        if (name.Length is < 2 or > 64 || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
        {
            faults.Add("userName: 2 to 64 characters without blanks");
        }

        faults.AddRange(await CountyCodes.FaultsOfAsync(body.Counties, db, cancellation));
        if (Read(body, faults) is not { } draft)
        {
            return (null, null, Problems.Invalid(faults));
        }

        if (await users.FindByNameAsync(name) is not null)
        {
            return (null, null, Problems.Of(409, "exists", "There is an account of this name."));
        }

        var now = clock.GetUtcNow();
        var account = Account.Create(Guid.CreateVersion7(now), name, now);
        account.Take(draft);
        var password = body.Password is { Length: > 0 } ? body.Password : Secret.NewPassword();
        account.PasswordSet(mustChange: true);
        var made = await users.CreateAsync(account, password);
        if (!made.Succeeded)
        {
            return (null, null, SessionEndpoints.PasswordProblem(made));
        }

        await audit.WriteAsync(AuditEntry.Done("account.created", "account", account.Id, after: AccountJson.Of(account)), by, cancellation);
        return (account, password, null);
    }

    public async Task<IResult> ChangeAsync(Guid id, AccountBody body, HttpContext context, CancellationToken cancellation)
    {
        if (!int.TryParse(context.Request.Headers.IfMatch.ToString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return Problems.Of(428, "if-match-required", "Send If-Match with the ETag of the version that you saw, so that nobody's edit is lost.");
        }

        var faults = (await CountyCodes.FaultsOfAsync(body.Counties, db, cancellation)).ToList();
        if (Read(body, faults) is not { } draft)
        {
            return Problems.Invalid(faults);
        }

        if (await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return Problems.NotFound("such account");
        }

        if (account.Version != version)
        {
            return Problems.Conflict("version-differs", "Somebody changed it after you read it.", AccountItem.Of(account, clock.GetUtcNow()), body);
        }

        if (await IsLastAdministratorAsync(account, draft.Disabled || !draft.Roles.Contains(Role.Administrator), cancellation))
        {
            return LastAdministrator();
        }

        var before = AccountJson.Of(account);
        account.Take(draft);
        await users.UpdateAsync(account);
        await ToldAsync("account.changed", account, before, Author.Of(context), cancellation);
        context.Response.Headers.ETag = $"\"{account.Version.ToString(CultureInfo.InvariantCulture)}\"";
        return TypedResults.Ok(AccountItem.Of(account, clock.GetUtcNow()));
    }

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult LastAdministrator() =>
        Problems.Of(409, "last-administrator", "This is the only administrator who can sign in; make another one first.");

    async Task<bool> IsLastAdministratorAsync(Account account, bool ends, CancellationToken cancellation) =>
        ends && account is { IsAdministrator: true, Disabled: false }
        && !(await db.Accounts.AsNoTracking().Where(a => !a.Disabled && a.Id != account.Id).ToListAsync(cancellation)).Exists(a => a.IsAdministrator);

    public async Task<IResult> DisableAsync(Guid id, Author by, CancellationToken cancellation)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return Problems.NotFound("such account");
        }

        if (await IsLastAdministratorAsync(account, true, cancellation))
        {
            return LastAdministrator();
        }

        var before = AccountJson.Of(account);
        account.Disable();
        await users.UpdateAsync(account);
        await EndSessionsAsync(account.Id, cancellation);
        await ToldAsync("account.disabled", account, before, by, cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>A new password that its owner has to change; all his sessions end.</summary>
    public async Task<string?> ResetAsync(Account account, Author by, CancellationToken cancellation)
    {
        var password = Secret.NewPassword();
        account.TakePassword(users.PasswordHasher.HashPassword(account, password));
        account.TakeStamp(Secret.NewToken());
        account.UseTotp(false);
        account.PasswordSet(mustChange: true);
        await users.UpdateAsync(account);
        await EndSessionsAsync(account.Id, cancellation);
        await ToldAsync("account.reset", account, null, by, cancellation);
        return password;
    }

    public async Task SignOutAsync(Account account, Author by, CancellationToken cancellation)
    {
        await EndSessionsAsync(account.Id, cancellation);
        await ToldAsync("account.signed-out", account, null, by, cancellation);
    }

    async Task EndSessionsAsync(Guid account, CancellationToken cancellation)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        await db.Sessions.Where(s => s.AccountId == account && s.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.RevokedAt, now), cancellation);
    }

    async Task ToldAsync(string action, Account account, string? before, Author by, CancellationToken cancellation)
    {
        await audit.WriteAsync(AuditEntry.Done(action, "account", account.Id, before: before, after: AccountJson.Of(account)), by, CancellationToken.None);
        await bell.RingAsync(cancellation);
    }
}
