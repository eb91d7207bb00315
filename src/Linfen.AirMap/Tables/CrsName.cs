using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Tables;

/// <summary>Names of coordinate systems as files state them, made one way of writing.</summary>
static class CrsName
{
    public const string Cgcs2000 = "EPSG:4490";
    public const string Wgs84 = "EPSG:4326";

    /// <returns>Null for a system that is not known here.</returns>
    public static string? Of(string stated) => !CoordinateSystem.TryParse(stated, out var system) ? null
        : ReferenceEquals(system, CoordinateSystem.Cgcs2000) ? Cgcs2000
        : ReferenceEquals(system, CoordinateSystem.Wgs84) ? Wgs84
        : system.Name;
}
