using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Registers;

/// <summary>Takes single changes of registers: reads the body, checks it, hands it to the ledger and answers with what became of it.</summary>
sealed class RegisterDesk(Ledger ledger, Bench bench, Waker waker, AirMapDb db)
{
    const int MostBytes = 4 * 1024 * 1024;

    public static string ETagOf(Subject subject) => $"\"{subject.Version.ToString(CultureInfo.InvariantCulture)}\"";

    public async Task<IResult> PostAsync(Register register, Guid? parent, HttpContext context, CancellationToken cancellation)
    {
        var (draft, problem) = await ReadAsync(register, parent, context, cancellation);
        if (draft is null)
        {
            return problem!;
        }

        var write = new SubjectWrite(draft, null, null, MayReplace: false);
        await CommitAsync(register, write, Author.Of(context), cancellation);
        return Answer(register, write, context);
    }

    /// <summary>Adds what another door was told, by the same checks and with the same history.</summary>
    public async Task<IResult> AddAsync(Register register, JsonElement body, HttpContext context, CancellationToken cancellation)
    {
        var (draft, faults) = await new SubjectReader(register, new References(db)).ReadAsync(body, null, cancellation);
        if (draft is null)
        {
            return Problems.Invalid(faults);
        }

        var write = new SubjectWrite(draft, null, null, MayReplace: false);
        await CommitAsync(register, write, Author.Of(context), cancellation);
        return Answer(register, write, context);
    }

    public async Task<IResult> PutAsync(Register register, Guid id, HttpContext context, CancellationToken cancellation)
    {
        if (Version(context) is not { } version)
        {
            return PreconditionRequired();
        }

        var stored = await db.Subjects.FindAsync([id], cancellation);
        var (draft, problem) = await ReadAsync(register, stored?.ParentId, context, cancellation);
        if (draft is null)
        {
            return problem!;
        }

        var write = new SubjectWrite(draft with { Simulated = stored?.Simulated ?? draft.Simulated }, id, version, MayReplace: false);
        await CommitAsync(register, write, Author.Of(context), cancellation);
        return Answer(register, write, context);
    }

    public async Task<IResult> DeleteAsync(Register register, Guid id, HttpContext context, CancellationToken cancellation)
    {
        if (Version(context) is not { } version)
        {
            return PreconditionRequired();
        }

        var write = new SubjectWrite(null, id, version, MayReplace: false);
        await CommitAsync(register, write, Author.Of(context), cancellation);
        return Answer(register, write, context);
    }

    async Task CommitAsync(Register register, SubjectWrite write, Author by, CancellationToken cancellation)
    {
        await ledger.CommitAsync(new SubjectBatch(register, [write], by.Name, bench) { By = by }, cancellation);
        if (register.MakesLaw && write.Outcome is WriteOutcome.Created or WriteOutcome.Changed or WriteOutcome.Deleted)
        {
            await waker.WorkOffAsync(cancellation);
        }
    }

    async Task<(SubjectDraft? Draft, IResult? Problem)> ReadAsync(Register register, Guid? parent, HttpContext context, CancellationToken cancellation)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            return (null, Problems.Of(413, "body-too-large", $"An entry has at most {MostBytes} bytes."));
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, cancellation);
            var reading = await new SubjectReader(register, new References(db)).ReadAsync(body.RootElement, parent, cancellation);
            return (reading.Draft, reading.Draft is null ? Problems.Invalid(reading.Faults) : null);
        }
        catch (JsonException e)
        {
            return (null, Problems.Of(400, "not-json", $"The body is no JSON: {e.Message}"));
        }
    }

    static int? Version(HttpContext context) =>
        int.TryParse(context.Request.Headers.IfMatch.ToString().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult PreconditionRequired() =>
        Problems.Of(428, "if-match-required", "Send If-Match with the ETag of the version that you saw, so that nobody's edit is lost.");

    static IResult Answer(Register register, SubjectWrite write, HttpContext context)
    {
        switch (write.Outcome)
        {
            case WriteOutcome.NotFound:
                return Problems.NotFound($"such entry in {register.TitleEn}");
            case WriteOutcome.OutsideScope:
                return Problems.Of(403, "outside-scope", "The place lies outside the counties of this account.");
            case WriteOutcome.OutsideCity:
                return Problems.Invalid(["lon, lat: the place lies outside the city"]);
            case WriteOutcome.VersionDiffers:
                return Problems.Conflict("version-differs", "Somebody changed it after you read it. Both versions follow; decide and send again with the stored version's ETag.", Json(register, write.Stored), Json(register, write.Draft));
            case WriteOutcome.KeyTaken:
                return Problems.Conflict("exists", "The register has an entry with this number, or with this name at this place.", Json(register, write.Stored), Json(register, write.Draft));
            case WriteOutcome.Deleted:
                return TypedResults.NoContent();
            default:
                var stored = write.Stored!;
                context.Response.Headers.ETag = ETagOf(stored);
                if (write.Outcome == WriteOutcome.Created)
                {
                    context.Response.StatusCode = StatusCodes.Status201Created;
                    context.Response.Headers.Location = $"/api/{register.Path}/{stored.Id}";
                }

                return new FeatureResult(json => SubjectFeature.Write(json, stored, register));
        }
    }

    static JsonElement? Json(Register register, Subject? subject) =>
        subject is null ? null : JsonSerializer.Deserialize<JsonElement>(SubjectFeature.ToText(subject, register));

    /// <summary>What the caller wanted, in the same form.</summary>
    static JsonElement? Json(Register register, SubjectDraft? draft) =>
        draft is null ? null : Json(register, Subject.Create(Guid.Empty, draft, new(null, draft.Shape?.InteriorPoint), DateTimeOffset.UnixEpoch));
}
