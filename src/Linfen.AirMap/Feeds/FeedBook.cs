using System.Xml;
using Linfen.AirMap.Data;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Plan;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Feeds;

/// <summary>A feed with what is expected of it.</summary>
/// <param name="WatchKind">As it is kept: null for what others just deliver.</param>
/// <param name="LivelyAt">The last sign of life, or since when one is expected.</param>
/// <param name="ToldStale">The log's last word of it.</param>
sealed record FeedStanding(FeedItem Item, SourceKind SourceKind, string? WatchKind, DateTimeOffset? LivelyAt, TimeSpan? StaleAfter, bool IsStale, bool ToldStale)
{
    /// <summary>
    /// Whether the log has to be told. What is played tells nothing: it stops when the play is over. And before <paramref name="listeningSince"/> nobody listened, so that
    /// nothing was delivered then says nothing of who delivers.
    /// </summary>
    public bool IsTurned(DateTimeOffset listeningSince, DateTimeOffset now) => !Item.Simulated && IsStale != ToldStale
        && (!IsStale || Item.LastPolledAt is not null || now - listeningSince > StaleAfter);
}

/// <summary>Every feed that is configured or ever delivered, and whether it gives the signs of life that are expected of it.</summary>
sealed class FeedBook(FeedPlan plan, IOptions<FeedOptions> options)
{
    /// <summary>Posts that name no feed come from anybody.</summary>
    const string Anybody = IntakeEndpoints.DefaultFeed;

    /// <summary>What came that late was no live delivery but an archive.</summary>
    static readonly TimeSpan ArchiveAge = TimeSpan.FromDays(1);

    /// <summary>Without a setting: cameras send all the time, others when they are sent out, satellites pass several times a day. People report when they see something.</summary>
    static readonly Dictionary<SourceKind, TimeSpan?> Usual = new()
    {
        [SourceKind.Video] = TimeSpan.FromMinutes(30),
        [SourceKind.Drone] = TimeSpan.FromDays(1),
        [SourceKind.Vehicle] = TimeSpan.FromDays(1),
        [SourceKind.Satellite] = TimeSpan.FromDays(1),
        [SourceKind.Phone] = null,
    };

    public async Task<IReadOnlyList<FeedStanding>> ReadAsync(AirMapDb db, DateTimeOffset now, CancellationToken cancellation)
    {
        var delivered = await db.Feeds.AsNoTracking().ToListAsync(cancellation);
        var watches = (await db.FeedWatches.AsNoTracking().ToListAsync(cancellation)).ToDictionary(w => (w.Feed, w.SourceKind));
        var webhooks = (await db.Webhooks.AsNoTracking().Select(w => new { w.Name, w.SourceKind }).ToListAsync(cancellation)).ConvertAll(w => (w.Name, w.SourceKind));
        var polled = plan.Feeds.ToDictionary(f => (f.Name, f.SourceKind));
        var rows = delivered.ToDictionary(f => (f.Feed, f.SourceKind, f.Simulated));
        return
        [
            .. rows.Keys.Union(polled.Keys.Concat(webhooks).Select(k => (k.Item1, k.Item2, false)))
                .OrderBy(k => k.Item2).ThenBy(k => k.Item1, StringComparer.Ordinal).ThenBy(k => k.Item3)
                .Select(k => Standing(
                    k.Item1, k.Item2, k.Item3, rows.GetValueOrDefault(k), k.Item3 ? null : watches.GetValueOrDefault((k.Item1, k.Item2)), k.Item3 ? null : polled.GetValueOrDefault((k.Item1, k.Item2)),
                    !k.Item3 && webhooks.Contains((k.Item1, k.Item2)), now)),
        ];
    }

    FeedStanding Standing(string feed, SourceKind kind, bool simulated, FeedState? row, FeedWatch? watch, PolledFeed? polled, bool isWebhook, DateTimeOffset now)
    {
        var watchKind = polled?.Kind ?? (isWebhook ? "webhook" : null);
        var staleAfter = StaleAfter(feed, kind, row, polled, isWebhook);
        // A poll speaks for itself: that a satellite saw nothing is no silence.
        var delivered = polled is null or { IsLocal: true } ? row?.LastKnownAt : null;
        var expected = watchKind is null ? null : watch;
        var lively = Latest(delivered, Latest(expected?.LastGoodAt, expected?.Since));
        var isStale = staleAfter is { } patience && lively is { } at && now - at > patience;
        var (stored, occurred, day, today) = row is null ? (expected?.LastStoredAt, expected?.LastOccurredAt, expected?.Day, expected?.Today ?? 0)
            : (row.LastKnownAt, row.LastOccurredAt, row.Day, row.Today);
        var item = new FeedItem(
            feed, kind.ToString().ToLowerInvariant(), Local(stored), Local(occurred), day == Beijing.DayOf(now) ? today : 0, simulated, watchKind ?? "delivered",
            isStale ? "stale" : expected?.ErrorCode is not null ? "failing" : "fresh", staleAfter is { } duration ? XmlConvert.ToString(duration) : null,
            Local(lively is { } since && staleAfter is { } after ? since + after : null), Local(expected?.LastPolledAt),
            Local(watchKind is null || isWebhook ? Latest(delivered, expected?.LastGoodAt) : expected?.LastGoodAt),
            expected is { ErrorCode: { } code, Error: { } words, ErrorAt: { } failedAt } ? new(code, words, failedAt.ToOffset(Beijing.Offset)) : null, Local(expected?.NextPollAt));
        return new(item, kind, watchKind, lively, staleAfter, isStale, watch?.StaleSince is not null);
    }

    /// <summary>Null for what is never stale.</summary>
    TimeSpan? StaleAfter(string feed, SourceKind kind, FeedState? row, PolledFeed? polled, bool isWebhook)
    {
        if (options.Value.StaleMinutes.TryGetValue(feed, out var own))
        {
            return Minutes(own);
        }

        if (polled is { UsualStaleAfter: { } usual })
        {
            return usual;
        }

        if (polled is null && !isWebhook && row is not null && (feed == Anybody || IsArchive(row) || plan.Feeds.Any(p => p.DetectionFeed == feed && p.SourceKind == kind)))
        {
            // What a feed of ours brings is watched there.
            return null;
        }

        return options.Value.StaleMinutes.TryGetValue(kind.ToString(), out var ofKind) ? Minutes(ofKind) : Usual[kind];
    }

    static bool IsArchive(FeedState row) => row.LastKnownAt - row.LastOccurredAt > ArchiveAge;

    static TimeSpan? Minutes(double minutes) => minutes > 0 ? TimeSpan.FromMinutes(minutes) : null;

    static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;

    static DateTimeOffset? Local(DateTimeOffset? time) => time?.ToOffset(Beijing.Offset);
}
