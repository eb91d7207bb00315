using System.Text.Json;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Rulings;

namespace Linfen.AirMap.Parameters;

/// <summary>Takes single changes of parameters and answers with what became of them.</summary>
sealed class ParameterDesk(Ledger ledger, Bench bench, Waker waker)
{
    const int MostBytes = 256 * 1024;

    public async Task<IResult> PostAsync(HttpContext context, CancellationToken cancellation)
    {
        var (body, problem) = await BodyAsync(context, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        var faults = new List<string>();
        var code = ParameterReader.Text(body, "code");
        if (string.IsNullOrWhiteSpace(code))
        {
            faults.Add("code: is missing");
        }

        var reason = ParameterReader.Reason(body, faults);
        // Whoever adds takes nothing from anybody: the version is compared where one is sent.
        return ParameterReader.Read(body, null, faults) is { } value
            ? await DoAsync(new(ParameterAction.Add, code!, value.EffectiveFrom, value, Seen(context), bench) { By = Author.Of(context), Reason = reason }, body, context, StatusCodes.Status201Created, cancellation)
            : Problems.Invalid(faults);
    }

    public async Task<IResult> PutAsync(string code, string effectiveFrom, HttpContext context, CancellationToken cancellation)
    {
        if (Seen(context) is not { } seen)
        {
            return PreconditionRequired();
        }

        var (body, problem) = await BodyAsync(context, cancellation);
        if (problem is not null)
        {
            return problem;
        }

        if (ParameterReader.Day(effectiveFrom) is not { } from)
        {
            return Problems.NotFound("such value");
        }

        var faults = new List<string>();
        var reason = ParameterReader.Reason(body, faults);
        return ParameterReader.Read(body, from, faults) is { } value
            ? await DoAsync(new(ParameterAction.Replace, code, from, value, seen, bench) { By = Author.Of(context), Reason = reason }, body, context, StatusCodes.Status200OK, cancellation)
            : Problems.Invalid(faults);
    }

    public async Task<IResult> DeleteAsync(string code, string effectiveFrom, HttpContext context, CancellationToken cancellation) =>
        Seen(context) is not { } seen ? PreconditionRequired()
        : ParameterReader.Day(effectiveFrom) is not { } from ? Problems.NotFound("such value")
        : await DoAsync(new(ParameterAction.Delete, code, from, null, seen, bench) { By = Author.Of(context) }, null, context, StatusCodes.Status200OK, cancellation);

    async Task<IResult> DoAsync(ParameterChange change, JsonElement? yours, HttpContext context, int status, CancellationToken cancellation)
    {
        await ledger.CommitAsync(change, cancellation);
        if (change.Refusal is { } refusal)
        {
            return refusal switch
            {
                { Stored: { } stored } => Problems.Conflict(refusal.Type, refusal.Detail, ParameterItem.Of(stored), yours),
                { Faults: { } faults } => Problems.Invalid(faults),
                _ => Problems.Of(refusal.Status, refusal.Type, refusal.Detail),
            };
        }

        await waker.WorkOffAsync(cancellation);
        context.Response.Headers.ETag = ParameterItem.TagOf(change.Parameter!);
        return TypedResults.Json(ParameterItem.Of(change.Parameter!), statusCode: status);
    }

    static async Task<(JsonElement Body, IResult? Problem)> BodyAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            return (default, Problems.Of(413, "body-too-large", $"A value has at most {MostBytes} bytes."));
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, cancellation);
            return body.RootElement.ValueKind == JsonValueKind.Object ? (body.RootElement.Clone(), null) : (default, Problems.Invalid(["the body is a JSON object"]));
        }
        catch (JsonException e)
        {
            return (default, Problems.Of(400, "not-json", $"The body is no JSON: {e.Message}"));
        }
    }

    static string? Seen(HttpContext context) => context.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag ? tag : null;

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult PreconditionRequired() =>
        Problems.Of(428, "if-match-required", "Send If-Match with the ETag of the parameter or of the list as you saw it, so that nobody's edit is lost.");
}
