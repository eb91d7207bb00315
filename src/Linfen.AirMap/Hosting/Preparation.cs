using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Hosting;

/// <summary>Loads what is held in memory before the server takes requests, and again when the log says that it changed.</summary>
sealed class Preparation(AtlasKeeper atlas, IServiceProvider services, ILogger<Preparation> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await atlas.LoadAsync(cancellationToken);
        log.LogInformation(
            "In force: {Counties} counties, {Parameters} parameters, {Zones} zone versions, {Plants} plants",
            atlas.Current.ByCode.Count, atlas.Law.All.Count(), atlas.Current.Regulation.Zones.Count, atlas.Current.Regulation.Plants.Count);
        if (services.GetService<Doorbell>() is { } doorbell)
        {
            doorbell.OnRing(Hear);
        }
    }

    /// <summary>Kinds of events after which decisions may rest on something else.</summary>
    static readonly string[] OfLaw = ["alarmrule", "counties", "parameter", "subject", "zone", "simulation"];

    /// <summary>Kinds of events that the time line counts.</summary>
    static readonly string[] Counted = ["fire", "fires", "violation", "simulation"];

    void Hear(Ring ring)
    {
        services.GetRequiredService<CountySummaries>().Outdate();
        if (ring.Layers.Overlaps(Counted))
        {
            services.GetRequiredService<Activity.ActivityBins>().Outdate();
        }

        if (ring.Layers.Overlaps(OfLaw))
        {
            _ = ReloadAsync();
        }
    }

    async Task ReloadAsync()
    {
        try
        {
            await atlas.ReloadAsync();
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            // The listener will ring again once the database is back.
            log.LogWarning("The law could not be read again: {Reason}", e.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
