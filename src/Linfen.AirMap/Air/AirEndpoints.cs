using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Air;

/// <summary>Station values: the door through which they come in, and where they are read.</summary>
static class AirEndpoints
{
    public static void MapAir(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/intake/air", Store).WithTags("Intake").Needs(Permission.Deliver)
            .WithSummary("Takes values of air-quality stations as a JSON array or NDJSON")
            .WithDescription(
                "Each element: `station` (id, code or name), `factor` (PM2.5, PM10, SO2, NO2, O3, CO), `at`, `value`, `unit` (µg/m³, mg/m³; default µg/m³, of CO mg/m³), "
                + "`interval` (hour, day), `valid` (default true), `simulated`. `at` is any moment of the hour or Beijing day; its start is kept. "
                + "One value per station, factor, interval and time: the same again is a duplicate, another one a correction that takes its place while what it said before is kept.")
            .Accepts<object[]>("application/json", "application/x-ndjson", "*/*").Produces<AirReport>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(503);
        app.MapGet("/api/stations/{id:guid}/values", AirQueries.Values).WithTags("Air").Needs(Permission.View)
            .WithSummary("Values of a station, newest first, with what corrections replaced").ProducesProblem(400).ProducesProblem(404);
        app.MapGet("/api/air", AirQueries.Counties).WithTags("Air").Needs(Permission.View)
            .WithSummary("Per county the running annual mean of PM2.5 with its valid days, and the latest hour of each factor");
    }

    static async Task<Results<Ok<AirReport>, ProblemHttpResult>> Store(HttpContext context, AirIntake intake, Deliveries deliveries, IOptions<IntakeOptions> options)
    {
        // The limit counts unpacked bytes and answers with the counts so far.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var report = new AirReport(options.Value.ListedRejections);
        try
        {
            await using var body = await UnpackedBody.OpenAsync(context.Request, options.Value.MaxUnpackedBytes, context.RequestAborted);
            await intake.StoreAsync(DetectionReader.ReadAsync(body, AirReadingJson.Read, context.RequestAborted), report, context.User.Scope(), context.RequestAborted);
            deliveries.Count(context, "air", report.Stored);
            return TypedResults.Ok(report);
        }
        catch (UnreadableBodyException e)
        {
            return Refuse(e.StatusCode, e.Type, e.Message, report);
        }
        catch (BadHttpRequestException e)
        {
            return Refuse(e.StatusCode, "body-unreadable", e.Message, report);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            context.Response.Headers.RetryAfter = "2";
            return Refuse(503, "database-unavailable", "The database did not take it. What the counts name is stored; send the whole again.", report);
        }
    }

    static ProblemHttpResult Refuse(int status, string type, string detail, AirReport counts)
    {
        var problem = Problems.Of(status, type, detail);
        var extensions = problem.ProblemDetails.Extensions;
        extensions["received"] = counts.Received;
        extensions["stored"] = counts.Stored;
        extensions["duplicates"] = counts.Duplicates;
        extensions["corrected"] = counts.Corrected;
        extensions["rejectedCount"] = counts.RejectedCount;
        extensions["rejected"] = counts.Rejected;
        return problem;
    }
}
