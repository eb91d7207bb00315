using System.Globalization;
using System.Net;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using NetTopologySuite.Features;
using NetTopologySuite.IO.VectorTiles;
using NetTopologySuite.IO.VectorTiles.Mapbox;
using Xunit;
using TileAddress = NetTopologySuite.IO.VectorTiles.Tiles.Tile;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>A tile as a client gets it: read by a decoder that is not ours.</summary>
sealed record DrawnTile(HttpStatusCode Status, string? ETag, VectorTile Content, TileAddress Address)
{
    const int Extent = 4096;

    /// <param name="filter">The value of <c>f=</c>.</param>
    public static Task<DrawnTile> GetAsync(AirMapServer server, string layers, int zoom, LonLat place, string? knownTag = null, string? filter = null) =>
        GetAsync(server.Client, layers, zoom, place, knownTag, filter);

    /// <summary>As somebody else gets it.</summary>
    public static async Task<DrawnTile> GetAsync(HttpClient client, string layers, int zoom, LonLat place, string? knownTag = null, string? filter = null)
    {
        var address = At(zoom, place);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(PathOf(layers, address) + (filter is null ? "" : "?f=" + filter), UriKind.Relative));
        if (knownTag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", knownTag);
        }

        using var response = await client.SendAsync(request);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        var content = new VectorTile();
        if (response.StatusCode == HttpStatusCode.OK)
        {
            Assert.Equal("application/vnd.mapbox-vector-tile", response.Content.Headers.ContentType?.MediaType);
            await using var body = await response.Content.ReadAsStreamAsync();
            content = new MapboxTileReader().Read(body, address);
        }

        return new(response.StatusCode, response.Headers.ETag?.ToString(), content, address);
    }

    /// <summary>Column and row of the tile around a place, by the formula of web Mercator.</summary>
    public static TileAddress At(int zoom, LonLat place)
    {
        var (x, y) = Fraction(zoom, place.Lon, place.Lat);
        return new((int)x, (int)y, zoom);
    }

    public static string PathOf(string layers, TileAddress tile) =>
        string.Create(CultureInfo.InvariantCulture, $"tiles/{layers}/{tile.Zoom}/{tile.X}/{tile.Y}.mvt");

    public IReadOnlyList<string> LayerNames => [.. Content.Layers.Select(l => l.Name)];

    public IEnumerable<IFeature> Features(string layer) => Content.Layers.Where(l => l.Name == layer).SelectMany(l => l.Features);

    /// <summary>Without what lies in the margin and is drawn by the neighbour.</summary>
    public IEnumerable<IFeature> OwnPoints(string layer) => Features(layer).Where(f =>
    {
        var (x, y) = Fraction(Address.Zoom, f.Geometry.Coordinate.X, f.Geometry.Coordinate.Y);
        var (column, row) = (Math.Round((x - Address.X) * Extent), Math.Round((y - Address.Y) * Extent));
        return column is >= 0 and < Extent && row is >= 0 and < Extent;
    });

    public IFeature? Find(string layer, string id) => Features(layer).SingleOrDefault(f => f.Attributes.GetOptionalValue("id") as string == id);

    static (double X, double Y) Fraction(int zoom, double lon, double lat)
    {
        var radians = lat * Math.PI / 180;
        return ((lon + 180) / 360 * (1 << zoom), (1 - Math.Asinh(Math.Tan(radians)) / Math.PI) / 2 * (1 << zoom));
    }
}

static class DrawnFeature
{
    /// <summary>Names of the attributes, in order.</summary>
    public static IReadOnlyList<string> Names(this IFeature feature) => [.. feature.Attributes.GetNames().Order(StringComparer.Ordinal)];
}
