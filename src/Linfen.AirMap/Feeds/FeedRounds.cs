using System.Collections.Concurrent;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Feeds;

/// <summary>
/// Asks the feeds that are due: kinds beside each other, feeds of one kind one after the other. When a feed is due stands in the database, so that a restart
/// neither forgets a pause nor asks twice, and several processes share the work.
/// </summary>
sealed class FeedRounds(FeedPlan plan, Ledger ledger, FeedMetrics metrics, IOptions<FeedOptions> options, TimeProvider clock, ILogger<FeedRounds> log) : BackgroundService
{
    /// <summary>Longer than the requests of any poll: who has not ended by then has died.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>That a folder was looked into is written down this often while nothing comes.</summary>
    static readonly TimeSpan QuietPace = TimeSpan.FromMinutes(5);

    static readonly TimeSpan AfterOutage = TimeSpan.FromSeconds(30);

    readonly List<Lane> lanes = [.. plan.Feeds.GroupBy(f => f.Kind, StringComparer.Ordinal).Select(g => new Lane([.. g]))];
    readonly ConcurrentDictionary<PolledFeed, DateTimeOffset> due = new();
    readonly ConcurrentDictionary<PolledFeed, (DateTimeOffset At, FeedFault? Fault)> written = new();

    /// <summary>Turns that were taken and not given back, because the database went away meanwhile.</summary>
    readonly ConcurrentDictionary<PolledFeed, DateTimeOffset> leases = new();

    sealed record Lane(IReadOnlyList<PolledFeed> Feeds)
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(lanes.Select(lane => RunAsync(lane, stoppingToken)));

    async Task RunAsync(Lane lane, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.LookSeconds), clock);
        try
        {
            do
            {
                await TickAsync(lane, stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Asks everything that is due now; returns when that is done.</summary>
    public Task TickAsync(CancellationToken cancellation) => Task.WhenAll(lanes.Select(lane => TickAsync(lane, cancellation)));

    async Task TickAsync(Lane lane, CancellationToken cancellation)
    {
        await lane.Turn.WaitAsync(cancellation);
        try
        {
            foreach (var feed in lane.Feeds)
            {
                if (!due.TryGetValue(feed, out var at) || at <= clock.GetUtcNow())
                {
                    await TryAskAsync(feed, cancellation);
                }
            }
        }
        finally
        {
            lane.Turn.Release();
        }
    }

    async Task TryAskAsync(PolledFeed feed, CancellationToken cancellation)
    {
        try
        {
            due[feed] = feed.IsLocal ? await LookAsync(feed, cancellation) : await AskAsync(feed, cancellation);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e) || e is ServerStoppingException)
        {
            log.LogWarning("{Feed} waits for the database: {Reason}", feed.Name, e.Message);
            due[feed] = clock.GetUtcNow() + AfterOutage;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of ours in one feed must not end the others, nor the server.
            log.LogError(e, "{Feed} could not be asked", feed.Name);
            due[feed] = clock.GetUtcNow() + QuietPace;
        }
    }

    async Task<DateTimeOffset> AskAsync(PolledFeed feed, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var claim = new FeedClaim(feed, Lease, leases.TryGetValue(feed, out var own) ? own : null);
        await ledger.CommitAsync(claim, cancellation);
        if (!claim.IsGranted)
        {
            return claim.NextPollAt ?? now + feed.Interval;
        }

        leases[feed] = claim.LeasedUntil;
        var outcome = await feed.PollAsync(claim.CoveredUntil, now, cancellation);
        var next = now + (outcome.IsGood || outcome.Fault is null ? feed.Interval : FeedPace.After(claim.Failures + 1, outcome.Fault.RetryAfter, Random.Shared.NextDouble()));
        await ledger.CommitAsync(new FeedPolled(feed, outcome, next), cancellation);
        leases.TryRemove(feed, out _);
        Tell(feed, outcome);
        return next;
    }

    async Task<DateTimeOffset> LookAsync(PolledFeed feed, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var outcome = await feed.PollAsync(null, now, cancellation);
        if (outcome.IsGood || !written.TryGetValue(feed, out var last) || last.Fault != outcome.Fault || now - last.At >= QuietPace)
        {
            await ledger.CommitAsync(new FeedPolled(feed, outcome, null), cancellation);
            written[feed] = (now, outcome.Fault);
            Tell(feed, outcome);
        }

        return now + feed.Interval;
    }

    void Tell(PolledFeed feed, PollOutcome outcome)
    {
        metrics.Count(feed, outcome);
        if (outcome.Fault is { } fault)
        {
            log.LogWarning("{Feed}: {Code}: {Words}", feed.Name, fault.Code, fault.Words);
        }
    }

    public override void Dispose()
    {
        lanes.ForEach(lane => lane.Turn.Dispose());
        base.Dispose();
    }
}
