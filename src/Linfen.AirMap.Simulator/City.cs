using System.Text.Json;
using Linfen.AirMap.Geo;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using NetTopologySuite.Operation.Union;

namespace Linfen.AirMap.Simulator;

/// <summary>The land on which something can burn: the counties, or one of them, read from the server's own boundaries.</summary>
public sealed class City
{
    static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory(Cgcs2000.Factory) } };

    readonly Land _land;

    City(IReadOnlyList<CountyLand> counties)
    {
        Counties = counties;
        _land = new Land(UnaryUnionOp.Union([.. counties.Select(c => c.Boundary)]));
    }

    public IReadOnlyList<CountyLand> Counties { get; }

    /// <summary>Reads a FeatureCollection of counties; <paramref name="onlyCounty"/> narrows the play to one of them.</summary>
    /// <exception cref="FormatException">There is no county in it, or not the one that is wanted.</exception>
    public static City FromGeoJson(string geoJson, string? onlyCounty = null)
    {
        using var document = JsonDocument.Parse(geoJson);
        var all = document.RootElement.GetProperty("features").EnumerateArray()
            .Select(feature => new CountyLand(
                feature.GetProperty("properties").GetProperty("code").ToString(),
                feature.GetProperty("properties").GetProperty("name").ToString(),
                feature.GetProperty("geometry").Deserialize<Geometry>(GeoJson) ?? throw new FormatException("A county has no outline.")))
            .OrderBy(county => county.Code, StringComparer.Ordinal)
            .ToList();
        var wanted = all.Where(county => onlyCounty is null || county.Code == onlyCounty).ToList();
        if (wanted.Count > 0)
        {
            return new City(wanted);
        }

        throw new FormatException(all.Count == 0
            ? "The server knows no counties yet."
            : $"There is no county {onlyCounty}. Known: {string.Join(", ", all.Select(c => $"{c.Code} {c.Name}"))}");
    }

    public bool Contains(LonLat place) => _land.Contains(place);

    /// <summary>A place anywhere on the land, each hectare as likely as the next.</summary>
    public LonLat AnyPlace(Random random) => _land.AnyPlace(random);
}

/// <summary>A county with its outline in CGCS2000.</summary>
public sealed record CountyLand(string Code, string Name, Geometry Boundary)
{
    public LonLat AnyPlace(Random random) => new Land(Boundary).AnyPlace(random);
}

/// <summary>An area less a margin, answering quickly whether a place lies on it.</summary>
sealed class Land
{
    /// <summary>About 50 m: what is played stays clear of the border, so that rounding on the wire never puts it outside.</summary>
    const double MarginDegrees = 0.0005;

    readonly Envelope _bounds;
    readonly IndexedPointInAreaLocator _locator;

    public Land(Geometry area)
    {
        var inner = area.Buffer(-MarginDegrees);
        _bounds = inner.EnvelopeInternal;
        _locator = new IndexedPointInAreaLocator(inner);
    }

    public bool Contains(LonLat place) => _locator.Locate(new Coordinate(place.Lon, place.Lat)) == Location.Interior;

    public LonLat AnyPlace(Random random)
    {
        while (true)
        {
            var place = new LonLat(
                _bounds.MinX + random.NextDouble() * _bounds.Width,
                _bounds.MinY + random.NextDouble() * _bounds.Height);
            if (Contains(place))
            {
                return place;
            }
        }
    }
}
