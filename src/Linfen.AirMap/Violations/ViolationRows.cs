using Linfen.AirMap.Data;
using Npgsql;

namespace Linfen.AirMap.Violations;

/// <summary>The bulk statements of violations.</summary>
static class ViolationRows
{
    public static NpgsqlBatchCommand Insert(IReadOnlyList<Violation> rows)
    {
        // Units and evidence differ in length per row, so they travel as JSON arrays; the rest as columns.
        static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, DecisionJson.Options);
        return Column.Command(
            """
            INSERT INTO violations (id, rule, article, severity, subject_kind, subject_id, subject_name, county, zone, position, opened_at, known_at,
                due_at, facts, parameters, evidence, lead, cooperating, responsible, simulated)
            SELECT id, rule, article, severity, subject_kind, subject_id, subject_name, county, zone, st_setsrid(st_makepoint(lon, lat), 4490), opened_at, known_at,
                due_at, facts::json, parameters::json, translate(evidence, '[]"', '{}')::uuid[],
                ARRAY(SELECT json_array_elements_text(lead::json)), ARRAY(SELECT json_array_elements_text(cooperating::json)), responsible, simulated
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
                AS r(id, rule, article, severity, subject_kind, subject_id, subject_name, county, zone, lon, lat, opened_at, known_at,
                    due_at, facts, parameters, evidence, lead, cooperating, responsible, simulated)
            """,
            Column.Uuids(rows.Select(v => v.Id)),
            Column.Texts(rows.Select(v => v.Rule)),
            Column.Integers(rows.Select(v => v.Article)),
            Column.Smalls(rows.Select(v => (short)v.Severity)),
            Column.Texts(rows.Select(v => v.SubjectKind)),
            Column.Uuids(rows.Select(v => v.SubjectId)),
            Column.Texts(rows.Select(v => v.SubjectName)),
            Column.Texts(rows.Select(v => v.County)),
            Column.Texts(rows.Select(v => v.Zone)),
            Column.Numbers(rows.Select(v => v.Position.X)),
            Column.Numbers(rows.Select(v => v.Position.Y)),
            Column.Times(rows.Select(v => v.OpenedAt)),
            Column.Times(rows.Select(v => v.KnownAt)),
            Column.Times(rows.Select(v => v.DueAt)),
            Column.Texts(rows.Select(v => v.Facts)),
            Column.Texts(rows.Select(v => v.Parameters)),
            Column.Texts(rows.Select(v => Json(v.Evidence))),
            Column.Texts(rows.Select(v => Json(v.Lead))),
            Column.Texts(rows.Select(v => Json(v.Cooperating))),
            Column.Texts(rows.Select(v => v.Responsible)),
            Column.Flags(rows.Select(v => v.Simulated)));
    }

    /// <summary>Writes the state that may move; the opening decision is not among the columns.</summary>
    public static NpgsqlBatchCommand UpdateState(IReadOnlyList<Violation> rows) => Column.Command(
        """
        UPDATE violations SET severity = r.severity, closed_at = r.closed_at, closed_known_at = r.closed_known_at, closed_reason = r.closed_reason, standing = r.standing::json
        FROM unnest($1, $2, $3, $4, $5, $6) AS r(id, severity, closed_at, closed_known_at, closed_reason, standing) WHERE violations.id = r.id
        """,
        Column.Uuids(rows.Select(v => v.Id)),
        Column.Smalls(rows.Select(v => (short)v.Severity)),
        Column.Times(rows.Select(v => v.ClosedAt)),
        Column.Times(rows.Select(v => v.ClosedKnownAt)),
        Column.Texts(rows.Select(v => v.ClosedReason)),
        Column.Texts(rows.Select(v => v.Standing)));
}
