using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Linfen.AirMap.Activity;

/// <summary>How much happened when: the bars of the wall's time line.</summary>
static class ActivityEndpoints
{
    public static void MapActivity(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/activity", Read).WithTags("Activity").Needs(Permission.View)
            .WithSummary("Fires seen, violations opened and closed per interval: span is 24h, 7d or 30d; or hours and bins of one's own");

    static async Task<IResult> Read(
        ClaimsPrincipal user, ActivityBins activity, CancellationToken cancellation, [FromQuery] string? span = null, [FromQuery] int hours = 24, [FromQuery] int bins = 96)
    {
        if (span is { Length: > 0 })
        {
            return Division.Of(span) is { } known
                ? TypedResults.Ok(await activity.ReadAsync(known, user.Scope(), cancellation))
                : Problems.Of(400, "query-invalid", "span is 24h, 7d or 30d.");
        }

        if (hours is < 1 or > 24 * 31 || bins is < 1 or > 744 || hours * 3600 % bins != 0)
        {
            return Problems.Of(400, "query-invalid", "hours is 1 to 744; bins is at most 744 and divides the seconds of the hours evenly.");
        }

        return TypedResults.Ok(await activity.ReadAsync(new(bins, hours * 3600 / bins), user.Scope(), cancellation));
    }
}
