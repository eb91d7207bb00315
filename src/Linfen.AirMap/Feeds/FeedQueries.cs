using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;

namespace Linfen.AirMap.Feeds;

static class FeedQueries
{
    /// <summary>To an account without the whole city, times of deliveries are rounded to the hour and counts are 0.</summary>
    public sealed record FeedList(IReadOnlyList<FeedItem> Feeds);

    public static void MapFeeds(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/feeds", All).WithTags("Intake").Needs(Permission.View)
            .WithSummary("Every feed: when it delivered and was asked last, whether that is as expected, and what failed");

    static async Task<FeedList> All(ClaimsPrincipal user, AirMapDb db, FeedBook book, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var feeds = (await book.ReadAsync(db, now, cancellation)).Select(s => s.Item);
        return new([.. user.Scope().IsCity ? feeds : feeds.Select(f => Rounded(f, now))]);
    }

    /// <summary>Counts of a feed are of all counties, and so are its times. When we asked somebody, and how that went, tells of no county.</summary>
    static FeedItem Rounded(FeedItem feed, DateTimeOffset now) => feed with
    {
        LastKnownAt = Rounded(feed.LastKnownAt, now),
        LastOccurredAt = Rounded(feed.LastOccurredAt, now),
        Today = 0,
        LastGoodAt = feed.NextPollAt is null ? Rounded(feed.LastGoodAt, now) : feed.LastGoodAt,
        StaleAt = feed.NextPollAt is null ? null : feed.StaleAt,
    };

    /// <summary>
    /// To whoever sees only some counties, the second of a detection would tell of what happened elsewhere. The end of its
    /// hour, at most the present, tells whether the feed lives; a feed is thus never told to be silent for longer than it is.
    /// </summary>
    static DateTimeOffset? Rounded(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is not { } exact)
        {
            return null;
        }

        var end = new DateTimeOffset(exact.UtcTicks - exact.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(1);
        return (end < now ? end : now).ToOffset(exact.Offset);
    }
}
