using System.Diagnostics;
using System.Globalization;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Rulings;

namespace Linfen.AirMap.Commands;

/// <summary>Judges every subject of the city again. Where nothing changed, no event is written.</summary>
static class RedecideCommand
{
    public static async Task<int> RunAsync(Settings settings, CancellationToken cancellation)
    {
        using var host = ImportCommand.Build(settings);
        await host.StartAsync(cancellation);
        try
        {
            var since = Stopwatch.StartNew();
            var ledger = host.Services.GetRequiredService<Ledger>();
            var before = await HeadAsync(host.Services, cancellation);
            await ledger.CommitAsync(new WakeAll(), cancellation);
            var done = await host.Services.GetRequiredService<Waker>().WorkOffAsync(cancellation);
            var events = await HeadAsync(host.Services, cancellation) - before;
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done.Judged} subjects judged in {since.Elapsed.TotalSeconds:F1} s, {events} events"));
            return 0;
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    static async Task<long> HeadAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        return (await LogPosition.ReadAsync(scope.ServiceProvider.GetRequiredService<Data.AirMapDb>(), cancellation)).Seq;
    }
}
