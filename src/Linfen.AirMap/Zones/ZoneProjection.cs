using System.Text.Json;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Zones;

/// <summary>A coordinate system in which zones are written into a file, or in which a file says to be.</summary>
sealed class ZoneProjection(CoordinateSystem system) : ICoordinateSequenceFilter
{
    public const string Taken = "CGCS2000, WGS84, GCJ02, BD09, EPSG:4546";

    /// <summary>Of degrees and of metres: a tenth of a millimetre, so that the way there and back stays within one.</summary>
    const int Degrees = 9;
    const int Metres = 4;

    /// <summary>About the middle of the city. A system that cannot tell it back is one of other longitudes.</summary>
    static readonly LonLat Middle = new(111.5, 36.1);

    public string Name => system.Name;

    public int Decimals => system.IsProjected ? Metres : Degrees;

    public bool Done => false;

    public bool GeometryChanged => true;

    /// <summary>Null, with the fault, for a name that is not known or a zone of other longitudes; both null when none is named.</summary>
    public static (ZoneProjection? Projection, string? Fault) Read(string? named)
    {
        if (string.IsNullOrWhiteSpace(named))
        {
            return (null, null);
        }

        if (!CoordinateSystem.TryParse(named, out var system))
        {
            return (null, $"crs is not known; for example {Taken}.");
        }

        var (x, y) = system.FromCgcs2000(Middle);
        var back = system.ToCgcs2000(x, y);
        return Math.Abs(back.Lon - Middle.Lon) < 1e-8 && Math.Abs(back.Lat - Middle.Lat) < 1e-8
            ? (new(system), null)
            : (null, $"crs is of other longitudes than the city; for example {Taken}.");
    }

    /// <summary>The shape in this system; that of the zone stays as it is.</summary>
    public Geometry Of(Geometry shape)
    {
        var copy = shape.Copy();
        copy.Apply(this);
        return copy;
    }

    public void Filter(CoordinateSequence seq, int i)
    {
        var (x, y) = system.FromCgcs2000(new(seq.GetX(i), seq.GetY(i)));
        seq.SetX(i, x);
        seq.SetY(i, y);
    }

    /// <summary>As drafts of GeoJSON before RFC 7946 name it, which desktop programs read.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject("crs");
        json.WriteString("type", "name");
        json.WriteStartObject("properties");
        json.WriteString("name", system.IsProjected ? "urn:ogc:def:crs:EPSG::" + Name["EPSG:".Length..] : Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The system that a collection names; null when it names none.</summary>
    public static string? Named(JsonElement collection) =>
        !collection.TryGetProperty("crs", out var crs) ? null
        : crs.ValueKind == JsonValueKind.String ? crs.GetString()
        : crs.ValueKind == JsonValueKind.Object && crs.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
