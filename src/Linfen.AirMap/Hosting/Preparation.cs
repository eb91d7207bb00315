using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Hosting;

/// <summary>Loads what is held in memory before the server takes requests, and again when the log says that it changed.</summary>
sealed class Preparation(AtlasKeeper atlas, Law law, IServiceProvider services, ILogger<Preparation> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await atlas.LoadAsync(cancellationToken);
        await law.LoadAsync(cancellationToken);
        log.LogInformation("In force: {Counties} counties, {Parameters} parameters", atlas.Current.ByCode.Count, law.Current.All.Count());
        if (services.GetService<Doorbell>() is { } doorbell)
        {
            doorbell.OnRing(Hear);
        }
    }

    void Hear(Ring ring)
    {
        services.GetRequiredService<CountySummaries>().Outdate();
        if (ring.Layers.Contains("counties") || ring.Layers.Contains("parameter"))
        {
            _ = ReloadAsync();
        }
    }

    async Task ReloadAsync()
    {
        try
        {
            await atlas.ReloadAsync();
            await law.LoadAsync(CancellationToken.None);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            // The listener will ring again once the database is back.
            log.LogWarning("Counties and parameters could not be read again: {Reason}", e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
