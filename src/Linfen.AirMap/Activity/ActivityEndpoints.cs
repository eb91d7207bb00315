using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Linfen.AirMap.Activity;

/// <summary>How much happened when: the bars of the wall's time line.</summary>
static class ActivityEndpoints
{
    static string Sql(Scope scope) =>
        $"""
        SELECT floor(extract(epoch FROM t - $1) / $3)::int AS bin, kind, count(*)::int FROM (
            SELECT first_seen_at AS t, 0 AS kind FROM fires WHERE first_seen_at >= $1 AND first_seen_at < $2{scope.And("county", "$4")}
            UNION ALL SELECT known_at, 1 FROM violations WHERE known_at >= $1 AND known_at < $2{scope.And("county", "$4")}
            UNION ALL SELECT closed_known_at, 2 FROM violations WHERE closed_at IS NOT NULL AND closed_known_at >= $1 AND closed_known_at < $2{scope.And("county", "$4")}) x
        GROUP BY 1, 2
        """;

    public static void MapActivity(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/activity", Read).WithTags("Activity").Needs(Permission.View).WithSummary("Fires seen, violations opened and closed per interval of the last hours");

    public sealed record ActivityAnswer(DateTimeOffset From, DateTimeOffset To, int BinSeconds, IReadOnlyList<ActivityBin> Bins);

    public sealed record ActivityBin(DateTimeOffset At, int Fires, int Opened, int Closed);

    static async Task<IResult> Read(ClaimsPrincipal user, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation, [FromQuery] int hours = 24, [FromQuery] int bins = 96)
    {
        if (hours is < 1 or > 24 * 31 || bins is < 1 or > 744 || hours * 3600 % bins != 0)
        {
            return Problems.Of(400, "query-invalid", "hours is 1 to 744; bins is at most 744 and divides the seconds of the hours evenly.");
        }

        var width = hours * 3600 / bins;
        // The last bin is the one that is still filling; bins begin on multiples of their width, so that bars do not creep.
        var end = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow().ToUnixTimeSeconds() / width + 1) * width);
        var start = end.AddSeconds(-(double)width * bins);
        var counts = new int[bins, 3];
        await using var command = database.CreateCommand(Sql(user.Scope()));
        command.Parameters.Add(Data.Column.Time(start));
        command.Parameters.Add(Data.Column.Time(end));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = width });
        user.Scope().AddTo(command.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            counts[reader.GetInt32(0), reader.GetInt32(1)] = reader.GetInt32(2);
        }

        return TypedResults.Ok(new ActivityAnswer(
            start.ToOffset(Beijing.Offset),
            end.ToOffset(Beijing.Offset),
            width,
            [.. Enumerable.Range(0, bins).Select(b => new ActivityBin(start.AddSeconds((double)width * b).ToOffset(Beijing.Offset), counts[b, 0], counts[b, 1], counts[b, 2]))]));
    }
}
