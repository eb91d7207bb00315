using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using NetTopologySuite.Operation.Valid;

namespace Linfen.AirMap.Subjects;

/// <summary>Geometry at the door: read, made CGCS2000, checked.</summary>
static class Shapes
{
    const int MostVertices = 100_000;

    static readonly JsonSerializerOptions Options = new() { Converters = { new GeoJsonConverterFactory(Database.Geometry) }, MaxDepth = 32 };

    /// <summary>A point from numbers in the given system; null with a fault when it cannot be one.</summary>
    public static Point? Point(double x, double y, CoordinateSystem system, List<string> faults)
    {
        if (Convert(new Coordinate(x, y), system) is { } at)
        {
            return Database.Geometry.CreatePoint(at);
        }

        faults.Add(system.IsProjected || x is < -90 or > 90 || y is >= -90 and <= 90
            ? "lon, lat: are no place on the Earth"
            : "lon, lat: seem to be swapped; longitude comes first");
        return null;
    }

    /// <summary>A GeoJSON geometry in the given system.</summary>
    public static Geometry? Read(JsonElement geometry, CoordinateSystem system, List<string> faults)
    {
        try
        {
            return geometry.Deserialize<Geometry>(Options) is { } shape ? Take(shape, system, faults) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException or NotSupportedException or FormatException or IndexOutOfRangeException or KeyNotFoundException)
        {
            faults.Add("geometry: is no GeoJSON geometry");
            return null;
        }
    }

    /// <summary>Makes a shape CGCS2000 and checks that it is valid: no crossing rings, no holes outside.</summary>
    public static Geometry? Take(Geometry shape, CoordinateSystem system, List<string> faults)
    {
        if (shape.IsEmpty || shape.NumPoints > MostVertices)
        {
            faults.Add(shape.IsEmpty ? "geometry: is empty" : $"geometry: has more than {MostVertices} vertices");
            return null;
        }

        var converted = Convert(shape, system);
        if (converted is null)
        {
            faults.Add("geometry: has coordinates that are no place on the Earth");
            return null;
        }

        var fault = new IsValidOp(converted).ValidationError;
        if (fault is not null)
        {
            faults.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"geometry: {fault.Message} near {fault.Coordinate.X:F6}, {fault.Coordinate.Y:F6}"));
            return null;
        }

        return converted;
    }

    static Geometry? Convert(Geometry shape, CoordinateSystem system)
    {
        var copy = Database.Geometry.CreateGeometry(shape);
        var good = true;
        foreach (var coordinate in copy.Coordinates)
        {
            if (Convert(coordinate, system) is { } at)
            {
                (coordinate.X, coordinate.Y) = (at.X, at.Y);
            }
            else
            {
                good = false;
            }
        }

        copy.GeometryChanged();
        return good ? copy : null;
    }

    static Coordinate? Convert(Coordinate given, CoordinateSystem system)
    {
        if (!double.IsFinite(given.X) || !double.IsFinite(given.Y) || (!system.IsProjected && (given.X is < -180 or > 180 || given.Y is < -90 or > 90)))
        {
            return null;
        }

        var at = system.ToCgcs2000(given.X, given.Y);
        return double.IsFinite(at.Lon) && double.IsFinite(at.Lat) && at.Lon is >= -180 and <= 180 && at.Lat is >= -90 and <= 90 ? new(at.Lon, at.Lat) : null;
    }
}
