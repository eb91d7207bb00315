using System.Globalization;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Accounts;

/// <summary>Accounts as an administrator sees them.</summary>
static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/api/accounts").WithTags("Accounts").Needs(Permission.ManageAccounts);
        accounts.MapGet("", ListAsync).Produces<AccountList>().WithSummary("All accounts");
        accounts.MapPost("", AddAsync).ProducesProblem(400).ProducesProblem(409).WithSummary("Makes an account; its password is answered once");
        accounts.MapGet("/{id:guid}", OneAsync).Produces<AccountItem>().ProducesProblem(404).WithSummary("One account; its ETag is needed to change it");
        accounts.MapPut("/{id:guid}", (Guid id, AccountBody body, HttpContext context, AccountDesk desk, CancellationToken cancellation) => desk.ChangeAsync(id, body, context, cancellation))
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428).WithSummary("Changes roles, counties and names; at once in force");
        accounts.MapDelete("/{id:guid}", (Guid id, HttpContext context, AccountDesk desk, CancellationToken cancellation) => desk.DisableAsync(id, Author.Of(context), cancellation))
            .ProducesProblem(404).ProducesProblem(409).WithSummary("Disables the account; the audit keeps its name");
        accounts.MapPost("/{id:guid}/reset", ResetAsync).ProducesProblem(404).WithSummary("A new password, answered once; all sessions end");
        accounts.MapPost("/{id:guid}/signout", SignOutAsync).ProducesProblem(404).WithSummary("Ends all sessions of the account");
    }

    internal sealed record AccountList(IReadOnlyList<AccountItem> Accounts);

    static async Task<AccountList> ListAsync(AirMapDb db, TimeProvider clock, CancellationToken cancellation) =>
        new([.. (await db.Accounts.AsNoTracking().OrderBy(a => a.NormalizedName).ToListAsync(cancellation)).Select(a => AccountItem.Of(a, clock.GetUtcNow()))]);

    static async Task<IResult> AddAsync(AccountBody body, HttpContext context, AccountDesk desk, TimeProvider clock, CancellationToken cancellation)
    {
        var (account, password, problem) = await desk.AddAsync(body, Author.Of(context), cancellation);
        if (account is null)
        {
            return problem!;
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(
            new { account = AccountItem.Of(account, clock.GetUtcNow()), password = string.IsNullOrEmpty(body.Password) ? password : null }, statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> OneAsync(Guid id, HttpContext context, AirMapDb db, TimeProvider clock, CancellationToken cancellation)
    {
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellation) is not { } account)
        {
            return Problems.NotFound("such account");
        }

        context.Response.Headers.ETag = $"\"{account.Version.ToString(CultureInfo.InvariantCulture)}\"";
        return TypedResults.Ok(AccountItem.Of(account, clock.GetUtcNow()));
    }

    public sealed record NewPassword(string? Password);

    static async Task<IResult> ResetAsync(Guid id, HttpContext context, UserManager<Account> users, AccountDesk desk, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        return await users.FindByIdAsync(id.ToString()) is { } account
            ? TypedResults.Ok(new NewPassword(await desk.ResetAsync(account, Author.Of(context), cancellation)))
            : Problems.NotFound("such account");
    }

    static async Task<IResult> SignOutAsync(Guid id, HttpContext context, UserManager<Account> users, AccountDesk desk, CancellationToken cancellation)
    {
        if (await users.FindByIdAsync(id.ToString()) is not { } account)
        {
            return Problems.NotFound("such account");
        }

        await desk.SignOutAsync(account, Author.Of(context), cancellation);
        return TypedResults.NoContent();
    }
}
