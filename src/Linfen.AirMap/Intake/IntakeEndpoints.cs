using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake.Firms;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Intake;

/// <summary>The doors through which detections come in.</summary>
static class IntakeEndpoints
{
    public const string DefaultFeed = "direct";

    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        var intake = app.MapGroup("/api/intake").WithTags("Intake").Needs(Permission.Deliver);
        intake.MapPost("/firms", Firms)
            .WithSummary("Takes a FIRMS CSV file of any edition, streamed, gzip or plain")
            .Accepts<string>("text/csv", "*/*").Produces<IntakeReport>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(503);
        intake.MapPost("/detections", Detections)
            .WithSummary("Takes detections of cameras, drones, vehicles, phones and satellites as a JSON array or NDJSON")
            .Accepts<object[]>("application/json", "application/x-ndjson", "*/*").Produces<IntakeReport>().ProducesProblem(400).ProducesProblem(413).ProducesProblem(503);
    }

    static Task<Results<Ok<IntakeReport>, ProblemHttpResult>> Firms(
        HttpContext context, IntakePipeline pipeline, IOptions<IntakeOptions> options, [FromQuery] string? source, [FromQuery] bool simulated = false)
    {
        if (!FirmsSource.TryParse(source, out var sensor))
        {
            return Task.FromResult<Results<Ok<IntakeReport>, ProblemHttpResult>>(
                Problems.Of(400, "source-unknown", $"'{source}' is no FIRMS source; for example VIIRS_NOAA20_NRT, VIIRS_SNPP_SP or MODIS_NRT."));
        }

        if (context.User.Caller()?.Source is { } own && !string.Equals(own, source, StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult<Results<Ok<IntakeReport>, ProblemHttpResult>>(Problems.Of(403, "outside-scope", $"This key delivers as {own} only."));
        }

        return StoreAsync(context, pipeline, options.Value, (body, _, cancellation) => FirmsReader.ReadAsync(body, sensor, simulated, cancellation));
    }

    static Task<Results<Ok<IntakeReport>, ProblemHttpResult>> Detections(
        HttpContext context, IntakePipeline pipeline, IOptions<IntakeOptions> options, [FromQuery] string? feed) =>
        StoreAsync(context, pipeline, options.Value, (body, _, cancellation) =>
            DetectionReader.ReadAsync(body, context.User.Caller()?.Source ?? (string.IsNullOrWhiteSpace(feed) || feed.Length > 64 ? DefaultFeed : feed), cancellation));

    /// <summary>Stores the body. After a failure the answer still tells the counts of what was committed before it.</summary>
    public static async Task<Results<Ok<IntakeReport>, ProblemHttpResult>> StoreAsync(
        HttpContext context, IntakePipeline pipeline, IntakeOptions options, Func<Stream, IntakeReport, CancellationToken, IAsyncEnumerable<IntakeLine>> read)
    {
        // Our own limit counts unpacked bytes and answers with the counts so far.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        var report = new IntakeReport(options.ListedRejections);
        try
        {
            await using var body = await UnpackedBody.OpenAsync(context.Request, options.MaxUnpackedBytes, context.RequestAborted);
            await pipeline.StoreAsync(read(body, report, context.RequestAborted), report, context.User.Scope(), context.RequestAborted);
            return TypedResults.Ok(report);
        }
        catch (UnreadableBodyException e)
        {
            return Problems.Of(e.StatusCode, e.Type, e.Message, report.ToMembers());
        }
        catch (BadHttpRequestException e)
        {
            return Problems.Of(e.StatusCode, "body-unreadable", e.Message, report.ToMembers());
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e) || e is ServerStoppingException)
        {
            context.Response.Headers.RetryAfter = "2";
            return Problems.Of(503, "database-unavailable", "The database did not take it. What the counts name is stored; send the whole again.", report.ToMembers());
        }
        finally
        {
            context.RequestServices.GetRequiredService<Deliveries>().Count(context, "detections", report.Stored);
        }
    }
}
