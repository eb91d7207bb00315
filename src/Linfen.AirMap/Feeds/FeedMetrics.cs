using System.Diagnostics.Metrics;

namespace Linfen.AirMap.Feeds;

/// <summary>What a scraper may know of the feeds: how long each has given no sign of life, whether that is too long, and how polls end.</summary>
sealed class FeedMetrics
{
    public const string MeterName = "Linfen.AirMap.Feeds";

    readonly Counter<long> polls;
    volatile IReadOnlyList<(FeedStanding Standing, TimeSpan? Age)> shown = [];

    public FeedMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        polls = meter.CreateCounter<long>("airmap.feed.polls", "{poll}", "Polls by feed and outcome: good, waiting, or the code of what failed.");
        meter.CreateObservableGauge("airmap.feed.age", () => shown.Where(s => s.Age is not null).Select(s => new Measurement<double>(s.Age!.Value.TotalSeconds, Tags(s.Standing))), "s", "Time since the last sign of life.");
        meter.CreateObservableGauge("airmap.feed.stale", () => shown.Select(s => new Measurement<int>(s.Standing.IsStale ? 1 : 0, Tags(s.Standing))), null, "1 while it is stale.");
    }

    public void Show(IReadOnlyList<FeedStanding> standings, DateTimeOffset now) => shown = [.. standings.Where(s => !s.Item.Simulated).Select(s => (s, now - s.LivelyAt))];

    public void Count(PolledFeed feed, PollOutcome outcome) =>
        polls.Add(1, new("feed", feed.Name), new("outcome", outcome.IsGood ? "good" : outcome.Fault?.Code ?? "waiting"));

    static KeyValuePair<string, object?>[] Tags(FeedStanding standing) => [new("feed", standing.Item.Feed), new("source", standing.Item.SourceKind), new("kind", standing.Item.Kind)];
}
