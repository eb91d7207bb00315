using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Geo;

/// <summary>Distances, destinations and areas on the CGCS2000 ellipsoid.</summary>
public static class Geodesic
{
    const double A = Cgcs2000.SemiMajorAxisMetres;
    const double F = 1 / Cgcs2000.InverseFlattening;
    const double B = A * (1 - F);
    const double SecondEccentricitySquared = (A * A - B * B) / (B * B);

    /// <summary>
    /// Length of the geodesic, in metres; the error of the series is below a micrometre at 30 km. Almost antipodal
    /// points, where the iteration does not converge, get the spherical distance (0.5 %).
    /// </summary>
    public static double DistanceMetres(LonLat from, LonLat to) => GeodesicArc.Between(from, to).LengthMetres;

    /// <summary>The point reached from <paramref name="start"/> on a bearing (degrees clockwise from north).</summary>
    /// <remarks>T. Vincenty, Survey Review XXIII (176), 1975, direct formula with Helmert's expansion parameter.</remarks>
    public static LonLat Destination(LonLat start, double bearingDegrees, double metres)
    {
        var (sinBearing, cosBearing) = Math.SinCos(double.DegreesToRadians(bearingDegrees));
        var reduced = Math.Atan((1 - F) * Math.Tan(double.DegreesToRadians(start.Lat)));
        var (sinU, cosU) = Math.SinCos(reduced);
        var sigma1 = Math.Atan2(sinU, cosU * cosBearing);
        var sinAlpha = cosU * sinBearing;
        var cosSquaredAlpha = 1 - sinAlpha * sinAlpha;
        var series = new VincentySeries(cosSquaredAlpha * SecondEccentricitySquared);

        var sigma = metres / (B * series.Scale);
        for (var round = 0; round < 20; round++)
        {
            var next = metres / (B * series.Scale) + series.Correction(sigma, Math.Cos(2 * sigma1 + sigma));
            var change = Math.Abs(next - sigma);
            sigma = next;
            if (change < 1e-15)
            {
                break;
            }
        }

        var (sinSigma, cosSigma) = Math.SinCos(sigma);
        var along = sinU * sinSigma - cosU * cosSigma * cosBearing;
        var lat = Math.Atan2(sinU * cosSigma + cosU * sinSigma * cosBearing, (1 - F) * double.Hypot(sinAlpha, along));
        var omega = Math.Atan2(sinSigma * sinBearing, cosU * cosSigma - sinU * sinSigma * cosBearing);
        var lon = omega - GeodesicArc.LongitudeLag(sinAlpha, cosSquaredAlpha, sigma, Math.Cos(2 * sigma1 + sigma));
        return new LonLat(start.Lon + double.RadiansToDegrees(lon), double.RadiansToDegrees(lat));
    }

    /// <summary>
    /// A polygon whose vertices lie exactly on the geodesic circle, so it is inscribed: its edges run up to
    /// radius · (1 − cos(π / vertices)) inside. It is for drawing and coarse filters; whether a point is within the
    /// radius is decided by <see cref="DistanceMetres"/>.
    /// </summary>
    public static Polygon Circle(LonLat centre, double radiusMetres, int vertices)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(radiusMetres);
        ArgumentOutOfRangeException.ThrowIfLessThan(vertices, 3);
        var ring = new Coordinate[vertices + 1];
        for (var i = 0; i < vertices; i++)
        {
            // Bearings fall so that the shell runs counter-clockwise, as RFC 7946 asks.
            var point = Destination(centre, -360.0 * i / vertices, radiusMetres);
            ring[i] = new Coordinate(point.Lon, point.Lat);
        }

        ring[vertices] = ring[0].Copy();
        return Cgcs2000.Factory.CreatePolygon(ring);
    }

    /// <summary>
    /// Area enclosed by geodesic edges, in square metres: polygons less their holes, summed over a collection; points
    /// and lines have none. Rings round a pole are not supported.
    /// </summary>
    public static double AreaSquareMetres(Geometry geometry)
    {
        var area = 0.0;
        for (var i = 0; i < geometry.NumGeometries; i++)
        {
            area += geometry.GetGeometryN(i) switch
            {
                Polygon polygon => RingSquareMetres(polygon.Shell) - polygon.Holes.Sum(RingSquareMetres),
                GeometryCollection collection => AreaSquareMetres(collection),
                _ => 0,
            };
        }

        return area;
    }

    static double RingSquareMetres(LinearRing ring)
    {
        var points = ring.CoordinateSequence;
        var sum = 0.0;
        for (var i = 1; i < points.Count; i++)
        {
            sum += GeodesicArc
                .Between(new LonLat(points.GetX(i - 1), points.GetY(i - 1)), new LonLat(points.GetX(i), points.GetY(i)))
                .SquareMetresToEquator;
        }

        return Math.Abs(sum);
    }
}
