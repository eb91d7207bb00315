using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Fires;

static class FireEndpoints
{
    const int LongestReason = 500;

    const int MostParted = 1_000;

    static readonly ListColumns<Fire> Columns = new(f => f.County, f => f.Position, f => f.FirstSeenAt, f => f.Id, f => f.Simulated);

    public static void MapFires(this IEndpointRouteBuilder app)
    {
        var fires = app.MapGroup("/api/fires").WithTags("Fires");
        fires.MapGet("", List).Needs(Permission.View).WithSummary("Fires, newest first; status is one or several of suspected, confirmed, lapsed, out, refuted, history, merged, burning (those that went on in another only when asked for); attributed true or false asks for those that a heat source explains, or the others; asKnownAt answers what was known at a moment");
        fires.MapGet("/{id:guid}", One).Needs(Permission.View).WithSummary("One fire");
        fires.MapGet("/{id:guid}/detections", Detections).Needs(Permission.View).WithSummary("The detections that a fire rests on, newest first, each with its likelihood to belong to it");
        fires.MapGet("/{id:guid}/course", Course).Needs(Permission.View).Produces<FireCourse.Course>().ProducesProblem(404).WithSummary("How a fire went: its power and extent each time it was seen");
        fires.MapGet("/{id:guid}/history", History).Needs(Permission.View).Produces<FireHistory.History>().ProducesProblem(404).WithSummary("What happened to a fire besides being seen: merges, splits, confirmation, lapse, verdicts; as far as the log is kept");
        fires.MapPost("/{id:guid}/verdict", Verdict).Needs(Permission.Verify).WithSummary("Says what a fire is: confirmed, out, or refuted with a reason; correct takes back a verdict that closed it");
        fires.MapPost("/{id:guid}/split", Split).Needs(Permission.Verify).WithSummary("Some detections of a fire are another fire, and stay it; answers the new fire");
        fires.MapPost("/{id:guid}/merge", Merge).Needs(Permission.Verify).WithSummary("Two fires are one; answers the one that goes on");
    }

    static async Task<IResult> List(
        [AsParameters] ListQuery query, [FromQuery] string? status, [FromQuery] bool? attributed, [FromQuery] string? asKnownAt, HttpRequest request, ClaimsPrincipal user, AirMapDb db, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        var (page, fault) = query.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        if (!TryStatuses(status, out var statuses))
        {
            return Problems.Of(400, "query-invalid", "status is one or several, with commas, of suspected, confirmed, lapsed, out, refuted, history and burning.");
        }

        if (!ListQuery.TryTime(asKnownAt, out var moment))
        {
            return Problems.Of(400, "query-invalid", "asKnownAt is an RFC 3339 time with an offset.");
        }

        if (moment is { } then)
        {
            return await FireReplay.PageAsync(then, Columns, page, statuses, attributed, options.Value, request, db, cancellation) is { } replayed
                ? replayed
                : Problems.Of(410, "history-forgotten", "The log does not reach back so far any more.");
        }

        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var found = Columns.Filter(db.Fires.AsNoTracking(), page);
        found = statuses is null ? found.Where(f => f.Status != FireStatus.Merged) : found.Where(f => statuses.Contains(f.Status));
        found = attributed is null ? found : found.Where(f => f.AttributedTo != null == attributed);
        var (shown, next) = await Columns.PageAsync(found, page, request, cancellation);
        return new FeatureCollectionResult(shown.ConvertAll<Action<System.Text.Json.Utf8JsonWriter>>(f => json => FireFeature.Write(json, f, options.Value)), next, asOf);
    }

    static bool TryStatuses(string? text, out FireStatus[]? statuses)
    {
        statuses = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var wanted = new List<FireStatus>();
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "burning")
            {
                wanted.AddRange([FireStatus.Suspected, FireStatus.Confirmed]);
            }
            else if (!Told.TryName<FireStatus>(name, out var status))
            {
                return false;
            }
            else
            {
                wanted.Add(status);
            }
        }

        statuses = [.. wanted];
        return true;
    }

    static async Task<IResult> One(Guid id, ClaimsPrincipal user, AirMapDb db, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        var own = user.Scope().Codes;
        var fire = await db.Fires.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && (own == null || own.Contains(f.County)), cancellation);
        return fire is null ? Problems.NotFound("such fire") : new FeatureResult(json => FireFeature.Write(json, fire, options.Value));
    }

    static async Task<IResult> Detections(Guid id, ClaimsPrincipal user, AirMapDb db, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        var rows = await DetectionsOfAsync(id, user, db, cancellation);
        var likelihoods = FireCourse.Likelihoods(rows, options.Value);
        var asOf = await LogPosition.ReadAsync(db, cancellation);
        return new FeatureCollectionResult([.. rows.Select<Detection, Action<System.Text.Json.Utf8JsonWriter>>((d, i) => json => DetectionFeature.Write(json, d, likelihoods[i]))], null, asOf);
    }

    static async Task<IResult> Course(Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation) =>
        await DetectionsOfAsync(id, user, db, cancellation) is { Count: > 0 } rows ? TypedResults.Ok(FireCourse.Of(rows)) : Problems.NotFound("such fire, or it went on in another");

    static async Task<IResult> History(Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var own = user.Scope().Codes;
        return await db.Fires.AnyAsync(f => f.Id == id && (own == null || own.Contains(f.County)), cancellation)
            ? TypedResults.Ok(await FireHistory.ReadAsync(db, id, cancellation))
            : Problems.NotFound("such fire");
    }

    static Task<List<Detection>> DetectionsOfAsync(Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var own = user.Scope().Codes;
        return db.Detections.AsNoTracking().Where(d => d.FireId == id && (own == null || own.Contains(d.County)))
            .OrderByDescending(d => d.OccurredAt).ThenByDescending(d => d.Id).Take(ListQuery.MostPerPage)
            .ToListAsync(cancellation);
    }

    /// <param name="Verdict">confirmed, out or refuted.</param>
    /// <param name="Reason">Required when refuted.</param>
    /// <param name="At">When it was so in the world; now when absent. What was seen later than a fire was out or refuted is another fire.</param>
    /// <param name="Correct">The fire is closed, and was so by mistake: this verdict takes the place of that one. With a reason.</param>
    public sealed record VerdictRequest(string? Verdict, string? Reason, string? At, bool? Correct);

    static async Task<IResult> Verdict(
        Guid id, VerdictRequest request, HttpContext context, Ledger ledger, FireIndex index, AtlasKeeper atlas, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        if (!Told.TryName<FireVerdict>(request.Verdict, out var verdict))
        {
            return Problems.Of(400, "verdict-invalid", "verdict is confirmed, out or refuted.");
        }

        if (verdict == FireVerdict.Refuted && string.IsNullOrWhiteSpace(request.Reason))
        {
            return Problems.Of(400, "reason-missing", "A fire is refuted with a reason: industrial, solar, permitted, not-found or in words.");
        }

        if (request.Correct == true && string.IsNullOrWhiteSpace(request.Reason))
        {
            return Problems.Of(400, "reason-missing", "A verdict is corrected with a reason.");
        }

        if (CheckReason(request.Reason) is { } fault)
        {
            return fault;
        }

        DateTimeOffset? at = null;
        if (!string.IsNullOrEmpty(request.At))
        {
            if (!Told.TryMoment(request.At, out var moment))
            {
                return Problems.Of(400, "time-invalid", "at is an RFC 3339 time with an offset, such as 2026-11-23T14:05:00+08:00.");
            }

            at = moment.ToUniversalTime();
        }

        var change = new VerdictChange(new(id, verdict, request.Reason, at, request.Correct == true), index, atlas.Rulebase, options.Value) { By = Author.Of(context) };
        await ledger.CommitAsync(change, cancellation);
        return change switch
        {
            { Fire: null } => Problems.NotFound("such fire"),
            { ImpossibleTime: { } why } => Problems.Of(400, "time-impossible", $"at lies {why}."),
            { Outcome: VerdictOutcome.Refused, Fire: var fire } => Problems.Of(409, "fire-closed",
                fire.Status == FireStatus.History ? "History takes no verdict."
                : fire.Status == FireStatus.Merged ? "The fire went on in another one; see its mergedInto."
                : $"The fire is closed as {fire.Verdict.ToString()!.ToLowerInvariant()} since {Feature.Time(fire.VerdictAt!.Value)}; correct says that this was a mistake."),
            { Fire: var fire } => new FeatureResult(json => FireFeature.Write(json, fire, options.Value)),
        };
    }

    /// <param name="Detections">Ids of the detections that are another fire.</param>
    /// <param name="Reason">In words.</param>
    public sealed record SplitRequest(Guid[]? Detections, string? Reason);

    /// <param name="With">Id of the other fire.</param>
    /// <param name="Reason">In words.</param>
    public sealed record MergeRequest(Guid? With, string? Reason);

    static async Task<IResult> Split(
        Guid id, SplitRequest request, HttpContext context, Ledger ledger, FireIndex index, AtlasKeeper atlas, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        if (request.Detections is not { Length: > 0 and <= MostParted } parted)
        {
            return Problems.Of(400, "detections-missing", $"detections names the 1 to {MostParted} detections that are another fire.");
        }

        return (IResult?)CheckReason(request.Reason) ?? await SpeakAsync(new SplitChange(id, parted.ToHashSet(), request.Reason, index, atlas.Rulebase, options.Value) { By = Author.Of(context) }, ledger, options.Value, cancellation);
    }

    static async Task<IResult> Merge(
        Guid id, MergeRequest request, HttpContext context, Ledger ledger, FireIndex index, AtlasKeeper atlas, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        if (request.With is not { } with)
        {
            return Problems.Of(400, "with-missing", "with is the id of the other fire.");
        }

        return (IResult?)CheckReason(request.Reason) ?? await SpeakAsync(new MergeChange(id, with, request.Reason, index, atlas.Rulebase, options.Value) { By = Author.Of(context) }, ledger, options.Value, cancellation);
    }

    static async Task<IResult> SpeakAsync(FireTieChange change, Ledger ledger, FireOptions options, CancellationToken cancellation)
    {
        await ledger.CommitAsync(change, cancellation);
        return change.Refusal switch
        {
            TieRefusal.None => new FeatureResult(json => FireFeature.Write(json, change.Fire!, options)),
            TieRefusal.NoSuchFire => Problems.NotFound("such fire"),
            TieRefusal.Merged => Problems.Of(409, "fire-merged", "The fire went on in another one; see its mergedInto."),
            TieRefusal.NotItsDetections => Problems.Of(409, "detections-elsewhere", "Some of these detections do not belong to this fire (any more)."),
            TieRefusal.NothingLeft => Problems.Of(400, "nothing-left", "A fire keeps at least one detection when others are split off."),
            TieRefusal.Closed => Problems.Of(409, "fire-closed", "A fire with a verdict stays as it was judged."),
            TieRefusal.TooLong => Problems.Of(400, "too-far-apart", "More than a week lies between them: that is not one fire."),
            TieRefusal.Mixed => Problems.Of(400, "simulated-mixed", "What is simulated never joins what is real."),
            _ => Problems.Of(400, "same-fire", "A fire is not merged with itself."),
        };
    }

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult? CheckReason(string? reason) =>
        reason?.Length > LongestReason ? Problems.Of(400, "reason-too-long", $"A reason may have at most {LongestReason} characters.")
        : reason?.Contains('\0', StringComparison.Ordinal) == true ? Problems.Of(400, "reason-invalid", "A reason is readable text.")
        : null;
}
