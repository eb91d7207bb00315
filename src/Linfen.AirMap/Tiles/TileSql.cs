using System.Globalization;
using Linfen.AirMap.Accounts;

namespace Linfen.AirMap.Tiles;

/// <summary>
/// The SQL of the vector tiles (Mapbox Vector Tile 2.1): $1 zoom, $2 column, $3 row; one bytea out. Geometry is looked up by the
/// buffered bounds of the tile and clipped exactly; polygons are simplified to half a pixel of the 4096 grid before clipping,
/// because the number of vertices rules the cost at low zooms.
/// </summary>
public static class TileSql
{
    /// <summary>Below this zoom history is summed up on a grid: a year of satellites must not weigh down the overview.</summary>
    public const int FirstZoomWithSingleHistory = 10;

    /// <summary>
    /// Below this zoom of the fires that are over and would hide each other one is drawn: a busy week must not weigh down a wall that stays open.
    /// </summary>
    public const int FirstZoomWithSingleEnded = 12;

    /// <summary>Deeper than this all statements are alike.</summary>
    internal const int LastZoomOfItsOwn = FirstZoomWithSingleEnded;

    /// <summary>Below this zoom violations of subjects are summed up on a grid.</summary>
    public const int FirstZoomWithSingleViolations = 9;

    /// <summary>Parameter of the layer of fires: those that ended earlier are not drawn.</summary>
    public const string EndedSince = "$4";

    /// <summary>Stands where a scope goes: nothing for those who see the whole city, whose statements stay what they are.</summary>
    internal const string Own = "/*own*/";

    /// <summary>Stands where a filter of violations goes: nothing where all are drawn, whose statements stay what they are.</summary>
    const string Chosen = "/*chosen*/";

    const string Bounds = "public.st_tileenvelope($1, $2, $3)";

    /// <summary>The tile with a margin of 64/4096 of its width.</summary>
    const string Buffered = "public.st_tileenvelope($1, $2, $3, margin => 64.0 / 4096)";

    /// <summary>Width of the world in metres of EPSG:3857, in half units of the tile's grid.</summary>
    const string HalfUnit = "(40075016.7 / 4096 * 2 / (1 << $1))";

    const string Counties =
        $"""
        SELECT public.st_asmvt(t, 'counties', 4096, 'g') FROM (
            SELECT code, name, public.st_asmvtgeom(public.st_simplify(mercator, {HalfUnit}, true), {Bounds}, 4096, 64, true) AS g
            FROM counties WHERE mercator && {Buffered}) t
        """;

    const string Fire =
        """
        id::text AS id, CASE status WHEN 0 THEN 'suspected' WHEN 1 THEN 'confirmed' WHEN 2 THEN 'lapsed' WHEN 3 THEN 'out' ELSE 'refuted' END AS status,
            county, extract(epoch FROM first_seen_at)::bigint AS first_seen, extract(epoch FROM last_seen_at)::bigint AS last_seen,
            detections, radius_metres AS radius_m, simulated
        """;

    const string FireShape = $"CASE WHEN attributed_to IS NOT NULL THEN true END AS attributed, public.st_asmvtgeom(mercator, {Bounds}, 4096, 64, true) AS g";

    const string SingleFires =
        $"""
        SELECT {Fire}, 1 AS count, {FireShape}
        FROM fires WHERE {Own}status <> 5 AND status <> 6 AND (status <= 2 OR verdict_known_at >= {EndedSince}) AND mercator && {Buffered}
        """;

    /// <summary>Width of a cell of ended fires in metres of EPSG:3857: 64 cells a tile and side, so that the signs of neighbours overlap by half.</summary>
    const string SpotWidth = "(40075016.6855785::float8 / 64 / (1 << $1))";

    const string Spot = $"public.st_snaptogrid(mercator, {SpotWidth} / 2, {SpotWidth} / 2, {SpotWidth}, {SpotWidth})";

    /// <summary>What burns or has a source that explains it, each; of what is over one a cell, where it was: one that was lost from view before the latest.</summary>
    const string FiresBySpot =
        $"""
        SELECT {Fire}, 1 AS count, {FireShape}
        FROM fires WHERE {Own}status <> 5 AND status <> 6 AND (status <= 1 OR attributed_to IS NOT NULL) AND (status <= 2 OR verdict_known_at >= {EndedSince}) AND mercator && {Buffered}
        UNION ALL
        (SELECT DISTINCT ON (simulated, {Spot}) {Fire}, (count(*) OVER (PARTITION BY simulated, {Spot}))::int, {FireShape}
        FROM fires WHERE {Own}status <> 5 AND status <> 6 AND (status = 2 OR (status > 2 AND verdict_known_at >= {EndedSince})) AND attributed_to IS NULL AND mercator && {Buffered}
        ORDER BY simulated, {Spot}, status = 2 DESC, last_seen_at DESC, id)
        """;

    const string SingleHistory =
        $"""
        SELECT id::text, 'history', county, extract(epoch FROM first_seen_at)::bigint, extract(epoch FROM last_seen_at)::bigint,
            detections, radius_metres, simulated, 1, NULL::boolean, public.st_asmvtgeom(mercator, {Bounds}, 4096, 64, true)
        FROM fires WHERE {Own}status = 5 AND mercator && {Buffered}
        """;

    /// <summary>Width of a cell of the history grid in metres of EPSG:3857: 128 cells a tile and side.</summary>
    const string CellWidth = "(40075016.6855785::float8 / 128 / (1 << $1))";

    /// <summary>Snapped to the middle of its cell: cells end where tiles end, so that each belongs to one tile.</summary>
    const string Cell = $"public.st_snaptogrid(mercator, {CellWidth} / 2, {CellWidth} / 2, {CellWidth}, {CellWidth})";

    /// <summary>A cell shows how many fires and detections it stands for. Only the tile's own: a cell in a margin would be half a cell.</summary>
    const string GriddedHistory =
        $"""
        SELECT NULL::text, 'history', min(county), extract(epoch FROM min(first_seen_at))::bigint, extract(epoch FROM max(last_seen_at))::bigint,
            sum(detections)::int, max(radius_metres), bool_and(simulated), count(*)::int, NULL::boolean, public.st_asmvtgeom({Cell}, {Bounds}, 4096, 64, true)
        FROM fires WHERE {Own}status = 5 AND mercator && {Bounds}
        GROUP BY {Cell}
        """;

    const string SingleViolations =
        $"""
        SELECT id::text AS id, rule, article, CASE severity WHEN 0 THEN 'ordinary' WHEN 1 THEN 'serious' ELSE 'critical' END AS severity, county,
            extract(epoch FROM opened_at)::bigint AS opened_at, extract(epoch FROM due_at)::bigint AS due_at, simulated, subject_kind AS kind,
            1 AS count, (severity = 2)::int AS critical, (severity = 1)::int AS serious, (severity = 0)::int AS ordinary,
            public.st_asmvtgeom(mercator, {Bounds}, 4096, 64, true) AS g
        FROM violations WHERE {Own}{Chosen}closed_at IS NULL AND mercator && {Buffered}
        """;

    /// <summary>Width of a cell of violations in metres of EPSG:3857: 16 cells a tile and side, so that the sign of one does not touch the next.</summary>
    const string ClusterWidth = "(40075016.6855785::float8 / 16 / (1 << $1))";

    const string Cluster = $"public.st_snaptogrid(mercator, {ClusterWidth} / 2, {ClusterWidth} / 2, {ClusterWidth}, {ClusterWidth})";

    /// <summary>Violations of subjects by cell, split by severity, in the middle of where they stand. What burns is never summed up.</summary>
    const string GriddedViolations =
        $"""
        {SingleViolations} AND subject_kind = 'fire'
        UNION ALL
        SELECT NULL::text, NULL::text, min(article), CASE max(severity) WHEN 0 THEN 'ordinary' WHEN 1 THEN 'serious' ELSE 'critical' END, min(county),
            extract(epoch FROM min(opened_at))::bigint, extract(epoch FROM min(due_at))::bigint, bool_and(simulated), NULL::text,
            count(*)::int, (count(*) FILTER (WHERE severity = 2))::int, (count(*) FILTER (WHERE severity = 1))::int, (count(*) FILTER (WHERE severity = 0))::int,
            public.st_asmvtgeom(public.st_centroid(public.st_collect(mercator)), {Bounds}, 4096, 64, true)
        FROM violations WHERE {Own}{Chosen}closed_at IS NULL AND subject_kind <> 'fire' AND mercator && {Bounds}
        GROUP BY {Cluster}
        """;

    /// <summary>Names of the layers, in drawing order.</summary>
    public static IReadOnlyList<string> Layers { get; } = ["counties", "zones", .. RegisterTiles.KindOf.Keys, "fires", "violations"];

    /// <summary>The statement for these layers together; a tile of several layers is the bytes of each, one after the other.</summary>
    public static string For(IEnumerable<string> layers, int zoom, bool scoped = false) => For(layers, zoom, scoped, TileFilter.None);

    /// <summary>
    /// Parameters after zoom, column and row: the day of the layer of fires where it is drawn, the codes of a scope, what a filter compares with.
    /// </summary>
    internal static string For(IEnumerable<string> layers, int zoom, bool scoped, TileFilter filter)
    {
        var all = layers.ToList();
        var statement = "SELECT " + string.Join(" || ", all.Select(layer => $"coalesce(({Layer(layer, zoom)}), ''::bytea)"));
        var next = all.Contains("fires", StringComparer.Ordinal) ? 5 : 4;
        return statement
            .Replace(Own, !scoped ? "" : string.Create(CultureInfo.InvariantCulture, $"county = ANY(${next}) AND "), StringComparison.Ordinal)
            .Replace(Chosen, filter.Conditions(scoped ? next + 1 : next), StringComparison.Ordinal);
    }

    /// <summary>What a layer asks for; null where everybody may see it. A layer that is not named here is drawn for nobody.</summary>
    internal static IReadOnlyDictionary<string, Permission?> Needs { get; } = new Dictionary<string, Permission?>(StringComparer.Ordinal)
    {
        ["counties"] = null,
        ["zones"] = null,
        ["parks"] = Permission.View,
        ["land"] = Permission.View,
        ["yards"] = Permission.View,
        ["roads"] = Permission.View,
        ["sites"] = Permission.View,
        ["boilers"] = Permission.View,
        ["plants"] = Permission.View,
        ["machines"] = Permission.View,
        ["monitors"] = Permission.View,
        ["stations"] = Permission.View,
        ["enterprises"] = Permission.View,
        ["heat-sources"] = Permission.View,
        ["findings"] = Permission.View,
        ["fires"] = Permission.View,
        ["violations"] = Permission.View,
    };

    static string Layer(string name, int zoom) => name switch
    {
        "counties" => Counties,
        "fires" =>
            $"SELECT public.st_asmvt(t, 'fires', 4096, 'g') FROM ({(zoom < FirstZoomWithSingleEnded ? FiresBySpot : SingleFires)} UNION ALL {(zoom < FirstZoomWithSingleHistory ? GriddedHistory : SingleHistory)}) t",
        "violations" =>
            $"SELECT public.st_asmvt(t, 'violations', 4096, 'g') FROM ({(zoom < FirstZoomWithSingleViolations ? GriddedViolations : SingleViolations)}) t",
        "zones" => RegisterTiles.Zones(Bounds, Buffered, HalfUnit),
        MonitorTiles.Layer when zoom >= RegisterTiles.FirstZoomWithSingles => MonitorTiles.Singles(Bounds, Buffered),
        _ when RegisterTiles.KindOf.ContainsKey(name) =>
            zoom < RegisterTiles.FirstZoomWithSingles ? RegisterTiles.Gridded(name, Bounds, Cell) : RegisterTiles.Singles(name, Bounds, Buffered, HalfUnit),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such layer."),
    };
}
