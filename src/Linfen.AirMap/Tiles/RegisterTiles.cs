namespace Linfen.AirMap.Tiles;

/// <summary>
/// The SQL of the layers of registers and zones. A subject shows what stands about it: its open violations with the worst severity, and
/// whether a rule waits for a fact. Far out, subjects are summed up on a grid: a hundred thousand boilers must not weigh down the overview.
/// </summary>
static class RegisterTiles
{
    /// <summary>From this zoom on every subject is drawn by itself.</summary>
    public const int FirstZoomWithSingles = 10;

    /// <summary>Layer by register kind, in drawing order.</summary>
    public static IReadOnlyDictionary<string, string> KindOf { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["parks"] = "park",
        ["land"] = "land",
        ["yards"] = "yard",
        ["roads"] = "road",
        ["sites"] = "site",
        ["boilers"] = "boiler",
        ["plants"] = "plant",
        ["machines"] = "machine",
        ["monitors"] = "monitor",
        ["stations"] = "station",
        ["enterprises"] = "enterprise",
        ["heat-sources"] = "heatSource",
        ["findings"] = "finding",
    };

    /// <summary>What somebody dismissed as a heat source is kept in the register and drawn no more.</summary>
    static string Shown(string layer) => layer == "heat-sources" ? " AND fields->>'status' <> 'dismissed'" : "";

    public static string Zones(string bounds, string buffered, string halfUnit) =>
        $"""
        SELECT public.st_asmvt(t, 'zones', 4096, 'g') FROM (
            SELECT id::text AS id, version, kind, name, document_number AS document, effective_from::text AS "from", effective_to::text AS "to", simulated,
                public.st_asmvtgeom(public.st_simplify(mercator, {halfUnit}, true), {bounds}, 4096, 64, true) AS g
            FROM zone_versions
            WHERE effective_from <= (now() AT TIME ZONE 'Asia/Shanghai')::date AND (effective_to IS NULL OR effective_to >= (now() AT TIME ZONE 'Asia/Shanghai')::date)
                AND mercator && {buffered}) t
        """;

    /// <summary>Each subject of a kind with the state that its sign shows.</summary>
    public static string Singles(string layer, string bounds, string buffered, string halfUnit) =>
        $"""
        SELECT public.st_asmvt(t, '{layer}', 4096, 'g') FROM (
            SELECT s.id::text AS id, s.name, s.county, s.simulated, coalesce(v.open, 0) AS open, v.severity,
                EXISTS (SELECT FROM undecidables u WHERE u.subject_id = s.id) AS undecidable, 1 AS count,
                public.st_asmvtgeom(CASE WHEN public.st_dimension(s.mercator) > 0 THEN public.st_simplify(s.mercator, {halfUnit}, true) ELSE s.mercator END, {bounds}, 4096, 64, true) AS g
            FROM subjects s
            LEFT JOIN LATERAL (
                SELECT count(*)::int AS open, CASE max(severity) WHEN 0 THEN 'ordinary' WHEN 1 THEN 'serious' WHEN 2 THEN 'critical' END AS severity
                FROM violations WHERE subject_id = s.id AND closed_at IS NULL) v ON true
            WHERE {TileSql.Own}s.kind = '{KindOf[layer]}'{Shown(layer)} AND s.mercator && {buffered}) t
        """;

    /// <summary>How many stand in each cell of the grid.</summary>
    /// <param name="cell">Expression that snaps a point of <c>mercator</c> to the middle of its cell.</param>
    public static string Gridded(string layer, string bounds, string cell) =>
        $"""
        SELECT public.st_asmvt(t, '{layer}', 4096, 'g') FROM (
            SELECT NULL::text AS id, min(name) AS name, min(county) AS county, bool_and(simulated) AS simulated, 0 AS open, NULL::text AS severity,
                false AS undecidable, count(*)::int AS count, public.st_asmvtgeom(cell, {bounds}, 4096, 64, true) AS g
            FROM (SELECT name, county, simulated, {cell} AS cell FROM (
                SELECT name, county, simulated, public.st_transform(position, 3857) AS mercator FROM subjects WHERE {TileSql.Own}kind = '{KindOf[layer]}'{Shown(layer)} AND mercator && {bounds}) p) c
            GROUP BY cell) t
        """;
}
