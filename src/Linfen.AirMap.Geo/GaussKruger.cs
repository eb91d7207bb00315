using ProjNet.CoordinateSystems;
using ProjNet.CoordinateSystems.Transformations;

namespace Linfen.AirMap.Geo;

/// <summary>A Gauss–Kruger zone of CGCS2000: transverse Mercator with scale 1 on its central meridian.</summary>
sealed class GaussKruger
{
    readonly MathTransform _toMetres;
    readonly MathTransform _toDegrees;

    GaussKruger(int centralMeridian, double falseEasting)
    {
        var wkt = FormattableString.Invariant($"""
            PROJCS["CGCS2000 / Gauss-Kruger",
              GEOGCS["CGCS2000",
                DATUM["China_2000",SPHEROID["CGCS2000",{Cgcs2000.SemiMajorAxisMetres},{Cgcs2000.InverseFlattening}],TOWGS84[0,0,0,0,0,0,0]],
                PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199432958]],
              PROJECTION["Transverse_Mercator"],
              PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",{centralMeridian}],
              PARAMETER["scale_factor",1],PARAMETER["false_easting",{falseEasting}],PARAMETER["false_northing",0],
              UNIT["metre",1]]
            """);
        var projected = (ProjectedCoordinateSystem)new CoordinateSystemFactory().CreateFromWkt(wkt);
        var transformations = new CoordinateTransformationFactory();
        // Two transforms instead of one that is inverted in place: both stay immutable and may be shared by threads.
        _toMetres = transformations.CreateFromCoordinateSystems(projected.GeographicCoordinateSystem, projected).MathTransform;
        _toDegrees = transformations.CreateFromCoordinateSystems(projected, projected.GeographicCoordinateSystem).MathTransform;
    }

    public (double Easting, double Northing) FromCgcs2000(LonLat point) => _toMetres.Transform(point.Lon, point.Lat);

    public LonLat ToCgcs2000(double easting, double northing)
    {
        var (lon, lat) = _toDegrees.Transform(easting, northing);
        return new LonLat(lon, lat);
    }

    /// <summary>
    /// The zone of an EPSG code: 6° zones 13–23 with the zone number before the easting (4491–4501) and by central
    /// meridian 75–135° (4502–4512); 3° zones 25–45 with the number (4513–4533) and by meridian (4534–4554).
    /// Linfen meets 4497 and 4508, 4525 and 4546, and east of 112.5° 4526 and 4547.
    /// </summary>
    public static GaussKruger OfEpsg(int code) => code switch
    {
        >= 4491 and <= 4501 => Numbered(code - 4491 + 13, 6 * (code - 4491 + 13) - 3),
        >= 4502 and <= 4512 => new GaussKruger(75 + 6 * (code - 4502), 500_000),
        >= 4513 and <= 4533 => Numbered(code - 4513 + 25, 3 * (code - 4513 + 25)),
        >= 4534 and <= 4554 => new GaussKruger(75 + 3 * (code - 4534), 500_000),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a Gauss–Kruger zone of CGCS2000."),
    };

    static GaussKruger Numbered(int zone, int centralMeridian) => new(centralMeridian, zone * 1_000_000 + 500_000);
}
