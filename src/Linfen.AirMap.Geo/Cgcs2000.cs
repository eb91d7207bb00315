using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Geo;

/// <summary>China Geodetic Coordinate System 2000: the datum of every stored geometry.</summary>
public static class Cgcs2000
{
    /// <summary>EPSG code of geographic CGCS2000.</summary>
    public const int Srid = 4490;

    /// <summary>Metres (GB/T 30168 / EPSG ellipsoid 1024).</summary>
    public const double SemiMajorAxisMetres = 6378137.0;

    public const double InverseFlattening = 298.257222101;

    /// <summary>Makes geometries that carry the SRID of CGCS2000; safe to share between threads.</summary>
    public static GeometryFactory Factory { get; } = new(new PrecisionModel(), Srid);
}
