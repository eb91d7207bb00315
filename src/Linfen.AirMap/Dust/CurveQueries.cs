using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Parameters;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>A monitor's factor over a time, as the rule sees it.</summary>
static class CurveQueries
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(31) + TimeSpan.FromHours(1);

    /// <summary>Up to here minutes can be told apart.</summary>
    static readonly TimeSpan LongestOfMinutes = TimeSpan.FromHours(36);

    static readonly Dictionary<string, TimeSpan> Steps = new(StringComparer.Ordinal)
    {
        ["minute"] = TimeSpan.FromMinutes(1), ["15min"] = TimeSpan.FromMinutes(15), ["hour"] = TimeSpan.FromHours(1),
    };

    public static async Task<IResult> Of(
        string mn, ClaimsPrincipal user, DeviceBook book, AtlasKeeper atlas, NpgsqlDataSource database, TimeProvider clock, CancellationToken cancellation,
        string factor = "TSP", string? step = null, string? from = null, string? to = null)
    {
        var code = factor switch { "TSP" => FactorCode.Tsp, "PM10" => FactorCode.Pm10, _ => null };
        if (code is null || (step is not null && !Steps.ContainsKey(step)))
        {
            return Problems.Of(400, "query-invalid", $"factor is TSP or PM10, step one of {string.Join(", ", Steps.Keys)}.");
        }

        if (!ListQuery.TryTime(from, out var begin) || !ListQuery.TryTime(to, out var end))
        {
            return Problems.Of(400, "query-invalid", "from and to are RFC 3339 times with an offset.");
        }

        // The end is not in it, and what came this very second is.
        var last = end ?? clock.GetUtcNow().AddSeconds(1);
        var first = begin ?? last.AddDays(-1);
        if (first >= last || last - first > Longest)
        {
            return Problems.Of(400, "query-invalid", $"from lies before to, and at most {Longest.TotalDays:F0} days.");
        }

        if (await book.FindAsync(mn) is not { } device || !user.Scope().Holds(device.County))
        {
            return Problems.NotFound("such monitor");
        }

        var chosen = step ?? (last - first <= LongestOfMinutes ? "minute" : "hour");
        var limits = LimitsOf(atlas.Law, factor, first, last);
        var background = limits.Exists(l => l.AboveBackground) ? await BackgroundAsync(database, device, first, last, cancellation) : [];
        var minutes = await MinutesAsync(database, device, code, first, last, limits.Count > 0 ? limits[^1].Minutes : 60, cancellation);
        return TypedResults.Ok(new DustCurve(
            device.Id, device.Mn, device.Name, device.County, device.Simulated, factor, code, FactorCode.Find(code)!.Unit, chosen, Local(first), Local(last), limits, background,
            CurveShape.Points(minutes, Steps[chosen]), CurveShape.Exceeding(minutes, limits, background)));
    }

    /// <summary>By Beijing days, since the law is; neighbours that are the same are one.</summary>
    static List<CurveLimit> LimitsOf(ParameterSet law, string factor, DateTimeOffset from, DateTimeOffset to)
    {
        var found = new List<CurveLimit>();
        for (var at = from; at < to;)
        {
            var midnight = Beijing.StartOf(Beijing.DayOf(at).AddDays(1));
            var next = midnight < to ? midnight : to;
            if (DustLimit.At(law, at).FirstOrDefault(l => l.Name == factor) is { } limit)
            {
                var piece = new CurveLimit(Local(at), Local(next), limit.Limit, limit.Minutes, limit.Share, limit.AboveBackground);
                if (found is [.., var before] && before.To == piece.From && before with { From = piece.From, To = piece.To } == piece)
                {
                    found[^1] = before with { To = piece.To };
                }
                else
                {
                    found.Add(piece);
                }
            }

            at = next;
        }

        return found;
    }

    /// <summary>As the survey takes it: the mean of the county's stations; a value of up to three hours before still holds at the beginning.</summary>
    static async Task<List<CurveBackground>> BackgroundAsync(NpgsqlDataSource database, Device device, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            """
            SELECT v.at, avg(v.value) FROM subjects s JOIN air_values v ON v.station_id = s.id
            WHERE s.kind = 'station' AND s.county = $1 AND s.simulated = $2 AND v.factor = 2 AND v.interval = 1 AND v.valid AND v.at > $3 AND v.at < $4
            GROUP BY v.at ORDER BY v.at
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = device.County ?? "" });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = device.Simulated });
        command.Parameters.Add(Column.Time(from - CurveShape.BackgroundAge));
        command.Parameters.Add(Column.Time(to));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<CurveBackground>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(Local(reader.GetFieldValue<DateTimeOffset>(0)), Math.Round(reader.GetDouble(1), 1)));
        }

        return found;
    }

    static async Task<List<CurveMinute>> MinutesAsync(
        NpgsqlDataSource database, Device device, string code, DateTimeOffset from, DateTimeOffset to, int averaging, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(MinutesSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = device.Mn });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = device.Simulated });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = code });
        command.Parameters.Add(Column.Time(from));
        command.Parameters.Add(Column.Time(to));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = averaging });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<CurveMinute>();
        while (await reader.ReadAsync(cancellation))
        {
            double? Number(int column) => reader.IsDBNull(column) ? null : Math.Round(reader.GetDouble(column), 1);
            found.Add(new(
                Local(reader.GetFieldValue<DateTimeOffset>(0)), reader.IsDBNull(1) ? 0 : reader.GetDouble(1), reader.GetInt64(2), Number(3), Number(4), Number(5),
                reader.IsDBNull(6) ? [] : [.. reader.GetFieldValue<short[]>(6).Select(q => JsonNamingPolicy.CamelCase.ConvertName(((Quality)q).ToString()))],
                Number(7), (int)reader.GetInt64(8), reader.GetBoolean(9)));
        }

        return found;
    }

    static DateTimeOffset Local(DateTimeOffset time) => time.ToOffset(PacketTime.Beijing);

    /// <summary>Each minute with the mean over the averaging time that ends there; values that stand still are one with what the survey says of them.</summary>
    const string MinutesSql =
        """
        WITH m AS (
            SELECT date_trunc('minute', r.at) AS minute, sum(r.value) FILTER (WHERE r.quality = 0) AS total, count(r.value) FILTER (WHERE r.quality = 0) AS n,
                min(r.value) FILTER (WHERE r.quality = 0) AS least, max(r.value) FILTER (WHERE r.quality = 0) AS most,
                avg(r.value) FILTER (WHERE r.quality <> 0) AS doubtful, array_agg(DISTINCT r.quality) FILTER (WHERE r.quality <> 0) AS why
            FROM readings r
            WHERE r.mn = $1 AND r.simulated = $2 AND r.factor = $3 AND r.at >= $4 - make_interval(mins => $6) AND r.at < $5
                AND r.command = (
                    SELECT c FROM unnest(ARRAY[2011, 2111, 2051, 2052]) WITH ORDINALITY AS s(c, n) WHERE EXISTS (
                        SELECT FROM readings y WHERE y.mn = $1 AND y.simulated = $2 AND y.command = c AND y.factor = $3 AND y.at >= $4 - make_interval(mins => $6) AND y.at < $5)
                    ORDER BY n LIMIT 1)
            GROUP BY 1)
        SELECT * FROM (
            SELECT minute, total, n, least, most, doubtful, why, sum(total) OVER w / nullif(sum(n) OVER w, 0) AS mean, count(*) FILTER (WHERE n > 0) OVER w AS slots,
                coalesce(sum(n) OVER w >= 10 AND max(most) OVER w > 0 AND max(most) OVER w = min(least) OVER w, false) AS flat
            FROM m WINDOW w AS (ORDER BY minute RANGE BETWEEN make_interval(mins => $6 - 1) PRECEDING AND CURRENT ROW)) r
        WHERE minute >= $4 ORDER BY minute
        """;
}
