using System.Globalization;
using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Hosting;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <param name="Next">The readings before these; null at the end.</param>
public sealed record MonitorReadings(Guid Monitor, string Mn, string Name, string? County, bool Simulated, string Interval, IReadOnlyList<MonitorReading> Readings, string? Next);

/// <param name="At">The instant, or the start of the interval.</param>
/// <param name="Flag">The device's letter; null without one.</param>
/// <param name="Valid">Counts toward a violation.</param>
/// <param name="Quality">Why it does not.</param>
public sealed record MonitorReading(
    string Factor, DateTimeOffset At, double? Value, double? Min, double? Max, string? Unit, string? Flag, bool Valid, string? Quality, DateTimeOffset KnownAt);

/// <summary>Reads readings by monitor and time.</summary>
static class ReadingQueries
{
    const int MostReadings = 10_000;

    /// <summary>Commands under which a device sends each interval; the first that it uses counts.</summary>
    internal static readonly Dictionary<string, CommandCode[]> Delivered = new(StringComparer.Ordinal)
    {
        ["raw"] = [CommandCode.RealTime, CommandCode.RealTime2025],
        ["minutes"] = [CommandCode.Minutes, CommandCode.Minutes2025],
        ["deviceHour"] = [CommandCode.Hour, CommandCode.Hour2025],
        ["deviceDay"] = [CommandCode.Day],
    };

    internal static readonly Dictionary<string, string> Computed = new(StringComparer.Ordinal) { ["15min"] = "15 minutes", ["hour"] = "1 hour", ["day"] = "1 day" };

    public static async Task<IResult> Of(
        string mn, HttpRequest request, ClaimsPrincipal user, DeviceBook book, NpgsqlDataSource database, CancellationToken cancellation,
        string? factor = null, string interval = "raw", string? from = null, string? to = null)
    {
        if (!Delivered.ContainsKey(interval) && !Computed.ContainsKey(interval))
        {
            return Problems.Of(400, "query-invalid", $"interval is one of {string.Join(", ", Delivered.Keys.Concat(Computed.Keys))}.");
        }

        if (!ListQuery.TryTime(from, out var begin) || !ListQuery.TryTime(to, out var end))
        {
            return Problems.Of(400, "query-invalid", "from and to are RFC 3339 times with an offset.");
        }

        if (await book.FindAsync(mn) is not { } device || !user.Scope().Holds(device.County))
        {
            return Problems.NotFound("such monitor");
        }

        await using var command = database.CreateCommand(Computed.ContainsKey(interval) ? MeansSql : RowsSql);
        Fill(command, device, interval, factor, begin ?? DateTimeOffset.UnixEpoch, end ?? DateTimeOffset.MaxValue.AddYears(-1), MostReadings + 1);
        var found = await ReadAsync(command, cancellation);
        // A page ends between two times, so that the next one can begin there.
        var shown = found.Count <= MostReadings ? found : found.FindAll(r => r.At > found[^1].At);
        return TypedResults.Ok(new MonitorReadings(
            device.Id, device.Mn, device.Name, device.County, device.Simulated, interval, shown, shown.Count < found.Count ? Before(request, shown[^1].At) : null));
    }

    /// <summary>The parameters of both statements.</summary>
    internal static void Fill(NpgsqlCommand command, Device device, string interval, string? factor, DateTimeOffset from, DateTimeOffset to, int most)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = device.Mn });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = device.Simulated });
        command.Parameters.Add(Column.Time(from));
        command.Parameters.Add(Column.Time(to));
        command.Parameters.Add(Column.Texts(factor is null ? Array.Empty<string>() : [FactorCode.Read(factor) ?? factor]));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(Computed.TryGetValue(interval, out var length)
            ? new NpgsqlParameter<string> { TypedValue = length }
            : Column.Smalls(Delivered[interval].Select(c => (short)c)));
    }

    static async Task<List<MonitorReading>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<MonitorReading>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(Read(reader));
        }

        return found;
    }

    internal static MonitorReading Read(NpgsqlDataReader reader)
    {
        double? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
        var (code, quality) = (reader.GetString(0), (Quality)reader.GetInt16(6));
        return new(
            code, Local(reader.GetFieldValue<DateTimeOffset>(1)), Number(2), Number(3), Number(4), FactorCode.Find(code)?.Unit,
            DataStates.Letter((DataState)reader.GetInt16(5))?.ToString(CultureInfo.InvariantCulture),
            quality == Quality.Counts, quality == Quality.Counts ? null : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(quality.ToString()),
            Local(reader.GetFieldValue<DateTimeOffset>(7)));
    }

    static string Before(HttpRequest request, DateTimeOffset at)
    {
        var query = request.Query.Where(q => q.Key != "to").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return request.Path + QueryString.Create(query).Add("to", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    static DateTimeOffset Local(DateTimeOffset time) => time.ToOffset(PacketTime.Beijing);

    internal const string RowsSql =
        """
        SELECT factor, at, value, least, most, flag, quality, known_at FROM readings
        WHERE mn = $1 AND simulated = $2 AND at >= $3 AND at < $4 AND (cardinality($5) = 0 OR factor = ANY($5)) AND command = ANY($7)
        ORDER BY at DESC, factor LIMIT $6
        """;

    /// <summary>
    /// Always right, also after late data: computed when it is asked for, together with the means of months whose readings are gone. Quality 1 (flagged)
    /// stands for too few values that count.
    /// </summary>
    internal const string MeansSql =
        """
        SELECT factor, bin, sum(value * counted) / nullif(sum(counted), 0), min(least), max(most), 0::smallint,
            CASE WHEN sum(counted) >= 0.75 * sum(total) THEN 0 ELSE 1 END::smallint, max(known_at)
        FROM (
        SELECT factor, date_bin($7::interval, at, timestamptz '2020-01-01 00:00+08') AS bin, avg(value) FILTER (WHERE quality = 0) AS value,
            min(value) FILTER (WHERE quality = 0) AS least, max(value) FILTER (WHERE quality = 0) AS most, count(value) FILTER (WHERE quality = 0) AS counted,
            count(*) AS total, max(known_at) AS known_at
        FROM readings
        WHERE mn = $1 AND simulated = $2 AND at >= $3 AND at < $4 AND (cardinality($5) = 0 OR factor = ANY($5))
            AND command = (
                SELECT c FROM unnest(ARRAY[2011, 2111, 2051, 2052]) WITH ORDINALITY AS s(c, n)
                WHERE EXISTS (SELECT FROM readings r WHERE r.mn = $1 AND r.simulated = $2 AND r.at >= $3 AND r.at < $4 AND r.command = c) ORDER BY n LIMIT 1)
        GROUP BY factor, bin
        UNION ALL
        SELECT factor, at, value, least, most, counted, total, known_at FROM reading_means
        WHERE mn = $1 AND simulated = $2 AND at >= $3 AND at < $4 AND (cardinality($5) = 0 OR factor = ANY($5)) AND minutes = extract(epoch FROM $7::interval) / 60) parts
        GROUP BY factor, bin ORDER BY bin DESC, factor LIMIT $6
        """;
}
