using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using NetTopologySuite.Geometries;
using Npgsql;

namespace Linfen.AirMap.Violations;

/// <summary>A rule that cannot be decided for a subject, or (without a missing fact) no longer is undecided.</summary>
sealed record UndecidableEntry(
    string Rule, int Article, string SubjectKind, Guid SubjectId, string SubjectName, string? County, Point? Position, string? Missing, bool Simulated);

/// <summary>The bulk statements and events of undecidables.</summary>
static class UndecidableRows
{
    public static NpgsqlBatchCommand Upsert(IReadOnlyList<UndecidableEntry> rows, DateTimeOffset knownAt) => Column.Command(
        """
        INSERT INTO undecidables (rule, subject_kind, subject_id, subject_name, county, missing, known_at, simulated)
        SELECT rule, subject_kind, subject_id, subject_name, county, missing, $8, simulated
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS r(rule, subject_kind, subject_id, subject_name, county, missing, simulated)
        ON CONFLICT (rule, subject_id) DO UPDATE
            SET missing = excluded.missing, known_at = excluded.known_at, subject_name = excluded.subject_name, county = excluded.county
        """,
        Column.Texts(rows.Select(r => r.Rule)),
        Column.Texts(rows.Select(r => r.SubjectKind)),
        Column.Uuids(rows.Select(r => r.SubjectId)),
        Column.Texts(rows.Select(r => r.SubjectName)),
        Column.Texts(rows.Select(r => r.County)),
        Column.Texts(rows.Select(r => r.Missing)),
        Column.Flags(rows.Select(r => r.Simulated)),
        Column.Time(knownAt));

    public static NpgsqlBatchCommand Delete(IReadOnlyList<UndecidableEntry> rows) => Column.Command(
        "DELETE FROM undecidables u USING unnest($1, $2) AS r(rule, subject_id) WHERE u.rule = r.rule AND u.subject_id = r.subject_id",
        Column.Texts(rows.Select(r => r.Rule)),
        Column.Uuids(rows.Select(r => r.SubjectId)));

    /// <summary>A feature as in the list; <c>missing</c> is null when the rule is decided now.</summary>
    public static string ToText(UndecidableEntry entry) => Feature.ToText(json =>
    {
        Feature.Begin(json, entry.SubjectId.ToString(), entry.Position);
        json.WriteString("rule", entry.Rule);
        json.WriteNumber("article", entry.Article);
        json.WriteString("missing", entry.Missing);
        json.WriteStartObject("subject");
        json.WriteString("kind", entry.SubjectKind);
        json.WriteString("id", entry.SubjectId.ToString());
        json.WriteString("name", entry.SubjectName);
        json.WriteEndObject();
        json.WriteString("county", entry.County);
        json.WriteBoolean("simulated", entry.Simulated);
        Feature.End(json);
    });
}
