using Linfen.AirMap.Data;
using Linfen.AirMap.Subjects;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Registers;

/// <summary>The bulk statements of subjects and their history.</summary>
static class SubjectRows
{
    public static NpgsqlBatchCommand Upsert(IReadOnlyList<Subject> rows) => Column.Command(
        """
        INSERT INTO subjects (id, kind, key, code, name, county, shape, position, parent_id, fields, since, version, known_at, changed_at, simulated)
        SELECT id, kind, key, code, name, county, st_geomfromwkb(shape, 4490), st_geomfromwkb(position, 4490), parent_id, fields::json, since, version, known_at, changed_at, simulated
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            AS r(id, kind, key, code, name, county, shape, position, parent_id, fields, since, version, known_at, changed_at, simulated)
        ON CONFLICT (id) DO UPDATE SET key = excluded.key, code = excluded.code, name = excluded.name, county = excluded.county, shape = excluded.shape,
            position = excluded.position, parent_id = excluded.parent_id, fields = excluded.fields, since = excluded.since, version = excluded.version, changed_at = excluded.changed_at
        """,
        Column.Uuids(rows.Select(s => s.Id)),
        Column.Texts(rows.Select(s => s.Kind)),
        Column.Texts(rows.Select(s => s.Key)),
        Column.Texts(rows.Select(s => s.Code)),
        Column.Texts(rows.Select(s => s.Name)),
        Column.Texts(rows.Select(s => s.County)),
        Wkb(rows.Select(s => s.Shape)),
        Wkb(rows.Select(s => s.Position)),
        Column.Uuids(rows.Select(s => s.ParentId)),
        Column.Texts(rows.Select(s => s.Values)),
        Column.Times(rows.Select(s => s.Since)),
        Column.Integers(rows.Select(s => s.Version)),
        Column.Times(rows.Select(s => s.KnownAt)),
        Column.Times(rows.Select(s => s.ChangedAt)),
        Column.Flags(rows.Select(s => s.Simulated)));

    public static NpgsqlBatchCommand Delete(IReadOnlyList<Subject> rows) =>
        Column.Command("DELETE FROM subjects WHERE id = ANY($1)", Column.Uuids(rows.Select(s => s.Id)));

    public static NpgsqlBatchCommand InsertHistory(IReadOnlyList<(Subject Subject, string Action, string Data)> rows, string by, DateTimeOffset at) => Column.Command(
        """
        INSERT INTO subject_versions (subject_id, version, kind, at, action, changed_by, data, simulated)
        SELECT id, version, kind, $6, action, $7, data::json, simulated FROM unnest($1, $2, $3, $4, $5, $8) AS r(id, version, kind, action, data, simulated)
        """,
        Column.Uuids(rows.Select(r => r.Subject.Id)),
        Column.Integers(rows.Select(r => r.Subject.Version + (r.Action == "deleted" ? 1 : 0))),
        Column.Texts(rows.Select(r => r.Subject.Kind)),
        Column.Texts(rows.Select(r => r.Action)),
        Column.Texts(rows.Select(r => r.Data)),
        Column.Time(at),
        new NpgsqlParameter<string> { TypedValue = by },
        Column.Flags(rows.Select(r => r.Subject.Simulated)));

    static NpgsqlParameter Wkb(IEnumerable<Geometry?> shapes) =>
        new() { Value = shapes.Select(s => s?.AsBinary()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
}
