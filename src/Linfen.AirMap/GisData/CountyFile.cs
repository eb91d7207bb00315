using System.Text.Json;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using NetTopologySuite.Algorithm.Construct;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Linfen.AirMap.GisData;

/// <summary>Reads county boundaries from GeoJSON and refuses what would break the map.</summary>
static class CountyFile
{
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
            else if (!boundary.IsValid)
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
        return faults.Count == 0 ? counties : throw new GisDataException($"{Path.GetFileName(path)} was not taken:\n- " + string.Join("\n- ", faults));
    }

    static void CheckTogether(List<County> counties, List<string> faults)
    {
        if (counties.Count == 0)
        {
            faults.Add("it holds no county");
            return;
        }

        faults.AddRange(counties.GroupBy(c => c.Code, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"code {g.Key} stands in it {g.Count()} times"));
        var invalid = CoverageValidator.Validate([.. counties.Select(c => (Geometry)c.Boundary)]);
        for (var i = 0; i < invalid.Length; i++)
        {
            if (invalid[i] is { IsEmpty: false } edge)
            {
                var at = edge.Coordinate;
                faults.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{counties[i].Code}: gap or overlap with a neighbour near {at.X:F5}, {at.Y:F5}"));
            }
        }
    }

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
sealed class GisDataException(string message) : Exception(message);

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

    public static string? Text(NetTopologySuite.Features.IFeature feature, string name) =>
        feature.Attributes?.GetOptionalValue(name)?.ToString();
}
