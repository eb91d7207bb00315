using System.CommandLine;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Commands;

/// <summary>Keys of machines by the command line.</summary>
static class KeyCommand
{
    static readonly Author By = Author.Verb("key");

    public static Command Of(Func<Settings> settings)
    {
        var name = new Argument<string>("name");
        var kind = new Option<string>("--kind") { Description = "feed, device or integration", DefaultValueFactory = _ => "feed" };
        var permissions = new Option<string[]>("--permission") { Description = string.Join(", ", Permissions.ForMachines.Select(Permissions.NameOf)), AllowMultipleArgumentsPerToken = true };
        var counties = new Option<string[]>("--county") { Description = "Six-digit codes; the whole city without", AllowMultipleArgumentsPerToken = true };
        var source = new Option<string?>("--source") { Description = "The feed as which it delivers, and no other" };
        var rate = new Option<int?>("--rate") { Description = "Requests a minute" };
        var add = new Command("add", "Makes a key and says it once") { name, kind, permissions, counties, source, rate };
        add.SetAction((said, cancellation) => Verb.RunAsync(settings(), services => AddAsync(services, new(
            said.GetRequiredValue(name), said.GetValue(kind), said.GetValue(permissions) is { Length: > 0 } given ? given : null,
            said.GetValue(counties) is { Length: > 0 } some ? some : null, said.GetValue(source), said.GetValue(rate), null), cancellation), cancellation));
        var list = new Command("list", "All keys with their last use");
        list.SetAction((_, cancellation) => Verb.RunAsync(settings(), services => ListAsync(services, cancellation), cancellation));
        var id = new Argument<Guid>("id");
        var revoke = new Command("revoke", "The key opens nothing any more") { id };
        revoke.SetAction((said, cancellation) => Verb.RunAsync(settings(), async services =>
            await services.GetRequiredService<KeyDesk>().RevokeAsync(said.GetRequiredValue(id), By, cancellation)
                ? await Verb.SayAsync("The key is revoked.") : await Verb.FailAsync("There is no such key."), cancellation));
        return new Command("key", "Keys of machines") { add, list, revoke };
    }

    static async Task<int> AddAsync(IServiceProvider services, KeyBody body, CancellationToken cancellation)
    {
        var (key, secret, problem) = await services.GetRequiredService<KeyDesk>().AddAsync(body, By, cancellation);
        return key is null ? await Verb.SayAsync(problem!) : await Verb.SayAsync($"{key.Id}  {secret}  (said only now: Authorization: Bearer …)");
    }

    static async Task<int> ListAsync(IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var k in await services.GetRequiredService<AirMapDb>().Keys.AsNoTracking().OrderBy(k => k.Name).ToListAsync(cancellation))
        {
            await Console.Out.WriteLineAsync(
                $"{k.Id}  {k.Name,-24} {Permissions.NameOf(k.Kind),-12} {(k.RevokedAt is null ? "active" : "revoked"),-8} last used {(k.LastUsedAt is { } used ? Events.Feature.Time(used) : "never")}");
        }

        return 0;
    }
}
