namespace Linfen.AirMap.Geo;

/// <summary>The coordinates of 百度 maps: a second shift on top of <see cref="Gcj02"/>.</summary>
public static class Bd09
{
    const double WavesPerDegree = Math.PI * 3000 / 180;
    const double LonOffset = 0.0065;
    const double LatOffset = 0.006;

    public static LonLat FromCgcs2000(LonLat point) => FromGcj02(Gcj02.FromCgcs2000(point));

    public static LonLat ToCgcs2000(LonLat point) =>
        Gcj02.ToCgcs2000(FixedPoint.Invert(FromGcj02, point));

    static LonLat FromGcj02(LonLat point)
    {
        var radius = double.Hypot(point.Lon, point.Lat) + 0.00002 * Math.Sin(point.Lat * WavesPerDegree);
        var angle = Math.Atan2(point.Lat, point.Lon) + 0.000003 * Math.Cos(point.Lon * WavesPerDegree);
        return new LonLat(radius * Math.Cos(angle) + LonOffset, radius * Math.Sin(angle) + LatOffset);
    }
}
