using System.Text.Json;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Zones;

/// <summary>Takes single changes of zones: reads the body, checks it, hands it to the ledger and answers with what became of it.</summary>
sealed class ZoneDesk(Ledger ledger, Bench bench, Waker waker, ZoneMeasures measures, IOptionsMonitor<ZoneOptions> options)
{
    const int MostBytes = 16 * 1024 * 1024;

    /// <summary>What publishing or retiring did.</summary>
    public sealed record Effect(JsonElement Zone, int Judged, int Opened, int Closed);

    public async Task<IResult> PostAsync(HttpContext context, CancellationToken cancellation)
    {
        var (reading, problem) = await ReadAsync(context, cancellation);
        if (reading is not { Draft: { } draft })
        {
            return problem!;
        }

        var id = reading.Id ?? Guid.NewGuid();
        ZoneVersion? drawn = null;
        var refusal = await CommitAsync(id, "zone.drawn", null, context, (gazette, versions) =>
        {
            if (versions.Count > 0)
            {
                return new(409, "exists", "There is a zone with this id.", versions[0]);
            }

            drawn = gazette.Draw(id, 1, draft);
            return null;
        });
        return refusal is null ? Answer(context, drawn!, created: true) : Refused(refusal, draft);
    }

    public async Task<IResult> PutAsync(Guid id, HttpContext context, CancellationToken cancellation)
    {
        if (Seen(context) is not { } seen)
        {
            return PreconditionRequired();
        }

        var (reading, problem) = await ReadAsync(context, cancellation);
        if (reading is not { Draft: { } draft })
        {
            return problem!;
        }

        ZoneVersion? drawn = null;
        var refusal = await CommitAsync(id, "zone.redrawn", seen, context, (gazette, versions) =>
        {
            if (versions is not [var latest, ..])
            {
                return ZoneRefusal.NotFound;
            }

            if (latest.Kind != draft.Kind)
            {
                return new(400, "invalid", $"kind: a zone keeps its kind ({ZoneKinds.CodeOf(latest.Kind)})");
            }

            drawn = Drawn(gazette, latest, draft with { Simulated = latest.Simulated });
            return null;
        });
        return refusal is null ? Answer(context, drawn!, created: false) : Refused(refusal, draft);
    }

    /// <summary>A draft is redrawn; what was published gets another version.</summary>
    internal static ZoneVersion Drawn(Gazette gazette, ZoneVersion latest, ZoneDraft draft)
    {
        if (latest.Status != ZoneStatus.Draft)
        {
            return gazette.Draw(latest.Id, latest.Version + 1, draft);
        }

        gazette.Redraw(latest, draft);
        return latest;
    }

    public async Task<IResult> DeleteAsync(Guid id, HttpContext context)
    {
        if (Seen(context) is not { } seen)
        {
            return PreconditionRequired();
        }

        var refusal = await CommitAsync(id, "zone.deleted", seen, context, (gazette, versions) =>
        {
            if (versions is not [var latest, ..])
            {
                return ZoneRefusal.NotFound;
            }

            if (latest.Status != ZoneStatus.Draft)
            {
                return new(409, "not-a-draft", "What was published is retired, not deleted: it stays history.", latest);
            }

            gazette.Delete(latest);
            return null;
        });
        return refusal is null ? TypedResults.NoContent() : Refused(refusal, null);
    }

    public async Task<IResult> PublishAsync(Guid id, JsonElement body, HttpContext context, CancellationToken cancellation)
    {
        var faults = new List<string>();
        if (ZoneReader.ReadPublication(body, faults) is not { } publication)
        {
            return Problems.Invalid(faults);
        }

        return await DoAsync(id, "zone.published", context, (gazette, versions) =>
        {
            if (versions is not [{ Status: ZoneStatus.Draft } draft, .. var earlier])
            {
                return versions is [var latest, ..] ? ZoneRefusal.NotADraft(latest) : ZoneRefusal.NotFound;
            }

            return options.CurrentValue.TwoPersons && draft.ChangedBy == Author.Of(context).Name
                ? new(409, "approval-required", "Whoever drew a zone does not publish it: another person has to.", draft)
                : gazette.Publish(draft, earlier, publication);
        }, cancellation);
    }

    public async Task<IResult> RetireAsync(Guid id, JsonElement body, HttpContext context, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var said = body.ValueKind == JsonValueKind.Object;
        var lastDay = said ? ZoneReader.Day(body, "lastDay", faults) : null;
        var reason = said ? ZoneReader.Text(body, "reason", faults) : null;
        return faults.Count > 0
            ? Problems.Invalid(faults)
            : await DoAsync(id, "zone.retired", context, (gazette, versions) => versions.Count == 0 ? ZoneRefusal.NotFound : gazette.Retire(versions, lastDay, reason), cancellation);
    }

    /// <summary>Changes law, judges everything that it can affect, and tells what came of it.</summary>
    async Task<IResult> DoAsync(Guid id, string action, HttpContext context, Func<Gazette, List<ZoneVersion>, ZoneRefusal?> act, CancellationToken cancellation)
    {
        if (Seen(context) is not { } seen)
        {
            return PreconditionRequired();
        }

        ZoneVersion? done = null;
        var refusal = await CommitAsync(id, action, seen, context, (gazette, versions) =>
        {
            // The newest that was acted on: a draft above what is retired stays a draft.
            var before = versions.ToDictionary(v => v.Version, v => v.Revision);
            var refused = act(gazette, versions);
            done = versions.Find(v => v.Revision != before[v.Version]);
            return refused;
        });
        if (refusal is not null)
        {
            return Refused(refusal, null);
        }

        var work = await waker.WorkOffAsync(cancellation);
        context.Response.Headers.ETag = done!.ETag;
        return TypedResults.Ok(new Effect(ZoneFeature.ToJson(done, measures.Of(done)), work.Judged, work.Opened, work.Closed));
    }

    async Task<ZoneRefusal?> CommitAsync(Guid id, string action, string? seen, HttpContext context, Func<Gazette, List<ZoneVersion>, ZoneRefusal?> act)
    {
        var change = new ZoneChange(id, action, seen, bench, measures, act) { By = Author.Of(context) };
        await ledger.CommitAsync(change, CancellationToken.None);
        return change.Refusal;
    }

    async Task<(ZoneReading? Reading, IResult? Problem)> ReadAsync(HttpContext context, CancellationToken cancellation)
    {
        if (context.Request.ContentLength > MostBytes)
        {
            return (null, Problems.Of(413, "body-too-large", $"A zone has at most {MostBytes} bytes."));
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, default, cancellation);
            var reading = ZoneReader.Read(body.RootElement, measures);
            return (reading, reading.Draft is null ? Problems.Invalid(reading.Faults) : null);
        }
        catch (JsonException e)
        {
            return (null, Problems.Of(400, "not-json", $"The body is no JSON: {e.Message}"));
        }
    }

    static string? Seen(HttpContext context) => context.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag ? tag : null;

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult PreconditionRequired() =>
        Problems.Of(428, "if-match-required", "Send If-Match with the ETag of the version that you saw, so that nobody's edit is lost.");

    FeatureResult Answer(HttpContext context, ZoneVersion zone, bool created)
    {
        context.Response.Headers.ETag = zone.ETag;
        if (created)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = $"/api/zones/{zone.Id}";
        }

        return new FeatureResult(json => ZoneFeature.Write(json, zone, measures.Of(zone)));
    }

    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Refused(ZoneRefusal refusal, ZoneDraft? draft)
    {
        if (refusal.Stored is not { } stored)
        {
            return refusal.Status == 400 ? Problems.Invalid([refusal.Detail]) : Problems.Of(refusal.Status, refusal.Type, refusal.Detail);
        }

        var yours = draft is null ? null : ZoneVersion.Draft(stored.Id, stored.Version, draft, "", DateTimeOffset.UnixEpoch);
        return Problems.Conflict(
            refusal.Type, refusal.Detail, ZoneFeature.ToJson(stored, measures.Of(stored)), yours is null ? null : ZoneFeature.ToJson(yours, measures.Of(yours.Shape)));
    }
}
