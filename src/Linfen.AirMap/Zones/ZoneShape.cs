using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Linfen.AirMap.Zones;

/// <summary>
/// Reads the polygon of a zone position by position, so that every fault is named with its coordinate: a ring that does not close, crosses
/// itself, or lies where it cannot.
/// </summary>
sealed class ZoneShape
{
    const int MostVertices = 100_000;

    /// <summary>Enough to mend a drawing by; a file of nonsense is not told line by line.</summary>
    const int MostFaults = 50;

    readonly CoordinateSystem system;
    readonly List<string> faults;
    readonly int known;
    int vertices;

    ZoneShape(CoordinateSystem system, List<string> faults) => (this.system, this.faults, known) = (system, faults, faults.Count);

    bool IsFaulty => faults.Count > known;

    /// <summary>A Polygon or MultiPolygon of GeoJSON in the given system, as CGCS2000; null with faults when it cannot be one.</summary>
    public static MultiPolygon? Read(JsonElement geometry, CoordinateSystem system, List<string> found)
    {
        var reader = new ZoneShape(system, found);
        var polygons = reader.Polygons(geometry);
        if (reader.IsFaulty)
        {
            return null;
        }

        var shape = Database.Geometry.CreateMultiPolygon([.. polygons]);
        reader.CheckTopology(shape);
        return reader.IsFaulty ? null : shape;
    }

    /// <summary>What is wrong with a shape's rings and their order; empty when it is valid.</summary>
    public static List<string> FaultsOf(MultiPolygon shape)
    {
        var reader = new ZoneShape(CoordinateSystem.Cgcs2000, []);
        reader.CheckTopology(shape);
        return reader.faults;
    }

    public static string Place(Coordinate at) => string.Create(CultureInfo.InvariantCulture, $"{at.X:0.######}, {at.Y:0.######}");

    List<Polygon> Polygons(JsonElement geometry)
    {
        var type = geometry.ValueKind == JsonValueKind.Object && geometry.TryGetProperty("type", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        if (type is not ("Polygon" or "MultiPolygon") || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
        {
            Fault(type is null or "Polygon" or "MultiPolygon" ? "is no GeoJSON geometry with coordinates" : $"{type} is not taken here; Polygon or MultiPolygon is");
            return [];
        }

        JsonElement[] parts = type == "Polygon" ? [coordinates] : [.. coordinates.EnumerateArray()];
        var polygons = new List<Polygon>();
        for (var i = 0; i < parts.Length; i++)
        {
            if (ReadPolygon(parts[i], parts.Length == 1 ? "" : $"polygon {i + 1}, ") is { } polygon)
            {
                polygons.Add(polygon);
            }
        }

        if (polygons.Count == 0 && !IsFaulty)
        {
            Fault("is empty");
        }

        return polygons;
    }

    Polygon? ReadPolygon(JsonElement part, string where)
    {
        if (part.ValueKind != JsonValueKind.Array || part.GetArrayLength() == 0)
        {
            Fault(where + "has no rings");
            return null;
        }

        var rings = new List<LinearRing>();
        foreach (var element in part.EnumerateArray())
        {
            if (ReadRing(element, $"{where}ring {rings.Count + 1}") is not { } ring)
            {
                return null;
            }

            rings.Add(ring);
        }

        return Database.Geometry.CreatePolygon(Turned(rings[0], counterClockwise: true), [.. rings.Skip(1).Select(hole => Turned(hole, counterClockwise: false))]);
    }

    LinearRing? ReadRing(JsonElement element, string where)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() == 0)
        {
            Fault($"{where} is empty");
            return null;
        }

        vertices += element.GetArrayLength();
        if (vertices > MostVertices)
        {
            Fault(string.Create(CultureInfo.InvariantCulture, $"has more than {MostVertices} vertices"));
            return null;
        }

        var given = new List<Coordinate>();
        var placed = new List<Coordinate>();
        var before = faults.Count;
        foreach (var position in element.EnumerateArray())
        {
            Position(position, $"{where}, position {given.Count + 1}", given, placed);
        }

        if (faults.Count > before)
        {
            return null;
        }

        if (!given[0].Equals2D(given[^1]))
        {
            Fault($"{where} is not closed: it begins at {Place(given[0])} and ends at {Place(given[^1])}");
            return null;
        }

        if (given.Count < 4)
        {
            Fault(string.Create(CultureInfo.InvariantCulture, $"{where} at {Place(given[0])} has {given.Count} positions; a ring needs at least 4"));
            return null;
        }

        placed[^1] = placed[0].Copy();
        return Database.Geometry.CreateLinearRing([.. placed]);
    }

    void Position(JsonElement position, string where, List<Coordinate> given, List<Coordinate> placed)
    {
        var (x, y) = (double.NaN, double.NaN);
        if (position.ValueKind == JsonValueKind.Array && position.GetArrayLength() >= 2
            && position[0].ValueKind == JsonValueKind.Number && position[1].ValueKind == JsonValueKind.Number)
        {
            (x, y) = (position[0].GetDouble(), position[1].GetDouble());
        }

        given.Add(new(x, y));
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            Fault($"{where}: is no pair of numbers");
        }
        else if (!system.IsProjected && (x is < -180 or > 180 || y is < -90 or > 90))
        {
            Fault(x is >= -90 and <= 90 && y is >= -180 and <= 180 ? $"{where} ({Place(given[^1])}): longitude and latitude seem to be swapped" : $"{where} ({Place(given[^1])}): is no place on the Earth");
        }
        else if (system.ToCgcs2000(x, y) is { Lon: >= -180 and <= 180, Lat: >= -90 and <= 90 } at)
        {
            placed.Add(new(at.Lon, at.Lat));
        }
        else
        {
            Fault($"{where} ({Place(given[^1])}): is no place in {system}");
        }
    }

    void CheckTopology(MultiPolygon shape)
    {
        foreach (var ring in shape.Geometries.Cast<Polygon>().SelectMany(polygon => polygon.InteriorRings.Prepend(polygon.ExteriorRing)))
        {
            var simple = new IsSimpleOp(ring) { FindAllLocations = true };
            foreach (var at in simple.NonSimpleLocations)
            {
                Fault($"a ring crosses or touches itself at {Place(at)}");
            }
        }

        if (!IsFaulty && new IsValidOp(shape).ValidationError is { } fault)
        {
            Fault($"{fault.Message} at {Place(fault.Coordinate)}");
        }
    }

    /// <summary>Shells counter-clockwise, holes clockwise, as RFC 7946 asks.</summary>
    static LinearRing Turned(LinearRing ring, bool counterClockwise) =>
        Orientation.IsCCW(ring.CoordinateSequence) == counterClockwise ? ring : (LinearRing)ring.Reverse();

    void Fault(string what)
    {
        if (faults.Count - known < MostFaults)
        {
            faults.Add("geometry: " + what);
        }
    }
}
