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
        app.MapGet("/api/monitors/{mn}/readings/export", ReadingExport.AnswerAsync).WithTags("Dust monitors").Needs(Permission.Export)
            .WithSummary("Readings of a monitor as csv or xlsx, oldest first; the export is audited")
            .WithDescription(
                "`interval`, `factor`, `from` and `to` as for the readings; without `from` and `to` the last 30 days, and at most 366. A sheet (xlsx) holds 1,048,575 readings. "
                + "`lang=zh` writes header and words in Chinese; otherwise both are the names of the interface.")
            .ProducesProblem(400).ProducesProblem(404);
        app.MapGet("/api/monitors/{mn}/curve", CurveQueries.Of).WithTags("Dust monitors").Needs(Permission.View)
            .WithSummary("What a rule sees of a monitor: values, running mean, limit and background of their days, and when the mean was above")
            .WithDescription(
                "`factor` is TSP or PM10, `step` minute, 15min or hour (by itself: minutes up to 36 hours, hours beyond), `from` and `to` at most 31 days apart (by themselves: the last 24 hours). "
                + "`mean` is the mean of the values that count over the averaging time that ends there; of a longer step the highest one. What does not count stands in `doubtful`, with `why`.")
            .Produces<DustCurve>().ProducesProblem(400).ProducesProblem(404);
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
