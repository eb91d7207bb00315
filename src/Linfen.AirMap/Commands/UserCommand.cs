using System.CommandLine;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Commands;

/// <summary>Accounts by the command line: the way back in when nobody can sign in any more.</summary>
static class UserCommand
{
    static readonly Author By = Author.Verb("user");

    public static Command Of(Func<Settings> settings)
    {
        var name = new Argument<string>("name");
        var roles = new Option<string[]>("--role") { Description = string.Join(", ", Enum.GetValues<Role>().Select(Permissions.NameOf)), Required = true, AllowMultipleArgumentsPerToken = true };
        var counties = new Option<string[]>("--county") { Description = "Six-digit codes; the whole city without", AllowMultipleArgumentsPerToken = true };
        var add = new Command("add", "Makes an account and says its password once") { name, roles, counties };
        add.SetAction((said, cancellation) => Verb.RunAsync(settings(), services =>
            AddAsync(services, said.GetRequiredValue(name), said.GetRequiredValue(roles), said.GetValue(counties), cancellation), cancellation));
        var list = new Command("list", "All accounts");
        list.SetAction((_, cancellation) => Verb.RunAsync(settings(), services => ListAsync(services, cancellation), cancellation));
        var reset = new Command("reset", "A new password, said once; all sessions end") { name };
        reset.SetAction((said, cancellation) => Verb.RunAsync(settings(), services => ResetAsync(services, said.GetRequiredValue(name), cancellation), cancellation));
        var disable = new Command("disable", "Nobody signs in with it any more") { name };
        disable.SetAction((said, cancellation) => Verb.RunAsync(settings(), services => DisableAsync(services, said.GetRequiredValue(name), cancellation), cancellation));
        var first = new Command("first", "Makes the first account, admin, where there is none");
        first.SetAction((_, cancellation) => Verb.RunAsync(settings(), async services =>
        {
            await FirstStart.AccountAsync(services, Environment.GetEnvironmentVariable("AIRMAP_ADMIN_PASSWORD"), cancellation);
            return 0;
        }, cancellation));
        return new Command("user", "Accounts") { add, list, reset, disable, first };
    }

    static async Task<int> AddAsync(IServiceProvider services, string name, string[] roles, string[]? counties, CancellationToken cancellation)
    {
        var (account, password, problem) = await services.GetRequiredService<AccountDesk>().AddAsync(
            new(name, null, roles, counties is { Length: > 0 } ? counties : null, null, null, null, null, null), By, cancellation);
        return account is null ? await Verb.SayAsync(problem!) : await Verb.SayAsync($"{account.UserName} has the password {password} (said only now; the pages ask for a new one at the first sign-in)");
    }

    static async Task<int> ListAsync(IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var a in await services.GetRequiredService<AirMapDb>().Accounts.AsNoTracking().OrderBy(a => a.NormalizedName).ToListAsync(cancellation))
        {
            await Console.Out.WriteLineAsync(
                $"{a.UserName,-24} {(a.Disabled ? "disabled" : "active"),-9} {string.Join(',', a.Roles.Select(Permissions.NameOf)),-32} {(a.Counties is null ? "the whole city" : string.Join(',', a.Counties))}");
        }

        return 0;
    }

    static async Task<int> ResetAsync(IServiceProvider services, string name, CancellationToken cancellation) =>
        await services.GetRequiredService<UserManager<Account>>().FindByNameAsync(name) is { } account
            ? await Verb.SayAsync($"{account.UserName} has the password {await services.GetRequiredService<AccountDesk>().ResetAsync(account, By, cancellation)} (said only now)")
            : await Verb.FailAsync($"There is no account {name}.");

    static async Task<int> DisableAsync(IServiceProvider services, string name, CancellationToken cancellation)
    {
        if (await services.GetRequiredService<UserManager<Account>>().FindByNameAsync(name) is not { } account)
        {
            return await Verb.FailAsync($"There is no account {name}.");
        }

        var answer = await services.GetRequiredService<AccountDesk>().DisableAsync(account.Id, By, cancellation);
        return answer is Microsoft.AspNetCore.Http.HttpResults.NoContent ? await Verb.SayAsync($"{account.UserName} is disabled.") : await Verb.SayAsync(answer);
    }
}

/// <summary>Runs a verb on this installation's database.</summary>
static class Verb
{
    public static async Task<int> RunAsync(Settings settings, Func<IServiceProvider, Task<int>> act, CancellationToken cancellation)
    {
        using var host = ImportCommand.Build(settings);
        await using var scope = host.Services.CreateAsyncScope();
        cancellation.ThrowIfCancellationRequested();
        return await act(scope.ServiceProvider);
    }

    public static async Task<int> SayAsync(string text)
    {
        await Console.Out.WriteLineAsync(text);
        return 0;
    }

    public static Task<int> SayAsync(IResult problem) =>
        FailAsync((problem as Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult)?.ProblemDetails.Detail ?? "It was not done.");

    public static async Task<int> FailAsync(string text)
    {
        await Console.Error.WriteLineAsync(text);
        return 1;
    }
}
