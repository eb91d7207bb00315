using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>The door for video platforms that call us in their own JSON, and the mappings by which that is read.</summary>
static partial class WebhookEndpoints
{
    /// <summary>Alarms have a kilobyte; pictures come as addresses.</summary>
    const long MostBytes = 8 << 20;

    static readonly JsonDocumentOptions Json = new() { MaxDepth = 32 };

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/intake/webhooks/{name}", DeliverAsync).WithTags("Intake").Needs(Permission.Deliver)
            .Accepts<object>("application/json", "*/*").Produces<IntakeReport>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(413).ProducesProblem(422).ProducesProblem(503)
            .WithSummary("Takes alarms of a video platform in its own JSON, read by the mapping of that name; the key's source is that name");
        var webhooks = app.MapGroup("/api/webhooks").WithTags("Webhooks").Needs(Permission.ManageKeys);
        webhooks.MapGet("", ListAsync).WithSummary("All webhooks with their mappings");
        webhooks.MapGet("/{name}", OneAsync).Produces<WebhookItem>().ProducesProblem(404).WithSummary("One webhook with its mapping and ETag");
        webhooks.MapPut("/{name}", PutAsync).Accepts<WebhookMapping>("application/json").Produces<WebhookItem>().Produces<WebhookItem>(201).ProducesProblem(400).ProducesProblem(409)
            .WithSummary("Stores how the platform's JSON is read; If-Match is compared where it is sent")
            .WithDescription("Paths are like `data.alarms[0].id`; those but `items` start at the single alarm. `time.format` is rfc3339, epochSeconds, epochMilliseconds or a pattern of Beijing time. Alarms of other kinds than `kinds.counts` are acknowledged and counted as `ignored`.");
        webhooks.MapDelete("/{name}", DeleteAsync).ProducesProblem(404).ProducesProblem(409).WithSummary("Deletes the mapping: calls of that name are not found from then on");
        webhooks.MapPost("/{name}/try", TryAsync).Accepts<object>("application/json").Produces<WebhookTrial>().ProducesProblem(400).ProducesProblem(404)
            .WithSummary("What a sample would become, without storing it; {sample, mapping?} or the sample itself");
    }

    internal sealed record WebhookList(IReadOnlyList<WebhookItem> Webhooks);

    internal sealed record WebhookItem(string Name, WebhookMapping Mapping, int Version, DateTimeOffset ChangedAt, string ChangedBy)
    {
        public static WebhookItem Of(Webhook w) => new(w.Name, WebhookMapping.OfText(w.Mapping), w.Version, w.ChangedAt.ToOffset(Plan.Beijing.Offset), w.ChangedBy);
    }

    /// <param name="Outcome"><c>detection</c>, <c>ignored</c> or <c>rejected</c>.</param>
    /// <param name="Detection">As <c>POST /api/intake/detections</c> would take it.</param>
    /// <param name="Lon">CGCS2000 degrees.</param>
    /// <param name="County">Where it lies; null outside the city, where it would not be stored.</param>
    internal sealed record TriedAlarm(long Line, string Outcome, string? Reason, JsonElement? Detection, double? Lon, double? Lat, string? County);

    internal sealed record WebhookTrial(IReadOnlyList<TriedAlarm> Alarms);

    static async Task<WebhookList> ListAsync(AirMapDb db, CancellationToken cancellation) =>
        new([.. (await db.Webhooks.AsNoTracking().OrderBy(w => w.Name).ToListAsync(cancellation)).Select(WebhookItem.Of)]);

    static async Task<IResult> OneAsync(string name, HttpContext context, AirMapDb db, CancellationToken cancellation) =>
        await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Name == name, cancellation) is { } webhook ? Answer(context, webhook, 200) : NoSuch();

    static async Task<IResult> PutAsync(string name, HttpContext context, Ledger ledger, AirMapDb db, CancellationToken cancellation)
    {
        if (!Names().IsMatch(name))
        {
            return Problems.Invalid(["name: 1 to 64 lower-case letters, digits, hyphens or underscores"]);
        }

        var (body, problem) = await BodyAsync(context, cancellation);
        if (body is not { } json)
        {
            return problem!;
        }

        var (mapping, fault) = WebhookMapping.Read(json);
        if (mapping is null || WebhookFaults.Of(mapping) is { Count: > 0 })
        {
            return Problems.Invalid(mapping is null ? [fault!] : WebhookFaults.Of(mapping));
        }

        var change = new WebhookChange(name, mapping, Seen(context)) { By = Author.Of(context) };
        await ledger.CommitAsync(change, cancellation);
        return change.Conflict is { } stored ? Differs(stored, json)
            : Answer(context, await db.Webhooks.AsNoTracking().SingleAsync(w => w.Name == name, cancellation), change.WasThere ? 200 : 201);
    }

    static async Task<IResult> DeleteAsync(string name, HttpContext context, Ledger ledger, CancellationToken cancellation)
    {
        var change = new WebhookChange(name, null, Seen(context)) { By = Author.Of(context) };
        await ledger.CommitAsync(change, cancellation);
        return change.Conflict is { } stored ? Differs(stored, null) : change.WasThere ? TypedResults.NoContent() : NoSuch();
    }

    static async Task<IResult> TryAsync(string name, HttpContext context, WebhookBook book, AtlasKeeper atlas, IOptions<IntakeOptions> options, AirMapDb db, CancellationToken cancellation)
    {
        var (body, problem) = await BodyAsync(context, cancellation);
        if (body is not { } sample)
        {
            return problem!;
        }

        WebhookMapping? given = null;
        if (sample.ValueKind == JsonValueKind.Object && sample.TryGetProperty("sample", out var inner) && sample.EnumerateObject().All(p => p.Name is "sample" or "mapping"))
        {
            if (sample.TryGetProperty("mapping", out var mapping) && mapping.ValueKind != JsonValueKind.Null)
            {
                (given, var fault) = WebhookMapping.Read(mapping);
                if (given is null || WebhookFaults.Of(given) is { Count: > 0 })
                {
                    return Problems.Invalid(given is null ? [fault!] : WebhookFaults.Of(given));
                }
            }

            sample = inner;
        }

        if ((given is null ? await book.FindAsync(name, db, cancellation) : new WebhookReader(name, given)) is not { } reader)
        {
            return NoSuch();
        }

        try
        {
            return TypedResults.Ok(new WebhookTrial([.. reader.AlarmsOf(sample).Select((alarm, index) => Tried(reader, alarm, index + 1, atlas.Current, options.Value))]));
        }
        catch (UnreadableBodyException e)
        {
            return Problems.Of(e.StatusCode, e.Type, e.Message);
        }
    }

    static TriedAlarm Tried(WebhookReader reader, JsonElement alarm, long line, CityAtlas map, IntakeOptions options)
    {
        var read = reader.Read(alarm);
        var checkedLine = read.Detection is { } detection ? DetectionJson.Read(detection, line, reader.Feed) : IntakeLine.Rejected(line, read.Reason ?? "");
        return checkedLine.Observation is { } seen
            ? new(line, "detection", null, read.Detection, seen.Position.Lon, seen.Position.Lat, map.Locate(seen.Position, options.MarginMetres)?.Code)
            : new(line, read.IsIgnored ? "ignored" : "rejected", read.IsIgnored ? null : checkedLine.Reason, read.Detection, null, null, null);
    }

    static async Task<Results<Ok<IntakeReport>, ProblemHttpResult>> DeliverAsync(
        string name, HttpContext context, WebhookBook book, IntakePipeline pipeline, IOptions<IntakeOptions> options, AirMapDb db, Ledger ledger, TimeProvider clock)
    {
        if (context.User.Caller()?.Source is { } own && !string.Equals(own, name, StringComparison.OrdinalIgnoreCase))
        {
            return Problems.Of(403, "outside-scope", $"This key delivers as {own} only.");
        }

        if (await book.FindAsync(name, db, context.RequestAborted) is not { } reader)
        {
            return Problems.NotFound("such webhook");
        }

        var limits = options.Value with { MaxUnpackedBytes = Math.Min(MostBytes, options.Value.MaxUnpackedBytes) };
        var answer = await IntakeEndpoints.StoreAsync(context, pipeline, limits, (body, report, cancellation) => ReadAsync(body, reader, report, cancellation));
        if (answer.Result is Ok<IntakeReport> { Value.Stored: 0 } && book.IsNews(name, clock.GetUtcNow()))
        {
            await ledger.CommitAsync(new FeedHeard(reader.Feed, reader.SourceKind), CancellationToken.None);
        }

        return answer;
    }

    /// <summary>Where every alarm lacks a path, the mapping is wrong and not the alarms: the call is refused by the name of that path.</summary>
    static async IAsyncEnumerable<IntakeLine> ReadAsync(Stream body, WebhookReader reader, IntakeReport report, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var call = await ParsedAsync(body, cancellation);
        var (line, taken, missing) = (0L, 0L, (string?)null);
        foreach (var alarm in reader.AlarmsOf(call.RootElement))
        {
            line++;
            var read = reader.Read(alarm);
            if (read.IsIgnored)
            {
                report.Ignore();
                continue;
            }

            taken += read.Missing is null ? 1 : 0;
            missing ??= read.Missing;
            yield return read.Detection is { } detection ? DetectionJson.Read(detection, line, reader.Feed) : IntakeLine.Rejected(line, read.Reason!);
        }

        if (missing is not null && taken == 0)
        {
            throw new UnreadableBodyException("path-missing", $"No alarm has what the mapping expects at '{missing}'.", StatusCodes.Status422UnprocessableEntity);
        }
    }

    static async Task<JsonDocument> ParsedAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, Json, cancellation);
        }
        catch (JsonException)
        {
            throw new UnreadableBodyException("not-json", "The body is no JSON, or nested too deeply.");
        }
    }

    static async Task<(JsonElement? Body, IResult? Problem)> BodyAsync(HttpContext context, CancellationToken cancellation)
    {
        try
        {
            await using var body = await UnpackedBody.OpenAsync(context.Request, MostBytes, cancellation);
            using var json = await ParsedAsync(body, cancellation);
            return (json.RootElement.Clone(), null);
        }
        catch (UnreadableBodyException e)
        {
            return (null, Problems.Of(e.StatusCode, e.Type, e.Message));
        }
    }

    static JsonHttpResult<WebhookItem> Answer(HttpContext context, Webhook webhook, int status)
    {
        context.Response.Headers.ETag = $"\"{webhook.Version}\"";
        return TypedResults.Json(WebhookItem.Of(webhook), statusCode: status);
    }

    static int? Seen(HttpContext context) =>
        context.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag ? int.TryParse(tag.Trim('"'), out var version) ? version : 0 : null;

    static ProblemHttpResult Differs(string stored, JsonElement? yours) => Problems.Conflict(
        "version-differs", "Somebody changed it after you read it. Both versions follow; decide and send again with the stored version's ETag.", WebhookMapping.OfText(stored), yours);

    static ProblemHttpResult NoSuch() => Problems.NotFound("such webhook");

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Names();
}
