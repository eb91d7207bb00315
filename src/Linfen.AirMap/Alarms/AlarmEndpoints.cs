using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Alarms;

/// <summary>Alarms of the screens: what calls for attention, and who has seen to it.</summary>
static class AlarmEndpoints
{
    static readonly ListColumns<AlarmOf> Columns = new(a => a.Alarm.County, a => a.Violation.Position, a => a.Alarm.RaisedAt, a => a.Alarm.Id, a => a.Alarm.Simulated);

    public static void MapAlarms(this IEndpointRouteBuilder app)
    {
        var alarms = app.MapGroup("/api/alarms").WithTags("Alarms");
        alarms.MapGet("", ListAsync).Needs(Permission.View).ProducesProblem(400)
            .WithSummary("Alarms, newest first; open=true asks for those that nobody acknowledged and whose violation is open, open=false for the others");
        alarms.MapGet("/{id:guid}", OneAsync).Needs(Permission.View).ProducesProblem(404).WithSummary("One alarm");
        alarms.MapPost("/{id:guid}/acknowledge", AcknowledgeAsync).Needs(Permission.AcknowledgeAlarms).ProducesProblem(404)
            .WithSummary("Says that somebody has seen it: quiet on every screen; the first one counts, and the answer tells who that was");
        app.MapAlarmRules();
    }

    public static void AddAlarms(this IServiceCollection services)
    {
        services.AddOptions<AlarmOptions>().BindConfiguration("Airmap:Alarms").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AlarmRuleBook>();
        services.AddSingleton<ILedgerFollower, AlarmWatch>();
    }

    static async Task<IResult> ListAsync(
        [AsParameters] ListQuery query, [FromQuery] bool? open, HttpRequest request, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var (page, fault) = query.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var found = Columns.Filter(AlarmOf.All(db).AsNoTracking(), page);
        found = open switch
        {
            true => found.Where(a => a.Alarm.AcknowledgedAt == null && a.Alarm.EndedAt == null),
            false => found.Where(a => a.Alarm.AcknowledgedAt != null || a.Alarm.EndedAt != null),
            null => found,
        };
        var (shown, next) = await Columns.PageAsync(found, page, request, cancellation);
        return new FeatureCollectionResult(shown.ConvertAll<Action<Utf8JsonWriter>>(a => a.Write), next, asOf);
    }

    static async Task<IResult> OneAsync(Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var own = user.Scope().Codes;
        var alarm = await AlarmOf.All(db).AsNoTracking().SingleOrDefaultAsync(a => a.Alarm.Id == id && (own == null || own.Contains(a.Alarm.County)), cancellation);
        return alarm is null ? Problems.NotFound("such alarm") : new FeatureResult(alarm.Write);
    }

    static async Task<IResult> AcknowledgeAsync(Guid id, HttpContext context, Ledger ledger, CancellationToken cancellation)
    {
        var caller = context.User.Caller();
        var change = new Acknowledgement(id, caller is { DisplayName: { Length: > 0 } name } ? name : caller?.Name ?? "") { By = Author.Of(context) };
        await ledger.CommitAsync(change, cancellation);
        return change.Told is { } told ? new FeatureResult(told.Write) : Problems.NotFound("such alarm");
    }
}
