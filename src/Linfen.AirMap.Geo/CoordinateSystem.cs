using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Linfen.AirMap.Geo;

/// <summary>
/// A coordinate system that may stand at a door of the system: what comes in is made CGCS2000 longitude and latitude,
/// what goes out may be made anything else. x is longitude or easting and y latitude or northing, whatever axis order
/// the EPSG register gives. Instances are immutable and shared.
/// </summary>
public sealed class CoordinateSystem
{
    static readonly ConcurrentDictionary<int, CoordinateSystem> Projected = new();

    readonly Func<double, double, LonLat>? _toCgcs2000;
    readonly Func<LonLat, (double X, double Y)>? _fromCgcs2000;

    CoordinateSystem(string name) => Name = name;

    CoordinateSystem(string name, bool isProjected, Func<double, double, LonLat> toCgcs2000, Func<LonLat, (double X, double Y)> fromCgcs2000)
    {
        Name = name;
        IsProjected = isProjected;
        _toCgcs2000 = toCgcs2000;
        _fromCgcs2000 = fromCgcs2000;
    }

    public static CoordinateSystem Cgcs2000 { get; } = new("CGCS2000");

    /// <summary>Taken as CGCS2000: the two differ by centimetres to decimetres, far below any accuracy here.</summary>
    public static CoordinateSystem Wgs84 { get; } = new("WGS84");

    public static CoordinateSystem Gcj02 { get; } = Shifted("GCJ02", Geo.Gcj02.ToCgcs2000, Geo.Gcj02.FromCgcs2000);

    public static CoordinateSystem Bd09 { get; } = Shifted("BD09", Geo.Bd09.ToCgcs2000, Geo.Bd09.FromCgcs2000);

    /// <summary>"CGCS2000", "WGS84", "GCJ02", "BD09" or "EPSG:" with the code of a projected system.</summary>
    public string Name { get; }

    /// <summary>Whether x and y are metres instead of degrees.</summary>
    public bool IsProjected { get; }

    public LonLat ToCgcs2000(double x, double y) => _toCgcs2000 is null ? new LonLat(x, y) : _toCgcs2000(x, y);

    public (double X, double Y) FromCgcs2000(LonLat point) => _fromCgcs2000 is null ? (point.Lon, point.Lat) : _fromCgcs2000(point);

    public override string ToString() => Name;

    /// <summary>
    /// Reads a name in any case, such as "CGCS2000", "EPSG:4490", "WGS84", "GCJ-02", "BD09", "EPSG:4546" or the URN or
    /// URL that OGC documents use for the same. An unknown or unsupported name gives false.
    /// </summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out CoordinateSystem? system)
    {
        system = null;
        if (string.IsNullOrWhiteSpace(name))
        {
            return false;
        }

        var text = name.Trim();
        system = Named(text) ?? (EpsgCode(text) is { } code ? OfEpsg(code) : null);
        return system is not null;
    }

    static CoordinateSystem? Named(string name)
    {
        ReadOnlySpan<(string Name, CoordinateSystem System)> known =
        [
            ("CGCS2000", Cgcs2000), ("CGCS 2000", Cgcs2000), ("WGS84", Wgs84), ("WGS 84", Wgs84), ("WGS-84", Wgs84),
            ("CRS84", Wgs84), ("OGC:CRS84", Wgs84), ("urn:ogc:def:crs:OGC:1.3:CRS84", Wgs84),
            ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", Wgs84),
            ("GCJ02", Gcj02), ("GCJ-02", Gcj02), ("BD09", Bd09), ("BD-09", Bd09),
        ];
        foreach (var (text, system) in known)
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return system;
            }
        }

        return null;
    }

    static int? EpsgCode(string name)
    {
        ReadOnlySpan<string> prefixes = ["EPSG:", "urn:ogc:def:crs:EPSG::", "http://www.opengis.net/def/crs/EPSG/0/"];
        foreach (var prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
            {
                return code;
            }
        }

        return null;
    }

    static CoordinateSystem? OfEpsg(int code) => code switch
    {
        Geo.Cgcs2000.Srid => Cgcs2000,
        4326 => Wgs84,
        >= 4491 and <= 4554 => Projected.GetOrAdd(code, OfZone),
        _ => null,
    };

    static CoordinateSystem OfZone(int code)
    {
        var zone = GaussKruger.OfEpsg(code);
        return new CoordinateSystem($"EPSG:{code}", isProjected: true, zone.ToCgcs2000, zone.FromCgcs2000);
    }

    static CoordinateSystem Shifted(string name, Func<LonLat, LonLat> toCgcs2000, Func<LonLat, LonLat> fromCgcs2000) =>
        new(name, isProjected: false, (x, y) => toCgcs2000(new LonLat(x, y)), point =>
        {
            var shifted = fromCgcs2000(point);
            return (shifted.Lon, shifted.Lat);
        });
}
