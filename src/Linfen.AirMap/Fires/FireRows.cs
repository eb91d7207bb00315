using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Intake;
using Npgsql;

namespace Linfen.AirMap.Fires;

/// <summary>A detection that is to be stored: what was seen, in which county, as part of which fire (null: it opens none).</summary>
readonly record struct NewDetection(Guid Id, Observation Seen, County County, Sighting? Sighting)
{
    public Guid? FireId => Sighting?.Fire?.Id;
}

/// <summary>The bulk statements of fires and detections.</summary>
static class FireRows
{
    public static NpgsqlBatchCommand InsertDetections(IReadOnlyList<NewDetection> rows, DateTimeOffset knownAt) => Column.Command(
        """
        INSERT INTO detections (id, feed, source_kind, detection_id, occurred_at, known_at, position, radius_metres, bearing_degrees,
            confidence, frp_megawatts, instrument, image_url, county, fire_id, simulated, content_digest)
        SELECT id, feed, source_kind, detection_id, occurred_at, $17, st_setsrid(st_makepoint(lon, lat), 4490), radius_metres, bearing_degrees,
            confidence, frp_megawatts, instrument, image_url, county, fire_id, simulated, content_digest
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $18)
            AS r(id, feed, source_kind, detection_id, occurred_at, lon, lat, radius_metres, bearing_degrees,
                confidence, frp_megawatts, instrument, image_url, county, fire_id, simulated, content_digest)
        """,
        Column.Uuids(rows.Select(r => r.Id)),
        Column.Texts(rows.Select(r => r.Seen.Feed)),
        Column.Smalls(rows.Select(r => (short)r.Seen.SourceKind)),
        Column.Texts(rows.Select(r => r.Seen.DetectionId)),
        Column.Times(rows.Select(r => r.Seen.OccurredAt)),
        Column.Numbers(rows.Select(r => r.Seen.Position.Lon)),
        Column.Numbers(rows.Select(r => r.Seen.Position.Lat)),
        Column.Numbers(rows.Select(r => r.Seen.RadiusMetres)),
        Column.Numbers(rows.Select(r => r.Seen.BearingDegrees)),
        Column.Numbers(rows.Select(r => r.Seen.Confidence)),
        Column.Numbers(rows.Select(r => r.Seen.FrpMegawatts)),
        Column.Texts(rows.Select(r => r.Seen.Instrument)),
        Column.Texts(rows.Select(r => r.Seen.ImageUrl)),
        Column.Texts(rows.Select(r => r.County.Code)),
        Column.Uuids(rows.Select(r => r.FireId)),
        Column.Flags(rows.Select(r => r.Seen.Simulated)),
        Column.Time(knownAt),
        Column.Uuids(rows.Select(r => r.Seen.ContentDigest)));

    public static NpgsqlBatchCommand InsertFires(IReadOnlyList<Fire> fires) => Column.Command(
        """
        INSERT INTO fires (id, name, status, county, position, radius_metres, first_seen_at, last_seen_at, known_at, updated_at,
            detections, seen_by, frp_megawatts, confirmed_at, violation_id, attributed_to, attributed_name, merged_into, is_tied, simulated)
        SELECT id, name, status, county, st_setsrid(st_makepoint(lon, lat), 4490), radius_metres, first_seen_at, last_seen_at, known_at, updated_at,
            detections, ARRAY[s0, s1, s2, s3, s4], frp_megawatts, confirmed_at, violation_id, attributed_to, attributed_name, merged_into, is_tied, simulated
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25)
            AS r(id, name, status, county, lon, lat, radius_metres, first_seen_at, last_seen_at, known_at, updated_at,
                detections, s0, s1, s2, s3, s4, frp_megawatts, confirmed_at, violation_id, attributed_to, attributed_name, merged_into, is_tied, simulated)
        """,
        [
            Column.Uuids(fires.Select(f => f.Id)),
            Column.Texts(fires.Select(f => f.Name)),
            Column.Smalls(fires.Select(f => (short)f.Status)),
            Column.Texts(fires.Select(f => f.County)),
            Column.Numbers(fires.Select(f => f.Position.X)),
            Column.Numbers(fires.Select(f => f.Position.Y)),
            Column.Numbers(fires.Select(f => f.RadiusMetres)),
            Column.Times(fires.Select(f => f.FirstSeenAt)),
            Column.Times(fires.Select(f => f.LastSeenAt)),
            Column.Times(fires.Select(f => f.KnownAt)),
            Column.Times(fires.Select(f => f.UpdatedAt)),
            Column.Integers(fires.Select(f => f.Detections)),
            .. SeenBy(fires),
            Column.Numbers(fires.Select(f => f.FrpMegawatts)),
            Column.Times(fires.Select(f => f.ConfirmedAt)),
            Column.Uuids(fires.Select(f => f.ViolationId)),
            Column.Uuids(fires.Select(f => f.AttributedTo)),
            Column.Texts(fires.Select(f => f.AttributedName)),
            Column.Uuids(fires.Select(f => f.MergedInto)),
            Column.Flags(fires.Select(f => f.IsTied)),
            Column.Flags(fires.Select(f => f.Simulated)),
        ]);

    /// <summary>Writes what may have changed of fires that exist already. The position only where it moved, so that its indexes rest.</summary>
    public static IEnumerable<NpgsqlBatchCommand> UpdateFires(IReadOnlyList<Fire> fires, IReadOnlyList<Fire> moved)
    {
        yield return Column.Command(
            """
            UPDATE fires SET status = r.status, radius_metres = r.radius_metres, first_seen_at = r.first_seen_at, last_seen_at = r.last_seen_at,
                updated_at = r.updated_at, detections = r.detections, seen_by = ARRAY[s0, s1, s2, s3, s4], frp_megawatts = r.frp_megawatts,
                confirmed_at = r.confirmed_at, verdict = r.verdict, verdict_reason = r.verdict_reason, verdict_at = r.verdict_at,
                verdict_known_at = r.verdict_known_at, violation_id = r.violation_id, attributed_to = r.attributed_to, attributed_name = r.attributed_name,
                merged_into = r.merged_into, is_tied = r.is_tied
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
                AS r(id, status, radius_metres, first_seen_at, last_seen_at, updated_at, detections, s0, s1, s2, s3, s4, frp_megawatts,
                    confirmed_at, verdict, verdict_reason, verdict_at, verdict_known_at, violation_id, attributed_to, attributed_name, merged_into, is_tied)
            WHERE fires.id = r.id
            """,
            [
                Column.Uuids(fires.Select(f => f.Id)),
                Column.Smalls(fires.Select(f => (short)f.Status)),
                Column.Numbers(fires.Select(f => f.RadiusMetres)),
                Column.Times(fires.Select(f => f.FirstSeenAt)),
                Column.Times(fires.Select(f => f.LastSeenAt)),
                Column.Times(fires.Select(f => f.UpdatedAt)),
                Column.Integers(fires.Select(f => f.Detections)),
                .. SeenBy(fires),
                Column.Numbers(fires.Select(f => f.FrpMegawatts)),
                Column.Times(fires.Select(f => f.ConfirmedAt)),
                Smalls(fires.Select(f => (short?)f.Verdict)),
                Column.Texts(fires.Select(f => f.VerdictReason)),
                Column.Times(fires.Select(f => f.VerdictAt)),
                Column.Times(fires.Select(f => f.VerdictKnownAt)),
                Column.Uuids(fires.Select(f => f.ViolationId)),
                Column.Uuids(fires.Select(f => f.AttributedTo)),
                Column.Texts(fires.Select(f => f.AttributedName)),
                Column.Uuids(fires.Select(f => f.MergedInto)),
                Column.Flags(fires.Select(f => f.IsTied)),
            ]);
        if (moved.Count > 0)
        {
            yield return Column.Command(
                """
                UPDATE fires SET position = st_setsrid(st_makepoint(r.lon, r.lat), 4490)
                FROM unnest($1, $2, $3) AS r(id, lon, lat) WHERE fires.id = r.id
                """,
                Column.Uuids(moved.Select(f => f.Id)),
                Column.Numbers(moved.Select(f => f.Position.X)),
                Column.Numbers(moved.Select(f => f.Position.Y)));
        }
    }

    /// <summary>What stored detections of fires that became others' parts rest with now, and with what until now.</summary>
    public static NpgsqlBatchCommand Rehang(IReadOnlyList<(Fire Lost, Fire Kept)> merged, DateTimeOffset knownAt) => Column.Command(
        """
        WITH left_behind AS (
            UPDATE detections SET fire_id = r.kept FROM unnest($1, $2) AS r(lost, kept) WHERE fire_id = r.lost RETURNING id, r.lost)
        INSERT INTO fire_stays (detection_id, fire_id, until_at) SELECT id, lost, $3 FROM left_behind ON CONFLICT DO NOTHING
        """,
        Column.Uuids(merged.Select(m => m.Lost.Id)),
        Column.Uuids(merged.Select(m => m.Kept.Id)),
        Column.Time(knownAt));

    /// <summary>Where single stored detections rest now, and where they did until now; what one change moves twice stayed where it was before that change.</summary>
    public static NpgsqlBatchCommand Rehang(IReadOnlyList<Sighting> stored, DateTimeOffset knownAt) => Column.Command(
        """
        WITH left_behind AS (
            UPDATE detections d SET fire_id = r.fire FROM unnest($1, $2) AS r(id, fire) JOIN detections before ON before.id = r.id
            WHERE d.id = r.id AND before.fire_id <> r.fire RETURNING d.id, before.fire_id)
        INSERT INTO fire_stays (detection_id, fire_id, until_at) SELECT id, fire_id, $3 FROM left_behind ON CONFLICT DO NOTHING
        """,
        Column.Uuids(stored.Select(s => s.Id)),
        Column.Uuids(stored.Select(s => s.Fire!.Id)),
        Column.Time(knownAt));

    /// <summary>What somebody said of detections.</summary>
    public static NpgsqlBatchCommand InsertTies(IReadOnlyList<(Sighting Sighting, Tie Tie)> ties) => Column.Command(
        "INSERT INTO fire_ties (act, detection_id, side) SELECT * FROM unnest($1, $2, $3)",
        Column.Uuids(ties.Select(t => t.Tie.Act)),
        Column.Uuids(ties.Select(t => t.Sighting.Id)),
        Column.Smalls(ties.Select(t => (short)t.Tie.Side)));

    static NpgsqlParameter Smalls(IEnumerable<short?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Smallint };

    static IEnumerable<NpgsqlParameter> SeenBy(IReadOnlyList<Fire> fires) =>
        Enumerable.Range(0, Fire.SourceKinds).Select(kind => Column.Integers(fires.Select(f => f.SeenBy[kind])));
}
