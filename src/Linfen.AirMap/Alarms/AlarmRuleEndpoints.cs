using System.Globalization;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Alarms;

/// <summary>A rule as it is told.</summary>
sealed record AlarmRuleItem(
    Guid Id, string Name, IReadOnlyList<string> Severities, int[]? Articles, string[]? Counties, bool Sounds, bool Enabled, int Version, DateTimeOffset ChangedAt, string ChangedBy)
{
    public static AlarmRuleItem Of(AlarmRule r) => new(
        r.Id, r.Name, [.. r.Severities.Select(s => Permissions.NameOf((Severity)s))], r.Articles, r.Counties, r.Sounds, r.Enabled, r.Version, r.ChangedAt.ToOffset(Beijing.Offset), r.ChangedBy);
}

/// <summary>What raises alarms, kept by the administrator.</summary>
static class AlarmRuleEndpoints
{
    public static void MapAlarmRules(this IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/api/alarm-rules").WithTags("Alarms");
        rules.MapGet("", ListAsync).Needs(Permission.View).WithSummary("Which violations raise an alarm, and whether it sounds");
        rules.MapGet("/{id:guid}", OneAsync).Needs(Permission.View).Produces<AlarmRuleItem>().ProducesProblem(404).WithSummary("One rule; its ETag is needed to change it");
        rules.MapPost("", PostAsync).Needs(Permission.SetAlarmRules).Accepts<AlarmRuleBody>("application/json").Produces<AlarmRuleItem>(201).ProducesProblem(400).ProducesProblem(409)
            .WithSummary("Adds a rule {name, severities, articles?, counties?, sounds?, enabled?}; it concerns what happens from now on");
        rules.MapPut("/{id:guid}", PutAsync).Needs(Permission.SetAlarmRules).Accepts<AlarmRuleBody>("application/json").Produces<AlarmRuleItem>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428).WithSummary("Replaces a rule");
        rules.MapDelete("/{id:guid}", DeleteAsync).Needs(Permission.SetAlarmRules).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428).WithSummary("Deletes a rule; alarms that it raised stay");
    }

    internal sealed record AlarmRuleList(IReadOnlyList<AlarmRuleItem> Rules);

    static async Task<AlarmRuleList> ListAsync(AirMapDb db, CancellationToken cancellation) =>
        new([.. (await db.AlarmRules.AsNoTracking().OrderBy(r => r.Id).ToListAsync(cancellation)).Select(AlarmRuleItem.Of)]);

    static async Task<IResult> OneAsync(Guid id, HttpContext context, AirMapDb db, CancellationToken cancellation) =>
        await db.AlarmRules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellation) is { } rule ? Answer(context, rule, StatusCodes.Status200OK) : NoSuch();

    static async Task<IResult> PostAsync(AlarmRuleBody body, HttpContext context, Ledger ledger, AirMapDb db, CancellationToken cancellation)
    {
        var (content, faults) = await AlarmRuleReader.ReadAsync(body, db, cancellation);
        return content is null ? Problems.Invalid(faults) : await DoAsync(new(null, content, null) { By = Author.Of(context) }, body, context, ledger, cancellation);
    }

    static async Task<IResult> PutAsync(Guid id, AlarmRuleBody body, HttpContext context, Ledger ledger, AirMapDb db, CancellationToken cancellation)
    {
        if (Seen(context) is not { } seen)
        {
            return PreconditionRequired();
        }

        var (content, faults) = await AlarmRuleReader.ReadAsync(body, db, cancellation);
        return content is null ? Problems.Invalid(faults) : await DoAsync(new(id, content, seen) { By = Author.Of(context) }, body, context, ledger, cancellation);
    }

    static async Task<IResult> DeleteAsync(Guid id, HttpContext context, Ledger ledger, CancellationToken cancellation) =>
        Seen(context) is { } seen ? await DoAsync(new(id, null, seen) { By = Author.Of(context) }, null, context, ledger, cancellation) : PreconditionRequired();

    static async Task<IResult> DoAsync(AlarmRuleChange change, AlarmRuleBody? yours, HttpContext context, Ledger ledger, CancellationToken cancellation)
    {
        await ledger.CommitAsync(change, cancellation);
        switch (change)
        {
            case { Outcome: AlarmRuleOutcome.NotFound }:
                return NoSuch();
            case { Outcome: AlarmRuleOutcome.TooMany }:
                return Problems.Of(409, "too-many", $"There are {AlarmRuleChange.Most} rules; every violation is held against each.");
            case { Outcome: AlarmRuleOutcome.Differs, Rule: { } stored }:
                return Problems.Conflict("version-differs", "Somebody changed it after you read it. Both versions follow; decide and send again with the stored version's ETag.", AlarmRuleItem.Of(stored), yours);
            case { Rule: { } rule }:
                var isNew = rule.Version == 1;
                if (isNew)
                {
                    context.Response.Headers.Location = $"/api/alarm-rules/{rule.Id}";
                }

                return Answer(context, rule, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            default:
                return TypedResults.NoContent();
        }
    }

    static Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<AlarmRuleItem> Answer(HttpContext context, AlarmRule rule, int status)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{rule.Version}\"");
        return TypedResults.Json(AlarmRuleItem.Of(rule), statusCode: status);
    }

    /// <summary>Null where none was sent; 0, which no rule has, where it is none of ours.</summary>
    static int? Seen(HttpContext context) =>
        context.Request.Headers.IfMatch.ToString() is { Length: > 0 } tag ? int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0 : null;

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult NoSuch() => Problems.NotFound("such rule of alarms");

    static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult PreconditionRequired() =>
        Problems.Of(428, "if-match-required", "Send If-Match with the ETag of the rule as you saw it, so that nobody's edit is lost.");
}
