using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Plan;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Intake;

static class FeedQueries
{
    public sealed record FeedList(IReadOnlyList<FeedItem> Feeds);

    /// <param name="Today">Detections stored on the present Beijing day.</param>
    public sealed record FeedItem(string Feed, string SourceKind, DateTimeOffset LastKnownAt, DateTimeOffset LastOccurredAt, long Today, bool Simulated);

    public static async Task<FeedList> All(ClaimsPrincipal user, AirMapDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var today = Beijing.DayOf(clock.GetUtcNow());
        var rows = await db.Feeds.AsNoTracking().OrderBy(f => f.SourceKind).ThenBy(f => f.Feed).ToListAsync(cancellation);
        return new([.. rows.Select(f => new FeedItem(
            f.Feed,
            f.SourceKind.ToString().ToLowerInvariant(),
            f.LastKnownAt.ToOffset(Beijing.Offset),
            f.LastOccurredAt.ToOffset(Beijing.Offset),
            // Counts of a feed are of all counties.
            user.Scope().IsCity && f.Day == today ? f.Today : 0,
            f.Simulated))]);
    }
}
