namespace Linfen.AirMap.Geo;

/// <summary>
/// The shifted coordinates of Chinese consumer maps and phones (高德, 腾讯). The shift was never published; these are
/// the constants and series that every public reconstruction agrees on. WGS 84 is taken as CGCS2000.
/// </summary>
public static class Gcj02
{
    const double SemiMajorAxisMetres = 6378245.0; // Krasovsky 1940
    const double EccentricitySquared = 0.00669342162296594323;
    const double OriginLon = 105.0;
    const double OriginLat = 35.0;

    public static LonLat FromCgcs2000(LonLat point)
    {
        if (!IsShifted(point))
        {
            return point;
        }

        var x = point.Lon - OriginLon;
        var y = point.Lat - OriginLat;
        var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(point.Lat));
        var w = 1 - EccentricitySquared * sinLat * sinLat;
        var meridianRadius = SemiMajorAxisMetres * (1 - EccentricitySquared) / (w * Math.Sqrt(w));
        var parallelRadius = SemiMajorAxisMetres / Math.Sqrt(w) * cosLat;
        return new LonLat(
            point.Lon + double.RadiansToDegrees(EastMetres(x, y) / parallelRadius),
            point.Lat + double.RadiansToDegrees(NorthMetres(x, y) / meridianRadius));
    }

    public static LonLat ToCgcs2000(LonLat point) =>
        IsShifted(point) ? FixedPoint.Invert(FromCgcs2000, point) : point;

    /// <summary>The rectangle outside which the maps show true coordinates.</summary>
    static bool IsShifted(LonLat point) =>
        point.Lon is >= 72.004 and <= 137.8347 && point.Lat is >= 0.8293 and <= 55.8271;

    static double EastMetres(double x, double y) =>
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.Sqrt(Math.Abs(x))
        + Waves((20, 6 * x), (20, 2 * x), (20, x), (40, x / 3), (150, x / 12), (300, x / 30));

    static double NorthMetres(double x, double y) =>
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.Sqrt(Math.Abs(x))
        + Waves((20, 6 * x), (20, 2 * x), (20, y), (40, y / 3), (160, y / 12), (320, y / 30));

    /// <summary>Two thirds of a sum of sines; each wave has an amplitude in metres and a phase in half turns.</summary>
    static double Waves(params ReadOnlySpan<(double Metres, double HalfTurns)> waves)
    {
        var sum = 0.0;
        foreach (var (metres, halfTurns) in waves)
        {
            sum += metres * Math.Sin(halfTurns * Math.PI);
        }

        return sum * 2 / 3;
    }
}
