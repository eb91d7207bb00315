using Linfen.AirMap.Data;
using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Air;

/// <summary>The bulk statements of station values, their corrections and daily means.</summary>
static class AirRows
{
    /// <summary>GB 3095: a day has a valid mean of PM2.5 from twenty hourly means on.</summary>
    public const int LeastHoursOfDay = 20;

    const string Keys = "unnest($1, $2, $3, $4) AS k(station_id, factor, interval, at)";

    public static NpgsqlBatchCommand Stored(IReadOnlyCollection<AirKey> keys) => Column.Command(
        $"SELECT v.station_id, v.factor, v.interval, v.at, v.value, v.valid FROM {Keys} JOIN air_values v USING (station_id, factor, interval, at)", Of(keys));

    public static NpgsqlBatchCommand Upsert(IReadOnlyCollection<KeyValuePair<AirKey, AirContent>> rows, DateTimeOffset knownAt) => Column.Command(
        """
        INSERT INTO air_values (station_id, factor, interval, at, value, valid, known_at, changed_at, simulated)
        SELECT r.station_id, r.factor, r.interval, r.at, r.value, r.valid, $7, $7, s.simulated
        FROM unnest($1, $2, $3, $4, $5, $6) AS r(station_id, factor, interval, at, value, valid) JOIN subjects s ON s.id = r.station_id
        ON CONFLICT (station_id, factor, interval, at) DO UPDATE SET value = excluded.value, valid = excluded.valid, changed_at = excluded.changed_at
        """,
        [.. Of(rows.Select(r => r.Key)), Column.Numbers(rows.Select(r => r.Value.Value)), Column.Flags(rows.Select(r => r.Value.Valid)), Column.Time(knownAt)]);

    /// <summary>Keeps what the rows say before they are replaced; two corrections at the same moment (a clock that was set back) stay in order.</summary>
    public static NpgsqlBatchCommand Keep(IReadOnlyCollection<AirKey> replaced, DateTimeOffset knownAt) => Column.Command(
        $"""
        INSERT INTO air_corrections (station_id, factor, interval, at, replaced_at, value, valid, simulated)
        SELECT v.station_id, v.factor, v.interval, v.at, greatest($5, last.replaced_at + interval '1 microsecond'), v.value, v.valid, v.simulated
        FROM {Keys} JOIN air_values v USING (station_id, factor, interval, at)
        LEFT JOIN LATERAL (
            SELECT max(c.replaced_at) AS replaced_at FROM air_corrections c
            WHERE c.station_id = v.station_id AND c.factor = v.factor AND c.interval = v.interval AND c.at = v.at) last ON true
        """,
        [.. Of(replaced), Column.Time(knownAt)]);

    /// <summary>When stations last delivered; what comes late does not set it back.</summary>
    public static NpgsqlBatchCommand Heard(IReadOnlyCollection<KeyValuePair<Guid, DateTimeOffset>> stations) => Column.Command(
        """
        INSERT INTO device_states (subject_id, last_data_at, simulated) SELECT s.id, r.at, s.simulated FROM unnest($1, $2) AS r(id, at) JOIN subjects s ON s.id = r.id
        ON CONFLICT (subject_id) DO UPDATE SET last_data_at = greatest(device_states.last_data_at, excluded.last_data_at)
        """,
        Column.Uuids(stations.Select(s => s.Key)), Column.Times(stations.Select(s => s.Value)));

    public static NpgsqlBatchCommand ForgetDays(AirFactor factor, IReadOnlyCollection<(Guid Station, DateOnly Day)> days) => Column.Command(
        "DELETE FROM air_days d USING unnest($1, $2) AS t(station_id, day) WHERE d.station_id = t.station_id AND d.day = t.day AND d.factor = $3",
        Column.Uuids(days.Select(d => d.Station)), Days(days.Select(d => d.Day)), Factor(factor));

    /// <summary>The day's own mean where the station delivered one, else the mean of its valid hours, if they are enough.</summary>
    public static NpgsqlBatchCommand SumUpDays(AirFactor factor, IReadOnlyCollection<(Guid Station, DateOnly Day)> days) => Column.Command(
        """
        INSERT INTO air_days (station_id, factor, day, mean, hours, simulated)
        SELECT station_id, $3, day, coalesce(given, mean), CASE WHEN given IS NULL THEN hours::smallint END, simulated
        FROM (
            SELECT t.station_id, t.day, max(v.value) FILTER (WHERE v.interval = 2) AS given, avg(v.value) FILTER (WHERE v.interval = 1) AS mean,
                count(*) FILTER (WHERE v.interval = 1) AS hours, bool_or(v.simulated) AS simulated
            FROM unnest($1, $2) AS t(station_id, day)
            JOIN air_values v ON v.station_id = t.station_id AND v.factor = $3 AND v.valid
                AND v.at >= t.day::timestamp AT TIME ZONE 'Asia/Shanghai' AND v.at < (t.day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
            GROUP BY t.station_id, t.day) d
        WHERE given IS NOT NULL OR hours >= $4
        """,
        Column.Uuids(days.Select(d => d.Station)), Days(days.Select(d => d.Day)), Factor(factor), new NpgsqlParameter<int> { TypedValue = LeastHoursOfDay });

    static NpgsqlParameter[] Of(IEnumerable<AirKey> keys)
    {
        var rows = keys.ToList();
        return
        [
            Column.Uuids(rows.Select(k => k.Station)), Column.Smalls(rows.Select(k => (short)k.Factor)),
            Column.Smalls(rows.Select(k => (short)k.Interval)), Column.Times(rows.Select(k => k.At)),
        ];
    }

    static NpgsqlParameter Days(IEnumerable<DateOnly> days) => new() { Value = days.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date };

    static NpgsqlParameter<short> Factor(AirFactor factor) => new() { TypedValue = (short)factor };
}

/// <summary>What makes a value the same value when it comes again.</summary>
readonly record struct AirKey(Guid Station, AirFactor Factor, AirInterval Interval, DateTimeOffset At);

/// <summary>What it says.</summary>
readonly record struct AirContent(double Value, bool Valid);
