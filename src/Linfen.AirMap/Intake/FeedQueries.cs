using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Plan;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Intake;

static class FeedQueries
{
    /// <summary>To an account without the whole city, times are rounded to the hour and counts are 0.</summary>
    public sealed record FeedList(IReadOnlyList<FeedItem> Feeds);

    /// <param name="Today">Detections stored on the present Beijing day.</param>
    public sealed record FeedItem(string Feed, string SourceKind, DateTimeOffset LastKnownAt, DateTimeOffset LastOccurredAt, long Today, bool Simulated);

    public static async Task<FeedList> All(ClaimsPrincipal user, AirMapDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var today = Beijing.DayOf(clock.GetUtcNow());
        var isCity = user.Scope().IsCity;
        var rows = await db.Feeds.AsNoTracking().OrderBy(f => f.SourceKind).ThenBy(f => f.Feed).ToListAsync(cancellation);
        return new([.. rows.Select(f => new FeedItem(
            f.Feed,
            f.SourceKind.ToString().ToLowerInvariant(),
            (isCity ? f.LastKnownAt : Rounded(f.LastKnownAt, clock)).ToOffset(Beijing.Offset),
            (isCity ? f.LastOccurredAt : Rounded(f.LastOccurredAt, clock)).ToOffset(Beijing.Offset),
            // Counts of a feed are of all counties.
            isCity && f.Day == today ? f.Today : 0,
            f.Simulated))]);
    }

    /// <summary>
    /// Feeds are of all counties: to whoever sees only some, the second of a detection would tell of what happened elsewhere. The end of its
    /// hour, at most the present, tells whether the feed lives; a feed is thus never told to be silent for longer than it is.
    /// </summary>
    static DateTimeOffset Rounded(DateTimeOffset time, TimeProvider clock)
    {
        var end = new DateTimeOffset(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(1);
        var now = clock.GetUtcNow();
        return end < now ? end : now;
    }
}
