using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;

namespace Linfen.AirMap.Dust;

/// <summary>Where the readings of monitors are read, and what was refused at the line.</summary>
static class ReadingEndpoints
{
    public static void MapReadings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/monitors/{mn}/readings", ReadingQueries.Of).WithTags("Dust monitors").Needs(Permission.View)
            .WithSummary("Readings of a monitor, newest first")
            .WithDescription(
                "`interval`: raw (real-time data), minutes, deviceHour, deviceDay as the device sent them; 15min, hour, day computed from its real-time data, or from its minutes where it sends none, "
                + "over values that count, and valid where those are three quarters. `at` is the instant, or the start of the interval. Dust is in µg/m³. `quality` says why a value does not count.")
            .Produces<MonitorReadings>().ProducesProblem(400).ProducesProblem(404);
        app.MapGet("/api/monitors/health", DeviceHealth.List).WithTags("Dust monitors").Needs(Permission.View)
            .WithSummary("Which monitors can be believed, and why the others cannot; no violations, but faults of devices")
            .Produces<IReadOnlyList<MonitorHealth>>().ProducesProblem(400);
        app.MapGet("/api/monitors/refusals", Refused).WithTags("Dust monitors").Needs(Permission.EditRegisters)
            .WithSummary("What was refused at the HJ 212 port since the server started, by MN, address and reason, the latest first");
    }

    /// <summary>An unknown device has no county: only the city sees them all.</summary>
    static async Task<IResult> Refused(ClaimsPrincipal user, DeviceBook book, Refusals refusals)
    {
        var seen = new List<Refusal>();
        foreach (var refusal in refusals.All)
        {
            if (user.Scope().IsCity || (await book.FindAsync(refusal.Mn) is { } device && user.Scope().Holds(device.County)))
            {
                seen.Add(refusal);
            }
        }

        return TypedResults.Ok(seen);
    }
}
