using Linfen.AirMap.Data;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>The bulk statements of readings.</summary>
static class ReadingRows
{
    const string InsertSql =
        """
        INSERT INTO readings (mn, simulated, command, factor, at, value, least, most, amount, flag, quality, known_at)
        SELECT r.*, $12 FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS r(mn, simulated, command, factor, at, value, least, most, amount, flag, quality)
        """;

    const string InsertOnceSql = InsertSql + " ON CONFLICT DO NOTHING";

    /// <summary>Each value once: what comes again changes nothing.</summary>
    /// <param name="takenForNew">Fails where one of them is not, and costs the database less.</param>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<Reading> rows, DateTimeOffset knownAt, bool takenForNew) => Column.Command(
        takenForNew ? InsertSql : InsertOnceSql,
        Column.Texts(rows.Select(r => r.Key.Mn)), Column.Flags(rows.Select(r => r.Key.Simulated)), Column.Smalls(rows.Select(r => r.Key.Command)),
        Column.Texts(rows.Select(r => r.Key.Factor)), Column.Times(rows.Select(r => r.Key.At)), Column.Numbers(rows.Select(r => r.Value)),
        Column.Numbers(rows.Select(r => r.Least)), Column.Numbers(rows.Select(r => r.Most)), Column.Numbers(rows.Select(r => r.Amount)),
        Column.Smalls(rows.Select(r => (short)r.Flag)), Column.Smalls(rows.Select(r => (short)r.Quality)), Column.Time(knownAt));

    /// <summary>A partition for the month. The owner's function: the application may not make tables.</summary>
    public static NpgsqlBatchCommand EnsureMonth(DateOnly month) =>
        Column.Command("SELECT ensure_reading_month($1)", new NpgsqlParameter<DateOnly> { TypedValue = month });

    /// <summary>Values that are seen in another light by those after them.</summary>
    public static NpgsqlBatchCommand Reappraise(IReadOnlyList<Reappraisal> rows) => Column.Command(
        """
        UPDATE readings SET quality = w.quality FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS w(mn, simulated, command, factor, since, until, seen, quality)
        WHERE readings.mn = w.mn AND readings.simulated = w.simulated AND readings.command = w.command AND readings.factor = w.factor
            AND readings.at BETWEEN w.since AND w.until AND readings.quality = w.seen AND readings.at BETWEEN $9 AND $10
        """,
        Column.Texts(rows.Select(r => r.Last.Mn)), Column.Flags(rows.Select(r => r.Last.Simulated)), Column.Smalls(rows.Select(r => r.Last.Command)),
        Column.Texts(rows.Select(r => r.Last.Factor)), Column.Times(rows.Select(r => r.Since)), Column.Times(rows.Select(r => r.Last.At)),
        Column.Smalls(rows.Select(r => (short)r.From)), Column.Smalls(rows.Select(r => (short)r.To)),
        // Of all partitions only these months are looked at.
        Column.Time(rows.Min(r => r.Since)), Column.Time(rows.Max(r => r.Last.At)));

    /// <summary>When monitors last delivered; what comes late does not set it back.</summary>
    public static NpgsqlBatchCommand Heard(IReadOnlyCollection<KeyValuePair<Guid, DateTimeOffset>> devices, DateTimeOffset now) => Column.Command(
        """
        INSERT INTO device_states (subject_id, last_data_at, heard_at, simulated)
        SELECT s.id, r.at, $3, s.simulated FROM unnest($1, $2) AS r(id, at) JOIN subjects s ON s.id = r.id
        ON CONFLICT (subject_id) DO UPDATE SET last_data_at = greatest(device_states.last_data_at, excluded.last_data_at), heard_at = excluded.heard_at
        """,
        Column.Uuids(devices.Select(d => d.Key)), Column.Times(devices.Select(d => d.Value)), Column.Time(now));
}
