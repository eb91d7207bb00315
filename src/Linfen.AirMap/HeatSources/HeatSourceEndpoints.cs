using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.HeatSources;

/// <summary>What heat sources have beside the interface of every register: learning, approval, dismissal.</summary>
static class HeatSourceEndpoints
{
    const int LongestReason = 500;

    const int LongestName = 60;

    public static void MapHeatSources(this IEndpointRouteBuilder app)
    {
        var sources = app.MapGroup("/api/heat-sources").WithTags("Heat sources");
        sources.MapPost("/learn", Learn).Needs(Permission.EditRegisters).Produces<Learned>()
            .WithSummary("Learns candidates from the stored detections of satellites")
            .WithDescription("Of the caller's counties, simulated ones left out. Candidates are added or told anew; approved and dismissed sources stay as they are. The same again changes nothing.");
        sources.MapPost("/{id:guid}/approve", (Guid id, StepRequest step, HttpContext context, Ledger ledger, Bench bench, CancellationToken cancellation) =>
                StepAsync(id, HeatSourceRegister.Approved, step, context, ledger, bench, cancellation))
            .Needs(Permission.ApproveHeatSources).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Approves a heat source under the caller's name: what it explains is attributed, open fires included").WithDescription("`reason` is free text; `officer` names who decided where a machine passes it on. Without a highest usual power it is taken as three times the usual one, or 100 MW. If-Match is honoured.");
        sources.MapPost("/{id:guid}/dismiss", (Guid id, StepRequest step, HttpContext context, Ledger ledger, Bench bench, CancellationToken cancellation) =>
                StepAsync(id, HeatSourceRegister.Dismissed, step, context, ledger, bench, cancellation))
            .Needs(Permission.ApproveHeatSources).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("Dismisses a candidate, or withdraws an approval: what it explained burns again").WithDescription("`reason` is required; If-Match is honoured.");
    }

    /// <param name="Sightings">Detections that were looked at.</param>
    /// <param name="Candidates">Sources that they show.</param>
    /// <param name="Decided">Of these, at the place of one that was approved or dismissed.</param>
    public sealed record Learned(long Sightings, int Cells, int Candidates, int Created, int Changed, int Unchanged, int Decided);

    static async Task<IResult> Learn(
        HttpContext context, ClaimsPrincipal user, NpgsqlDataSource database, Ledger ledger, Bench bench, AuditTrail audit, IOptions<LearnerOptions> options, CancellationToken cancellation)
    {
        var learner = new HeatLearner(options.Value);
        await foreach (var seen in StoredSightings.ReadAsync(database, user.Scope(), cancellation))
        {
            learner.Add(seen);
        }

        var candidates = learner.Candidates();
        var change = new HeatSourceLearning(candidates, RegisterOf(bench), bench) { By = Author.Of(context) };
        await ledger.CommitAsync(change, cancellation);
        var learned = new Learned(
            learner.Sightings, learner.Cells, candidates.Count, change.Count(WriteOutcome.Created), change.Count(WriteOutcome.Changed), change.Count(WriteOutcome.Unchanged), change.Decided);
        // Who looked is told even where nothing came of it; what was written has its line in the commit.
        await audit.WriteAsync(AuditEntry.Done("heatSource.learned", HeatSourceRegister.KindName, null, null, after: JsonSerializer.Serialize(learned, JsonSerializerOptions.Web)), Author.Of(context), cancellation);
        return TypedResults.Ok(learned);
    }

    /// <param name="Reason">Why; required to dismiss.</param>
    /// <param name="Officer">Who decided, where a machine passes it on; of people their account tells.</param>
    public sealed record StepRequest(string? Reason, string? Officer);

    static async Task<IResult> StepAsync(Guid id, string status, StepRequest request, HttpContext context, Ledger ledger, Bench bench, CancellationToken cancellation)
    {
        var reason = string.IsNullOrWhiteSpace(request.Reason) ? null : request.Reason.Trim();
        if (reason is null && status == HeatSourceRegister.Dismissed)
        {
            return Problems.Of(400, "reason-missing", "A heat source is dismissed with a reason.");
        }

        if (reason?.Length > LongestReason || reason?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return Problems.Of(400, "reason-invalid", $"A reason is readable text of at most {LongestReason} characters.");
        }

        if (request.Officer?.Length > LongestName || request.Officer?.Any(char.IsControl) == true)
        {
            return Problems.Of(400, "officer-invalid", $"An officer has a name of at most {LongestName} characters.");
        }

        var register = RegisterOf(bench);
        var by = Author.Of(context);
        var officer = by.Kind == CallerKind.Key && !string.IsNullOrWhiteSpace(request.Officer) ? $"{request.Officer.Trim()} ({by.Name})" : by.Name;
        var change = new HeatSourceStep(id, status, officer, reason, Version(context), register, bench) { By = by };
        await ledger.CommitAsync(change, cancellation);
        switch (change.Outcome)
        {
            case HeatSourceOutcome.NotFound:
                return Problems.NotFound("such heat source");
            case HeatSourceOutcome.VersionDiffers:
                return Problems.Of(409, "version-differs", "Somebody changed it after you read it: look at it again before you decide.");
            default:
                context.Response.Headers.ETag = RegisterDesk.ETagOf(change.Stored!);
                return new FeatureResult(json => SubjectFeature.Write(json, change.Stored!, register));
        }
    }

    static HeatSourceRegister RegisterOf(Bench bench) => (HeatSourceRegister)bench.Book.Find(HeatSourceRegister.KindName)!;

    static int? Version(HttpContext context) =>
        int.TryParse(context.Request.Headers.IfMatch.ToString().Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
