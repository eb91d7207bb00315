using Linfen.AirMap.Data;
using Npgsql;

namespace Linfen.AirMap.Alarms;

/// <summary>The statements of alarms.</summary>
static class AlarmRows
{
    public static NpgsqlBatchCommand Insert(IReadOnlyList<Alarm> rows) => Column.Command(
        """
        INSERT INTO alarms (id, violation_id, county, severity, rule, sounds, raised_at, simulated)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        Column.Uuids(rows.Select(a => a.Id)),
        Column.Uuids(rows.Select(a => a.ViolationId)),
        Column.Texts(rows.Select(a => a.County)),
        Column.Smalls(rows.Select(a => (short)a.Severity)),
        Column.Texts(rows.Select(a => a.Rule)),
        Column.Flags(rows.Select(a => a.Sounds)),
        Column.Times(rows.Select(a => a.RaisedAt)),
        Column.Flags(rows.Select(a => a.Simulated)));

    public static NpgsqlBatchCommand End(IReadOnlyList<Alarm> rows, DateTimeOffset at) =>
        Column.Command("UPDATE alarms SET ended_at = $2 WHERE id = ANY($1)", Column.Uuids(rows.Select(a => a.Id)), Column.Time(at));

    public static NpgsqlBatchCommand Acknowledge(Alarm alarm) => Column.Command(
        "UPDATE alarms SET acknowledged_at = $2, acknowledged_by = $3 WHERE id = $1",
        new NpgsqlParameter<Guid> { TypedValue = alarm.Id },
        Column.Time(alarm.AcknowledgedAt!.Value),
        new NpgsqlParameter<string> { TypedValue = alarm.AcknowledgedBy! });
}
