using Linfen.AirMap.Atlas;
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

    public static void MapFires(this IEndpointRouteBuilder app)
    {
        var fires = app.MapGroup("/api/fires").WithTags("Fires");
        fires.MapGet("", List).WithSummary("Fires, newest first; status is one or several of suspected, confirmed, lapsed, out, refuted, history, burning");
        fires.MapGet("/{id:guid}", One).WithSummary("One fire");
        fires.MapGet("/{id:guid}/detections", Detections).WithSummary("The detections that a fire rests on");
        fires.MapPost("/{id:guid}/verdict", Verdict).WithSummary("Says what a fire is: confirmed, out, or refuted with a reason");
    }

    static async Task<IResult> List(
        [AsParameters] ListQuery query, [FromQuery] string? status, HttpRequest request, AirMapDb db, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        var (page, fault) = query.Check();
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        if (!TryStatuses(status, out var statuses))
        {
            return Problems.Of(400, "query-invalid", "status is one or several, with commas, of suspected, confirmed, lapsed, out, refuted, history and burning.");
        }

        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var rows = await Filter(db.Fires.AsNoTracking(), page, statuses)
            .OrderByDescending(f => f.FirstSeenAt).ThenByDescending(f => f.Id)
            .Take(page.Limit + 1).ToListAsync(cancellation);
        var shown = rows.Take(page.Limit).ToList();
        var next = rows.Count > page.Limit ? NextLink.After(request, new(shown[^1].FirstSeenAt, shown[^1].Id)) : null;
        return new FeatureCollectionResult(shown.ConvertAll<Action<System.Text.Json.Utf8JsonWriter>>(f => json => FireFeature.Write(json, f, options.Value)), next, asOf);
    }

    static IQueryable<Fire> Filter(IQueryable<Fire> fires, ListQuery.Checked page, FireStatus[]? statuses)
    {
        fires = statuses is null ? fires : fires.Where(f => statuses.Contains(f.Status));
        fires = page.County is null ? fires : fires.Where(f => f.County == page.County);
        fires = page.Box is null ? fires : fires.Where(f => f.Position.Intersects(page.Box));
        fires = page.From is null ? fires : fires.Where(f => f.FirstSeenAt >= page.From);
        fires = page.To is null ? fires : fires.Where(f => f.FirstSeenAt < page.To);
        fires = page.WithoutSimulated ? fires.Where(f => !f.Simulated) : page.OnlySimulated ? fires.Where(f => f.Simulated) : fires;
        return page.After is not { } after
            ? fires
            : fires.Where(f => EF.Functions.LessThan(ValueTuple.Create(f.FirstSeenAt, f.Id), ValueTuple.Create(after.At, after.Id)));
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
            else if (!char.IsAsciiLetter(name[0]) || !Enum.TryParse<FireStatus>(name, ignoreCase: true, out var status))
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

    static async Task<IResult> One(Guid id, AirMapDb db, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        var fire = await db.Fires.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellation);
        return fire is null ? Problems.NotFound("such fire") : new FeatureResult(json => FireFeature.Write(json, fire, options.Value));
    }

    static async Task<IResult> Detections(Guid id, AirMapDb db, CancellationToken cancellation)
    {
        var rows = await db.Detections.AsNoTracking().Where(d => d.FireId == id)
            .OrderByDescending(d => d.OccurredAt).ThenByDescending(d => d.Id).Take(ListQuery.MostPerPage)
            .ToListAsync(cancellation);
        var asOf = await LogPosition.ReadAsync(db, cancellation);
        return new FeatureCollectionResult(rows.ConvertAll<Action<System.Text.Json.Utf8JsonWriter>>(d => json => DetectionFeature.Write(json, d)), null, asOf);
    }

    /// <param name="Verdict">confirmed, out or refuted.</param>
    /// <param name="Reason">Required when refuted.</param>
    /// <param name="At">When it was so in the world; now when absent.</param>
    public sealed record VerdictRequest(string? Verdict, string? Reason, string? At);

    static async Task<IResult> Verdict(
        Guid id, VerdictRequest request, Ledger ledger, FireIndex index, Law law, IOptions<FireOptions> options, CancellationToken cancellation)
    {
        if (request.Verdict is null || !char.IsAsciiLetter(request.Verdict.FirstOrDefault()) || !Enum.TryParse<FireVerdict>(request.Verdict, ignoreCase: true, out var verdict))
        {
            return Problems.Of(400, "verdict-invalid", "verdict is confirmed, out or refuted.");
        }

        if (verdict == FireVerdict.Refuted && string.IsNullOrWhiteSpace(request.Reason))
        {
            return Problems.Of(400, "reason-missing", "A fire is refuted with a reason: industrial, solar, permitted, not-found or in words.");
        }

        if (request.Reason?.Length > LongestReason)
        {
            return Problems.Of(400, "reason-too-long", $"A reason may have at most {LongestReason} characters.");
        }

        if (request.Reason?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return Problems.Of(400, "reason-invalid", "A reason is readable text.");
        }

        if (!ListQuery.TryTime(request.At, out var at))
        {
            return Problems.Of(400, "time-invalid", "at is an RFC 3339 time with an offset.");
        }

        var change = new VerdictChange(id, verdict, request.Reason, at, index, law.Current, options.Value);
        await ledger.CommitAsync(change, cancellation);
        return change switch
        {
            { Fire: null } => Problems.NotFound("such fire"),
            { ImpossibleTime: { } why } => Problems.Of(400, "time-impossible", $"at lies {why}."),
            { Outcome: VerdictOutcome.Refused, Fire: var fire } => Problems.Of(409, "fire-closed",
                fire.Status == FireStatus.History ? "History takes no verdict." : $"The fire is closed as {fire.Verdict.ToString()!.ToLowerInvariant()} since {Feature.Time(fire.VerdictAt!.Value)}."),
            { Fire: var fire } => new FeatureResult(json => FireFeature.Write(json, fire, options.Value)),
        };
    }
}
