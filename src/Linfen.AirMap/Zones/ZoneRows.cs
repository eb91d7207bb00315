using System.Globalization;
using Linfen.AirMap.Data;
using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Zones;

/// <summary>The statements of zone versions.</summary>
static class ZoneRows
{
    public static NpgsqlBatchCommand Upsert(IReadOnlyCollection<ZoneVersion> rows) => Column.Command(
        """
        INSERT INTO zone_versions (id, version, kind, name, shape, status, document_number, effective_from, effective_to, reason, authority,
            minimum_stage, note, changed_by, revision, known_at, changed_at, simulated)
        SELECT id, version, kind, name, st_geomfromwkb(shape, 4490), status, document_number, effective_from::date, effective_to::date, reason, authority,
            minimum_stage, note, changed_by, revision, known_at, changed_at, simulated
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            AS r(id, version, kind, name, shape, status, document_number, effective_from, effective_to, reason, authority,
                minimum_stage, note, changed_by, revision, known_at, changed_at, simulated)
        ON CONFLICT (id, version) DO UPDATE SET name = excluded.name, shape = excluded.shape, status = excluded.status, document_number = excluded.document_number,
            effective_from = excluded.effective_from, effective_to = excluded.effective_to, reason = excluded.reason, authority = excluded.authority,
            minimum_stage = excluded.minimum_stage, note = excluded.note, changed_by = excluded.changed_by, revision = excluded.revision, changed_at = excluded.changed_at
        """,
        Column.Uuids(rows.Select(z => z.Id)),
        Column.Integers(rows.Select(z => z.Version)),
        Column.Smalls(rows.Select(z => (short)z.Kind)),
        Column.Texts(rows.Select(z => z.Name)),
        new() { Value = rows.Select(z => z.Shape.AsBinary()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
        Column.Smalls(rows.Select(z => (short)z.Status)),
        Column.Texts(rows.Select(z => z.DocumentNumber)),
        Days(rows.Select(z => z.EffectiveFrom)),
        Days(rows.Select(z => z.EffectiveTo)),
        Column.Texts(rows.Select(z => z.Reason)),
        Column.Texts(rows.Select(z => z.Authority)),
        new() { Value = rows.Select(z => z.MinimumStage).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer },
        Column.Texts(rows.Select(z => z.Note)),
        Column.Texts(rows.Select(z => z.ChangedBy)),
        Column.Integers(rows.Select(z => z.Revision)),
        Column.Times(rows.Select(z => z.KnownAt)),
        Column.Times(rows.Select(z => z.ChangedAt)),
        Column.Flags(rows.Select(z => z.Simulated)));

    public static NpgsqlBatchCommand Delete(ZoneVersion zone) => Column.Command(
        "DELETE FROM zone_versions WHERE id = $1 AND version = $2",
        new NpgsqlParameter<Guid> { TypedValue = zone.Id },
        new NpgsqlParameter<int> { TypedValue = zone.Version });

    static NpgsqlParameter Days(IEnumerable<DateOnly?> days) => Column.Texts(days.Select(d => d?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
