using System.Text.Json;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Linfen.AirMap.Geo.Tests;

/// <summary>The files of gis-data/, as a fresh installation loads them.</summary>
static class ShippedData
{
    static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory(Cgcs2000.Factory) } };

    public static FeatureCollection Counties { get; } = Read("counties.geojson");

    public static FeatureCollection Plants { get; } = Read("plants.geojson");

    public static string Path(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, "gis-data", file);

    /// <summary>Names of the counties that contain or touch a point.</summary>
    public static string[] CountiesAt(Point point) =>
        [.. Counties.Where(county => county.Geometry.Covers(point)).Select(county => (string)county.Attributes["name"])];

    static FeatureCollection Read(string file)
    {
        using var stream = File.OpenRead(Path(file));
        return JsonSerializer.Deserialize<FeatureCollection>(stream, GeoJson)!;
    }
}
