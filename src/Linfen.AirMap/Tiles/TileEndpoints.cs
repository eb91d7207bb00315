using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Tiles;

/// <summary>Vector tiles: one layer, or several in one tile (<c>/tiles/counties,fires/8/207/99.mvt</c>).</summary>
static class TileEndpoints
{
    const string MediaType = "application/vnd.mapbox-vector-tile";

    public static void MapTiles(this IEndpointRouteBuilder app)
    {
        // It listens to the log from the start: made by the first request, it would miss what came before.
        app.ServiceProvider.GetRequiredService<TileCache>();
        var tiles = app.MapGroup("/tiles").WithTags("Tiles");
        tiles.MapGet("/{layers}/{z:int}/{x:int}/{y:int}.mvt", Tile).Open("Outlines and zones in force are public; every other layer asks by itself.").WithSummary("A vector tile of one or several layers; f= narrows cases: a36, critical, serious, ordinary, overdue, burning, opened, county:141024, with commas");
        tiles.MapGet("/{layers}", Describe).Open("Tells names of layers and fields, no data.").WithSummary("TileJSON 3.0 of one or several layers");
    }

    /// <summary>The names in drawing order, so that the same layers in another order are the same tile; null when one is unknown or named twice.</summary>
    static string[]? Parse(string layers)
    {
        var names = layers.Split(',');
        string[] ordered = [.. TileSql.Layers.Where(layer => names.Contains(layer, StringComparer.Ordinal))];
        return ordered.Length == names.Length ? ordered : null;
    }

    static bool MaySee(ClaimsPrincipal user, string[] names) =>
        Array.TrueForAll(names, layer => TileSql.Needs.TryGetValue(layer, out var needed) && (needed is not { } permission || user.May(permission)));

    static async Task<IResult> Tile(
        string layers, int z, int x, int y, HttpContext context, TileCache cache, TilePress press, IOptions<TileOptions> options, TimeProvider clock,
        CancellationToken cancellation, [FromQuery(Name = "f")] string? wanted = null)
    {
        if (Parse(layers) is not { } names)
        {
            return Problems.NotFound($"such layer; there are {string.Join(", ", TileSql.Layers)}");
        }

        if (!MaySee(context.User, names))
        {
            return context.User.Caller() is null
                ? Problems.Of(401, "sign-in-required", "Sign in, or send a key.") : Problems.Of(403, "forbidden", "This account may not see that layer.");
        }

        if (z < 0 || z > options.Value.MaxZoom || x < 0 || y < 0 || x >= 1 << z || y >= 1 << z)
        {
            return Problems.NotFound($"such tile; zooms are 0 to {options.Value.MaxZoom}");
        }

        if (!TileFilter.TryParse(wanted, out var asked))
        {
            return Problems.Of(400, "query-invalid", TileFilter.Grammar);
        }

        // Taken before the read: the tile may be newer than its tag says, never older.
        var now = clock.GetUtcNow();
        var endedSince = Beijing.DayOf(now).AddDays(-options.Value.EndedDays);
        var scope = Array.TrueForAll(names, layer => TileSql.Needs[layer] is null) ? Scope.City : asked.Within(context.User.Scope());
        var filter = asked.For(names);
        // Whether a fire burns is told by its own layer.
        var tag = cache.ETag(filter.Burning && !names.Contains("fires", StringComparer.Ordinal) ? [.. names, "fires"] : names, endedSince, now, scope.Key + filter.Key(now));
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        if (tag is not null && context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var key = $"{string.Join(',', names)}/{z}/{x}/{y}/{tag}";
        if (tag is null || !cache.TryGet(key, out var tile))
        {
            tile = await press.DrawAsync(new(names, z, x, y, endedSince, filter, now, scope.Codes), cancellation);
            if (tag is not null)
            {
                tile = cache.Keep(key, tile);
            }
        }

        return tile.Length == 0 ? TypedResults.NoContent() : TypedResults.Bytes(tile, MediaType);
    }

    /// <summary>TileJSON 3.0.</summary>
    public sealed record TileJson(
        string Tilejson, string Name, string[] Tiles, double[] Bounds, int Minzoom, int Maxzoom, string Scheme,
        [property: System.Text.Json.Serialization.JsonPropertyName("vector_layers")] IReadOnlyList<VectorLayer> VectorLayers);

    public sealed record VectorLayer(string Id, IReadOnlyDictionary<string, string> Fields);

    static IResult Describe(string layers, HttpRequest request, AtlasKeeper atlas, IOptions<TileOptions> options)
    {
        if (Parse(layers) is not { } names)
        {
            return Problems.NotFound($"such layer; there are {string.Join(", ", TileSql.Layers)}");
        }

        var city = new Envelope();
        foreach (var county in atlas.Current.ByCode.Values)
        {
            city.ExpandToInclude(county.Boundary.EnvelopeInternal);
        }

        return TypedResults.Ok(new TileJson(
            "3.0.0",
            "Linfen AirMap: " + layers,
            [$"{request.Scheme}://{request.Host}/tiles/{layers}/{{z}}/{{x}}/{{y}}.mvt"],
            city.IsNull ? [-180, -85, 180, 85] : [city.MinX, city.MinY, city.MaxX, city.MaxY],
            0,
            options.Value.MaxZoom,
            "xyz",
            [.. names.Select(n => new VectorLayer(n, Fields(n)))]));
    }

    static Dictionary<string, string> Fields(string layer) => (layer switch
    {
        "counties" => new (string, string)[] { ("code", "String"), ("name", "String") },
        "fires" =>
        [
            ("id", "String"), ("status", "String"), ("county", "String"), ("first_seen", "Number"), ("last_seen", "Number"), ("detections", "Number"),
            ("radius_m", "Number"), ("simulated", "Boolean"), ("count", "Number"), ("attributed", "Boolean"),
        ],
        "zones" => [("id", "String"), ("version", "Number"), ("kind", "Number"), ("name", "String"), ("document", "String"), ("from", "String"), ("to", "String"), ("simulated", "Boolean")],
        MonitorTiles.Layer =>
        [
            ("id", "String"), ("name", "String"), ("county", "String"), ("simulated", "Boolean"), ("open", "Number"), ("severity", "String"), ("undecidable", "Boolean"), ("count", "Number"),
            ("state", "String"), ("tsp", "Number"), ("pm10", "Number"),
        ],
        _ when RegisterTiles.KindOf.ContainsKey(layer) =>
        [
            ("id", "String"), ("name", "String"), ("county", "String"), ("simulated", "Boolean"), ("open", "Number"), ("severity", "String"), ("undecidable", "Boolean"), ("count", "Number"),
        ],
        _ =>
        [
            ("id", "String"), ("rule", "String"), ("article", "Number"), ("severity", "String"), ("county", "String"), ("opened_at", "Number"),
            ("due_at", "Number"), ("simulated", "Boolean"), ("kind", "String"), ("count", "Number"), ("critical", "Number"), ("serious", "Number"), ("ordinary", "Number"),
        ],
    }).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal);
}
