using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Linfen.AirMap.Violations;

/// <summary>How many violations were opened and closed day by day, of the city or of one county.</summary>
static class ViolationTrend
{
    public static void MapViolationTrend(this RouteGroupBuilder violations) =>
        violations.MapGet("/trend", Trend).Produces<TrendAnswer>().ProducesProblem(400).WithSummary("Opened and closed per rule and Beijing day, the last one today; county= for one county");

    public sealed record TrendAnswer(IReadOnlyList<DateOnly> Days, IReadOnlyDictionary<string, RuleTrend> Rules);

    public sealed record RuleTrend(int[] Opened, int[] Closed);

    static async Task<IResult> Trend(
        ClaimsPrincipal user, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation, [FromQuery] int days = 7, [FromQuery] string? county = null)
    {
        if (days is < 1 or > 366)
        {
            return Problems.Of(400, "query-invalid", "days is 1 to 366.");
        }

        var (page, fault) = new ListQuery { County = county }.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        var today = Beijing.DayOf(clock.GetUtcNow());
        var first = today.AddDays(1 - days);
        var since = Beijing.StartOf(first).ToUniversalTime();
        var scope = page.County is null ? page.Scope : page.Scope.Holds(page.County) ? Scope.Of([page.County]) : Scope.Nowhere;
        var opened = await CountByDay(database, "known_at", since, scope, cancellation);
        var closed = await CountByDay(database, "closed_known_at", since, scope, cancellation);
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
