using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.BaseMaps;

/// <summary>Ground below the wall's map, where the city has set one up; without, none is there and no request leaves the server.</summary>
static class BaseMapEndpoints
{
    /// <summary>Ids of 天地图, each with its layer and that layer's labels.</summary>
    static readonly (string Id, string Ground, string Labels, string Zh, string En)[] National =
        [("tdt-vec", "vec", "cva", "天地图 矢量", "Tianditu map"), ("tdt-img", "img", "cia", "天地图 影像", "Tianditu imagery")];

    public static void MapBaseMaps(this IEndpointRouteBuilder app)
    {
        var maps = app.MapGroup("/api/base-maps").WithTags("Base maps");
        maps.MapGet("", List).Needs(Permission.View).Produces<BaseMapList>().WithSummary("The base maps that are set up: 天地图 through this server, PMTiles files of its own; empty where there are none");
        maps.MapGet("/tianditu/{layer}/{z:int}/{x:int}/{y:int}", Tile).Needs(Permission.View).Produces(200, contentType: "image/png").ProducesProblem(404).ProducesProblem(503)
            .WithSummary("A tile of 天地图 (img, cia, vec, cva; web Mercator, levels 1 to 18), fetched with the key that stays here");
        maps.MapGet("/files/{name}", File).Needs(Permission.View).Produces(200, contentType: "application/vnd.pmtiles").Produces(206).ProducesProblem(404)
            .WithSummary("A PMTiles file of gis-data/basemap, by ranges");
    }

    public sealed record BaseMapList(IReadOnlyList<BaseMap> Maps);

    /// <param name="Kind"><c>tiles</c> (pictures by address), <c>pictures</c> or <c>vector</c> (a PMTiles file).</param>
    /// <param name="Tiles">Addresses with {z}/{x}/{y}, the lowest first.</param>
    /// <param name="File">Address of the PMTiles file.</param>
    /// <param name="Bounds">West, south, east, north; null for everywhere.</param>
    /// <param name="Attribution">Has to stand on the map.</param>
    public sealed record BaseMap(
        string Id, string Kind, string TitleZh, string TitleEn, IReadOnlyList<string>? Tiles, string? File, int MinZoom, int MaxZoom, IReadOnlyList<double>? Bounds, string? Attribution);

    static Ok<BaseMapList> List(Tianditu tianditu, IOptions<BaseMapOptions> options, Settings settings)
    {
        IEnumerable<BaseMap> national = tianditu.IsConfigured
            ? National.Select(n => new BaseMap(
                n.Id, "tiles", n.Zh, n.En, [.. new[] { n.Ground, n.Labels }.Select(l => $"/api/base-maps/tianditu/{l}/{{z}}/{{x}}/{{y}}")], null,
                TiandituLayer.FirstLevel, TiandituLayer.LastLevel, null, "© 国家地理信息公共服务平台 天地图"))
            : [];
        var files = TileArchive.In(FolderOf(options.Value, settings)).Select(a => new BaseMap(
            "file-" + a.Name, a.IsVector ? "vector" : "pictures", a.Name, a.Name, null, $"/api/base-maps/files/{Uri.EscapeDataString(a.Name)}?v={a.Version}", a.MinZoom, a.MaxZoom, a.Bounds, null));
        return TypedResults.Ok(new BaseMapList([.. national, .. files]));
    }

    static string FolderOf(BaseMapOptions options, Settings settings) => options.Folder.Length > 0 ? options.Folder : Path.Combine(settings.GisData, "basemap");

    static async Task<IResult> Tile(string layer, int z, int x, int y, HttpContext context, Tianditu tianditu, CancellationToken cancellation)
    {
        if (!tianditu.IsConfigured || !TiandituLayer.Has(layer, z, x, y))
        {
            return Problems.NotFound("such tile of a base map");
        }

        var (picture, mediaType, fault) = await tianditu.GetAsync(layer, z, x, y, cancellation);
        if (picture is null)
        {
            return Problems.Of(503, "base-map-unavailable", "The base map does not answer with a picture at the moment.", new Dictionary<string, object?>(StringComparer.Ordinal) { ["reason"] = fault });
        }

        context.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Bytes(picture, mediaType);
    }

    static IResult File(string name, HttpContext context, IOptions<BaseMapOptions> options, Settings settings)
    {
        if (TileArchive.Find(FolderOf(options.Value, settings), name) is not { } archive)
        {
            return Problems.NotFound("such base map");
        }

        context.Response.Headers.CacheControl = "private, no-cache";
        return TypedResults.PhysicalFile(archive.Path, "application/vnd.pmtiles", enableRangeProcessing: true, lastModified: new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(archive.Path)), entityTag: new($"\"{archive.Version}\""));
    }
}
