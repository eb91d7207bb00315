using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Violations;

static class ViolationEndpoints
{
    static readonly ListColumns<Violation> Columns = new(v => v.County, v => v.Position, v => v.OpenedAt, v => v.Id, v => v.Simulated);

    internal const string NoRuleName = "rule is a name such as A36.OpenBurning.";

    public static void MapViolations(this IEndpointRouteBuilder app)
    {
        var violations = app.MapGroup("/api/violations").WithTags("Violations").Needs(Permission.View);
        violations.MapGet("", List).WithSummary("Violations, newest first; at= answers for any moment in the world, asKnownAt= what was known at a moment, by the log (410 where it does not reach back so far)");
        violations.MapGet("/{id:guid}", One).WithSummary("One violation");
        violations.MapGet("/trend", Trend).WithSummary("Opened and closed per rule and Beijing day");
        app.MapUndecidables();
    }

    /// <summary>The filters of the list beside the common ones.</summary>
    public sealed record ViolationQuery
    {
        [FromQuery(Name = "rule")]
        public string? Rule { get; init; }

        [FromQuery(Name = "severity")]
        public string? Severity { get; init; }

        [FromQuery(Name = "status")]
        public string? Status { get; init; }

        [FromQuery(Name = "at")]
        public string? At { get; init; }

        /// <summary>What was known at this moment, whatever was learned later. Not together with <see cref="At"/>.</summary>
        [FromQuery(Name = "asKnownAt")]
        public string? AsKnownAt { get; init; }

        /// <summary>Id of what is judged.</summary>
        [FromQuery(Name = "subject")]
        public Guid? Subject { get; init; }
    }

    static async Task<IResult> List(
        [AsParameters] ListQuery query, [AsParameters] ViolationQuery own, HttpRequest request, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var (page, fault) = query.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        if (!IsRuleName(own.Rule))
        {
            return Problems.Of(400, "query-invalid", NoRuleName);
        }

        if (own.Status is not (null or "" or "open" or "closed"))
        {
            return Problems.Of(400, "query-invalid", "status is open or closed.");
        }

        Severity severity = default;
        if (own.Severity is { Length: > 0 } && (!char.IsAsciiLetter(own.Severity[0]) || !Enum.TryParse(own.Severity, ignoreCase: true, out severity)))
        {
            return Problems.Of(400, "query-invalid", "severity is ordinary, serious or critical.");
        }

        if (!ListQuery.TryTime(own.At, out var at))
        {
            return Problems.Of(400, "query-invalid", "at is an RFC 3339 time with an offset.");
        }

        if (!ListQuery.TryTime(own.AsKnownAt, out var moment) || (moment is not null && at is not null))
        {
            return Problems.Of(400, "query-invalid", "asKnownAt is an RFC 3339 time with an offset, and at is absent then.");
        }

        if (moment is { } then)
        {
            return await ViolationReplay.PageAsync(
                then, Columns, page, NullIfEmpty(own.Status), NullIfEmpty(own.Rule), own.Severity is { Length: > 0 } ? severity : null, own.Subject, request, db, cancellation) is { } replayed
                ? replayed
                : Problems.Of(410, "history-forgotten", "The log does not reach back so far any more.");
        }

        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var found = Columns.Filter(db.Violations.AsNoTracking(), page);
        found = own.Rule is { Length: > 0 } rule ? found.Where(v => v.Rule == rule) : found;
        found = own.Severity is { Length: > 0 } ? found.Where(v => v.Severity == severity) : found;
        found = own.Subject is null ? found : found.Where(v => v.SubjectId == own.Subject);
        var (shown, next) = await Columns.PageAsync(At(found, own.Status, at), page, request, cancellation);
        return new FeatureCollectionResult(shown.ConvertAll<Action<System.Text.Json.Utf8JsonWriter>>(v => json => ViolationFeature.Write(json, v, at)), next, asOf);
    }

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Open or closed now, or as it was at a moment in the world.</summary>
    static IQueryable<Violation> At(IQueryable<Violation> violations, string? status, DateTimeOffset? at) => (status, at) switch
    {
        ("open", null) => violations.Where(v => v.ClosedAt == null),
        ("closed", null) => violations.Where(v => v.ClosedAt != null),
        ("closed", { } moment) => violations.Where(v => v.OpenedAt <= moment && v.ClosedAt <= moment),
        (_, { } moment) => violations.Where(v => v.OpenedAt <= moment && (v.ClosedAt == null || v.ClosedAt > moment)),
        _ => violations,
    };

    /// <summary>Letters, digits and points; absent is fine.</summary>
    internal static bool IsRuleName(string? rule) => string.IsNullOrEmpty(rule) || rule.All(c => char.IsAsciiLetterOrDigit(c) || c == '.');

    static async Task<IResult> One(Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var own = user.Scope().Codes;
        var violation = await db.Violations.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && (own == null || own.Contains(v.County)), cancellation);
        return violation is null ? Problems.NotFound("such violation") : new FeatureResult(json => ViolationFeature.Write(json, violation));
    }

    public sealed record TrendAnswer(IReadOnlyList<DateOnly> Days, IReadOnlyDictionary<string, RuleTrend> Rules);

    public sealed record RuleTrend(int[] Opened, int[] Closed);

    static async Task<IResult> Trend(ClaimsPrincipal user, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation, [FromQuery] int days = 7)
    {
        if (days is < 1 or > 366)
        {
            return Problems.Of(400, "query-invalid", "days is 1 to 366.");
        }

        var today = Beijing.DayOf(clock.GetUtcNow());
        var first = today.AddDays(1 - days);
        var since = Beijing.StartOf(first).ToUniversalTime();
        var opened = await CountByDay(database, "known_at", since, user.Scope(), cancellation);
        var closed = await CountByDay(database, "closed_known_at", since, user.Scope(), cancellation);
        int[] Series(Dictionary<(string, DateOnly), int> counts, string rule) => [.. Enumerable.Range(0, days).Select(d => counts.GetValueOrDefault((rule, first.AddDays(d))))];
        var rules = opened.Keys.Concat(closed.Keys).Select(k => k.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return TypedResults.Ok(new TrendAnswer(
            [.. Enumerable.Range(0, days).Select(first.AddDays)],
            rules.ToDictionary(rule => rule, rule => new RuleTrend(Series(opened, rule), Series(closed, rule)), StringComparer.Ordinal)));
    }

    /// <summary>Per rule and Beijing day since a moment; the column is the commit time of opening or closing.</summary>
    static async Task<Dictionary<(string Rule, DateOnly Day), int>> CountByDay(NpgsqlDataSource database, string column, DateTimeOffset since, Scope scope, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT rule, ({column} AT TIME ZONE 'Asia/Shanghai')::date, count(*)::int FROM violations WHERE {column} >= $1{scope.And("county", "$2")} GROUP BY 1, 2");
        command.Parameters.Add(Column.Time(since));
        scope.AddTo(command.Parameters);
        var counts = new Dictionary<(string, DateOnly), int>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            counts[(reader.GetString(0), reader.GetFieldValue<DateOnly>(1))] = reader.GetInt32(2);
        }

        return counts;
    }
}
