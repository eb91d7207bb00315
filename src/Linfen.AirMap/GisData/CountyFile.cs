using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using NetTopologySuite.Algorithm.Construct;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using NetTopologySuite.Operation.Union;

namespace Linfen.AirMap.GisData;

/// <summary>Reads county boundaries from GeoJSON and refuses what would break the map.</summary>
static class CountyFile
{
    /// <summary>Borders that run this near without meeting were meant to be one: about 50 m.</summary>
    const double WidestGapDegrees = 0.0005;

    /// <exception cref="GisDataException">With every fault that was found.</exception>
    public static async Task<List<County>> ReadAsync(string path, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var counties = new List<County>();
        foreach (var feature in await GeoJson.ReadAsync(path, cancellation))
        {
            var code = GeoJson.Text(feature, "code");
            if (code is not { Length: 6 } || !code.All(char.IsAsciiDigit))
            {
                faults.Add($"code '{code}' is not six digits");
            }
            else if (ToMultiPolygon(feature.Geometry) is not { } boundary)
            {
                faults.Add($"{code}: the geometry is no polygon");
            }
            else if (!GeoJson.IsInDegrees(boundary))
            {
                faults.Add($"{code}: the corners are not in degrees of longitude and latitude");
            }
            else if (boundary.IsEmpty || !boundary.IsValid)
            {
                faults.Add($"{code}: the polygon is not valid");
            }
            else
            {
                counties.Add(new(code, GeoJson.Text(feature, "name") ?? code, GeoJson.Text(feature, "nameEn") ?? code, boundary, LabelOf(boundary),
                    Geodesic.AreaSquareMetres(boundary) / 1e6));
            }
        }

        CheckTogether(counties, faults);
        return faults.Count == 0 ? counties : throw GisDataException.Refused(path, faults);
    }

    static void CheckTogether(List<County> counties, List<string> faults)
    {
        if (counties.Count == 0)
        {
            faults.Add("it holds no county that could be read");
            return;
        }

        // A county that could not be read would only be named once more as a hole.
        if (faults.Count == 0)
        {
            faults.AddRange(Holes(counties));
        }

        faults.AddRange(counties.GroupBy(c => c.Code, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"code {g.Key} stands in it {g.Count()} times"));
        var invalid = CoverageValidator.Validate([.. counties.Select(c => (Geometry)c.Boundary)], WidestGapDegrees);
        for (var i = 0; i < invalid.Length; i++)
        {
            if (invalid[i] is { IsEmpty: false } edge)
            {
                var at = edge.Coordinate;
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{counties[i].Code}: gap or overlap with a neighbour near {at.X:F5}, {at.Y:F5}"));
            }
        }
    }

    /// <summary>Counties surround nothing: a hole among them is a county that is missing, or a gap too wide to be a slip of the pen.</summary>
    static IEnumerable<string> Holes(List<County> counties) =>
        from polygon in Polygons(UnaryUnionOp.Union(counties.Select(c => (Geometry)c.Boundary)))
        from hole in polygon.InteriorRings
        select string.Create(CultureInfo.InvariantCulture, $"gap among the counties around {hole.EnvelopeInternal.Centre.X:F5}, {hole.EnvelopeInternal.Centre.Y:F5}");

    static IEnumerable<Polygon> Polygons(Geometry geometry) => geometry switch
    {
        Polygon one => [one],
        GeometryCollection many => many.Geometries.SelectMany(Polygons),
        _ => [],
    };

    static MultiPolygon? ToMultiPolygon(Geometry? geometry) => geometry switch
    {
        MultiPolygon many => many,
        Polygon one => Database.Geometry.CreateMultiPolygon([one]),
        _ => null,
    };

    /// <summary>The centre of the largest circle inside: a name stands there without crossing the border.</summary>
    static Point LabelOf(MultiPolygon boundary)
    {
        var largest = boundary.Geometries.MaxBy(g => g.Area)!;
        var centre = MaximumInscribedCircle.GetCenter(largest, 0.002);
        return Database.Geometry.CreatePoint(centre.Coordinate);
    }
}

/// <summary>A file of map data was refused; the message lists why.</summary>
sealed class GisDataException(string message) : Exception(message)
{
    public static GisDataException Refused(string path, IEnumerable<string> faults) =>
        new($"{Path.GetFileName(path)} was not taken:\n- " + string.Join("\n- ", faults));
}

/// <summary>GeoJSON files in CGCS2000.</summary>
static class GeoJson
{
    static readonly JsonSerializerOptions Options = new() { Converters = { new GeoJsonConverterFactory(Database.Geometry) } };

    public static async Task<IReadOnlyList<NetTopologySuite.Features.IFeature>> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var collection = await JsonSerializer.DeserializeAsync<NetTopologySuite.Features.FeatureCollection>(file, Options, cancellation);
            return [.. collection ?? []];
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException or ArgumentException or NotSupportedException)
        {
            throw new GisDataException($"{path} cannot be read as a GeoJSON FeatureCollection: {e.Message}");
        }
    }

    public static bool IsInDegrees(Geometry geometry) =>
        geometry.Coordinates.All(c => c.X is >= -180 and <= 180 && c.Y is >= -90 and <= 90);

    public static string? Text(NetTopologySuite.Features.IFeature feature, string name) =>
        feature.Attributes?.GetOptionalValue(name)?.ToString();
}
