using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Photos;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Linfen.AirMap.Findings;

/// <summary>Takes findings and their steps: reads and checks what was sent, hands it to the ledger, answers with what became of it.</summary>
sealed class FindingDesk(Ledger ledger, Bench bench, PhotoStore photos, AirMapDb db, TimeProvider clock)
{
    FindingRegister Register { get; } = (FindingRegister)bench.Book.Find(FindingRegister.KindName)!;

    public async Task<IResult> FileAsync(HttpContext context, CancellationToken cancellation)
    {
        var (body, problem) = await FindingBody.ReadAsync(context, "finding", photos, b => Faults(f => FindingReader.Filing(b.Json, b.Photos, clock.GetUtcNow(), f)), cancellation);
        if (body is null)
        {
            return problem!;
        }

        var faults = new List<string>();
        var filing = FindingReader.Filing(body.Json, body.Photos, clock.GetUtcNow(), faults);
        if (filing is null || await UnknownAsync(filing.Draft.Values.Texts("photos"), body.Photos, context, faults))
        {
            return Problems.Invalid(faults);
        }

        var by = Author.Of(context);
        var change = new FindingFiled(filing, Register, by.Name, bench) { By = by };
        await ledger.CommitAsync(change, cancellation);
        switch (change.Outcome)
        {
            case FindingOutcome.OutsideCity:
                return Problems.Invalid(["lon, lat: the place lies outside the city"]);
            case FindingOutcome.OutsideScope:
                return Problems.Of(403, "outside-scope", "The place lies outside the counties of this account.");
            case FindingOutcome.Contradicts:
                return Problems.Conflict("exists", "Something else was stored under this id. Both follow; a new finding needs an id of its own.", Json(change.Stored), Json(filing.Id, filing.Draft));
            default:
                context.Response.StatusCode = StatusCodes.Status201Created;
                context.Response.Headers.Location = $"/api/findings/{change.Stored!.Id}";
                return Feature(change.Stored, context);
        }
    }

    public async Task<IResult> FollowAsync(Guid id, FindingStep step, HttpContext context, CancellationToken cancellation)
    {
        var (body, problem) = await FindingBody.ReadAsync(context, step.Name, photos, b => Faults(f => FindingReader.Step(step, b.Json, b.Photos, clock.GetUtcNow(), f)), cancellation);
        if (body is null)
        {
            return problem!;
        }

        var faults = new List<string>();
        var said = FindingReader.Step(step, body.Json, body.Photos, clock.GetUtcNow(), faults);
        if (said is null || await UnknownAsync(said.Photos, body.Photos, context, faults))
        {
            return Problems.Invalid(faults);
        }

        var by = Author.Of(context);
        var change = new FindingFollowed(id, step, said, Version(context), Register, by.Name, bench) { By = by };
        await ledger.CommitAsync(change, cancellation);
        return Answer(change, step, context);
    }

    IResult Answer(FindingFollowed change, FindingStep step, HttpContext context) => change.Outcome switch
    {
        FindingOutcome.NotFound => Problems.NotFound("such finding"),
        FindingOutcome.BeforeFinding => Problems.Invalid(["at: lies before the finding was made"]),
        FindingOutcome.VersionDiffers => Refuse(change, "version-differs", "Somebody changed it after you read it. Both versions follow; decide and send again with the stored version's ETag."),
        FindingOutcome.Contradicts => Refuse(change, "exists", $"It was {step.To.ToString().ToLowerInvariant()} before, with other words or evidence. Both follow."),
        FindingOutcome.WrongState => Refuse(change, "state", $"A finding that is {FindingRegister.StateOf(change.Stored!).ToString().ToLowerInvariant()} does not take the step '{step.Name}' now."),
        _ => Feature(change.Stored!, context),
    };

    ProblemHttpResult Refuse(FindingFollowed change, string type, string detail) =>
        Problems.Conflict(type, detail, Json(change.Stored), Json(change.Stored!.Id, change.Wanted!));

    FeatureResult Feature(Subject finding, HttpContext context)
    {
        context.Response.Headers.ETag = RegisterDesk.ETagOf(finding);
        return new FeatureResult(json => SubjectFeature.Write(json, finding, Register));
    }

    static List<string> Faults(Action<List<string>> read)
    {
        var faults = new List<string>();
        read(faults);
        return faults;
    }

    /// <summary>
    /// To name a photo shows it to whoever sees the finding. So what did not come with this call must be one that its author sees already; what he does not
    /// see is told like what is not there.
    /// </summary>
    async Task<bool> UnknownAsync(IReadOnlyList<string> hashes, IReadOnlyList<string> sent, HttpContext context, List<string> faults)
    {
        foreach (var hash in hashes)
        {
            if (!photos.Holds(hash) || !(sent.Contains(hash, StringComparer.Ordinal) || await PhotoSight.SeesAsync(db, context.User.Scope(), hash, context.RequestAborted)))
            {
                faults.Add($"photos: there is no photo {hash}");
            }
        }

        return faults.Count > 0;
    }

    static int? Version(HttpContext context) =>
        int.TryParse(context.Request.Headers.IfMatch.ToString().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    JsonElement? Json(Subject? finding) => finding is null ? null : JsonSerializer.Deserialize<JsonElement>(SubjectFeature.ToText(finding, Register));

    /// <summary>What was sent, in the same form as what is stored.</summary>
    JsonElement? Json(Guid id, SubjectDraft draft) => Json(Subject.Create(id, draft, new(null, draft.Shape as NetTopologySuite.Geometries.Point), clock.GetUtcNow()));
}
