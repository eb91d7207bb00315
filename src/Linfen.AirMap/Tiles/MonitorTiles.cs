namespace Linfen.AirMap.Tiles;

/// <summary>
/// The SQL of the layer of dust monitors: each with its state and what it measured last. The state is that of the health list, and
/// <c>exceeding</c> where its site violates by its values: what accuses somebody goes before what is wrong with the device.
/// </summary>
static class MonitorTiles
{
    public const string Layer = "monitors";

    /// <summary>Who is silent, and whose values do not count, changes with the clock too, without an event.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public static string Singles(string bounds, string buffered) =>
        $"""
        SELECT public.st_asmvt(t, '{Layer}', 4096, 'g') FROM (
            SELECT s.id::text AS id, s.name, s.county, s.simulated, coalesce(v.open, 0) AS open, v.severity,
                EXISTS (SELECT FROM undecidables u WHERE u.subject_id = s.id) AS undecidable, 1 AS count,
                CASE WHEN v.dusty THEN 'exceeding' WHEN d.heard_at IS NULL OR d.heard_at < now() - interval '90 minutes' THEN 'silent'
                    WHEN l.doubted OR f.flat THEN 'suspect' ELSE 'ok' END AS state,
                l.tsp, l.pm10, public.st_asmvtgeom(s.mercator, {bounds}, 4096, 64, true) AS g
            FROM subjects s
            LEFT JOIN device_states d ON d.subject_id = s.id
            LEFT JOIN LATERAL (
                SELECT count(*)::int AS open, bool_or(rule = 'A28.Dust') AS dusty, CASE max(severity) WHEN 0 THEN 'ordinary' WHEN 1 THEN 'serious' WHEN 2 THEN 'critical' END AS severity
                FROM violations WHERE subject_id = s.id AND closed_at IS NULL) v ON true
            LEFT JOIN LATERAL (
                SELECT bool_or((m->>'Flat')::boolean AND (m->>'At')::timestamptz > now() - interval '1 hour') AS flat FROM json_array_elements(d.dust) m) f ON true
            LEFT JOIN LATERAL (
                SELECT bool_or(w.doubted) AS doubted, round(max(w.latest) FILTER (WHERE w.factor = 'a34001'))::int AS tsp, round(max(w.latest) FILTER (WHERE w.factor = 'a34002'))::int AS pm10
                FROM (
                    SELECT x.factor, EXISTS (
                            SELECT FROM readings r WHERE r.mn = s.fields->>'mn' AND r.simulated = s.simulated AND r.command = x.command AND r.factor = x.factor AND r.quality <> 0
                                AND r.at > now() - CASE WHEN x.command IN (2011, 2111) THEN interval '15 minutes' ELSE interval '70 minutes' END) AS doubted, (
                            SELECT r.value FROM readings r WHERE r.mn = s.fields->>'mn' AND r.simulated = s.simulated AND r.command = x.command AND r.factor = x.factor AND r.quality = 0
                                AND r.at > now() - interval '1 hour' AND r.at < now() + interval '1 minute' ORDER BY r.at DESC LIMIT 1) AS latest
                    FROM (VALUES (2011, 'a34001'), (2011, 'a34002'), (2111, 'a34001'), (2111, 'a34002'), (2051, 'a34001'), (2051, 'a34002'), (2052, 'a34001'), (2052, 'a34002')) AS x(command, factor)) w) l ON d.last_data_at > now() - interval '70 minutes'
            WHERE {TileSql.Own}s.kind = 'monitor' AND s.mercator && {buffered}) t
        """;
}
