using System.Globalization;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Tables;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Audit;

/// <summary>What the auditor asks.</summary>
public sealed record AuditQuery
{
    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    [FromQuery(Name = "action")]
    public string? Action { get; init; }

    /// <summary>Kind or id of what it was done to.</summary>
    [FromQuery(Name = "target")]
    public string? Target { get; init; }

    [FromQuery(Name = "county")]
    public string? County { get; init; }

    [FromQuery(Name = "outcome")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    /// <summary>Anywhere in actor, action, target, address.</summary>
    [FromQuery(Name = "q")]
    public string? Text { get; init; }
}

static class AuditEndpoints
{
    const int MostPerPage = 1_000;

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup("/api/audit").WithTags("Audit").Needs(Permission.ReadAudit);
        audit.MapGet("", ListAsync).ProducesProblem(400).WithSummary("Who did what, when, from where; newest first");
        audit.MapGet("/export", ExportAsync).ProducesProblem(400).WithSummary("The same as csv or xlsx; the export is itself audited");
    }

    public sealed record AuditList(IReadOnlyList<AuditItem> Entries, string? Next);

    public sealed record AuditItem(
        long Id, DateTimeOffset At, string ActorKind, Guid? ActorId, string Actor, string Action, string TargetKind, string? TargetId, string? County, JsonElement? Before,
        JsonElement? After, string? Address, string Outcome, string? TraceId);

    static async Task<IResult> ListAsync(
        [AsParameters] AuditQuery query, HttpContext context, AirMapDb db, CancellationToken cancellation, [FromQuery] int limit = 100, [FromQuery] long? cursor = null)
    {
        if (limit is < 1 or > MostPerPage || Filter(db, query, context.User.Scope()) is not { } found)
        {
            return Problems.Of(400, "query-invalid", $"limit is 1 to {MostPerPage}; from and to are RFC 3339 times with an offset.");
        }

        found = cursor is null ? found : found.Where(a => a.Id < cursor);
        var rows = await found.OrderByDescending(a => a.Id).Take(limit + 1).ToListAsync(cancellation);
        var shown = rows.Take(limit).Select(Item).ToList();
        var others = context.Request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return TypedResults.Ok(new AuditList(shown, rows.Count <= limit ? null
            : context.Request.Path + QueryString.Create(others).Add("cursor", shown[^1].Id.ToString(CultureInfo.InvariantCulture))));
    }

    static IQueryable<AuditRow>? Filter(AirMapDb db, AuditQuery query, Scope scope)
    {
        if (!ListQuery.TryTime(query.From, out var from) || !ListQuery.TryTime(query.To, out var to))
        {
            return null;
        }

        var found = db.Audit.AsNoTracking();
        found = scope.Codes is { } own ? found.Where(a => own.Contains(a.County)) : found;
        found = string.IsNullOrEmpty(query.Actor) ? found : found.Where(a => a.Actor == query.Actor);
        found = string.IsNullOrEmpty(query.Action) ? found : found.Where(a => a.Action.StartsWith(query.Action));
        found = string.IsNullOrEmpty(query.Target) ? found : found.Where(a => a.TargetKind == query.Target || a.TargetId == query.Target);
        found = string.IsNullOrEmpty(query.County) ? found : found.Where(a => a.County == query.County);
        found = string.IsNullOrEmpty(query.Outcome) ? found : found.Where(a => a.Outcome == query.Outcome);
        found = from is null ? found : found.Where(a => a.At >= from);
        found = to is null ? found : found.Where(a => a.At < to);
        if (string.IsNullOrWhiteSpace(query.Text))
        {
            return found;
        }

        var text = query.Text.Trim();
        return found.Where(a => a.Actor.Contains(text) || a.Action.Contains(text) || a.TargetId!.Contains(text) || a.Address!.Contains(text));
    }

    static AuditItem Item(AuditRow a) => new(
        a.Id, a.At.ToOffset(Plan.Beijing.Offset), a.ActorKind, a.ActorId, a.Actor, a.Action, a.TargetKind, a.TargetId, a.County, Json(a.Before), Json(a.After), a.Address, a.Outcome,
        a.TraceId);

    static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);

    static readonly TableColumn[] Columns =
    [
        .. new[] { "id", "at", "actorKind", "actor", "action", "targetKind", "targetId", "county", "outcome", "address", "traceId", "before", "after" }.Select(n => new TableColumn(n, TableType.Text)),
    ];

    static async Task<IResult> ExportAsync(
        [AsParameters] AuditQuery query, [FromQuery] string? format, HttpContext context, AirMapDb db, IDbContextFactory<AirMapDb> database, AuditTrail trail, CancellationToken cancellation)
    {
        if (format is not (null or "" or "csv" or "xlsx") || Filter(db, query, context.User.Scope()) is null)
        {
            return Problems.Of(400, "query-invalid", "format is csv or xlsx; from and to are RFC 3339 times with an offset.");
        }

        await trail.WriteAsync(AuditEntry.Done("audit.exported", "audit", null, after: AccountJson.Of(query)), Author.Of(context), cancellation);
        var scope = context.User.Scope();
        return format == "xlsx"
            ? TypedResults.Stream(target => WriteAsync(target, TableFormat.Xlsx), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "audit.xlsx")
            : TypedResults.Stream(target => WriteAsync(target, TableFormat.Csv), "text/csv; charset=utf-8", "audit.csv");

        async Task WriteAsync(Stream target, TableFormat chosen)
        {
            await using var own = await database.CreateDbContextAsync(cancellation);
            var rows = Filter(own, query, scope)!.OrderBy(a => a.Id).AsAsyncEnumerable();
            await TableWriter.WriteAsync(target, chosen, Columns, rows.Select(Row), cancellation);
        }
    }

    static TableRow Row(AuditRow a)
    {
        (string, string?)[] cells =
        [
            ("id", a.Id.ToString(CultureInfo.InvariantCulture)), ("at", Events.Feature.Time(a.At)), ("actorKind", a.ActorKind), ("actor", a.Actor), ("action", a.Action),
            ("targetKind", a.TargetKind), ("targetId", a.TargetId), ("county", a.County), ("outcome", a.Outcome), ("address", a.Address), ("traceId", a.TraceId),
            ("before", a.Before), ("after", a.After),
        ];
        return new(a.Id, cells.Where(c => c.Item2 is not null).ToDictionary(c => c.Item1, c => c.Item2!, StringComparer.Ordinal), null);
    }
}
