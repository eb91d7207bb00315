using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Feeds;

/// <summary>Tells of feeds that went stale and of those that are back, once each, whatever restarts meanwhile (<c>feed_watches.stale_since</c>).</summary>
sealed class FeedClock(
    Ledger ledger, FeedBook book, FeedMetrics metrics, IDbContextFactory<AirMapDb> database, IOptions<FeedOptions> options, TimeProvider clock, ILogger<FeedClock> log) : BackgroundService
{
    /// <summary>Before, nobody listened: that nothing was delivered then says nothing of those who deliver.</summary>
    readonly DateTimeOffset listeningSince = clock.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ClockSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await TickAsync(stoppingToken);
                }
                catch (Exception e) when (Problems.IsDatabaseOutage(e))
                {
                    log.LogWarning("Stale feeds could not be looked for: {Reason}", e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public async Task TickAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellation);
        var standings = await book.ReadAsync(db, now, cancellation);
        metrics.Show(standings, now);
        if (standings.Any(s => s.IsTurned(listeningSince, now)))
        {
            await ledger.CommitAsync(new FeedTurns(book, listeningSince), cancellation);
        }
    }
}
