namespace Linfen.AirMap.Geo;

/// <summary>
/// The geodesic between two points, solved on the auxiliary sphere: length after T. Vincenty, Survey Review XXIII (176),
/// 1975; area after C. F. F. Karney, "Algorithms for geodesics", J. Geodesy 87, 2013, eqs. 58–62.
/// </summary>
readonly struct GeodesicArc
{
    const double A = Cgcs2000.SemiMajorAxisMetres;
    const double F = 1 / Cgcs2000.InverseFlattening;
    const double B = A * (1 - F);
    const double EccentricitySquared = F * (2 - F);
    const double SecondEccentricitySquared = EccentricitySquared / (1 - EccentricitySquared);

    /// <summary>1e-14 rad is 0.06 µm, and the next round would change 300 times less.</summary>
    const double ToleranceRadians = 1e-14;

    static readonly double AuthalicRadiusSquared =
        A * A / 2 + B * B / 2 * Math.Atanh(Math.Sqrt(EccentricitySquared)) / Math.Sqrt(EccentricitySquared);

    static readonly double AreaFactorOfEllipsoid = T(SecondEccentricitySquared);

    readonly double _beta1, _beta2, _omega, _sigma, _cosBearing1, _sinAlpha, _cosTwiceMiddle;
    readonly bool _converged;

    GeodesicArc(LonLat from, LonLat to)
    {
        _beta1 = Math.Atan((1 - F) * Math.Tan(double.DegreesToRadians(from.Lat)));
        _beta2 = Math.Atan((1 - F) * Math.Tan(double.DegreesToRadians(to.Lat)));
        var lon = double.DegreesToRadians(Math.IEEERemainder(to.Lon - from.Lon, 360));
        var (sin1, cos1) = Math.SinCos(_beta1);
        var (sin2, cos2) = Math.SinCos(_beta2);
        _omega = lon;
        for (var round = 0; round < 50 && !_converged; round++)
        {
            var (sinOmega, cosOmega) = Math.SinCos(_omega);
            var east = cos2 * sinOmega;
            var north = cos1 * sin2 - sin1 * cos2 * cosOmega;
            var sinSigma = double.Hypot(east, north);
            if (sinSigma == 0)
            {
                // The same point (or the exact antipode): no direction, and no length where the arc is zero.
                _sigma = Math.Atan2(0, sin1 * sin2 + cos1 * cos2 * cosOmega);
                _converged = _sigma == 0;
                return;
            }

            _sigma = Math.Atan2(sinSigma, sin1 * sin2 + cos1 * cos2 * cosOmega);
            _cosBearing1 = north / sinSigma;
            _sinAlpha = cos1 * east / sinSigma;
            var cosSquaredAlpha = 1 - _sinAlpha * _sinAlpha;
            _cosTwiceMiddle = cosSquaredAlpha < 1e-15 ? 0 : Math.Cos(_sigma) - 2 * sin1 * sin2 / cosSquaredAlpha;
            var next = lon + LongitudeLag(_sinAlpha, cosSquaredAlpha, _sigma, _cosTwiceMiddle);
            _converged = Math.Abs(next - _omega) < ToleranceRadians;
            _omega = next;
        }

        if (!_converged)
        {
            _omega = lon;
            _sigma = Math.Acos(Math.Clamp(sin1 * sin2 + cos1 * cos2 * Math.Cos(lon), -1, 1));
        }
    }

    public static GeodesicArc Between(LonLat from, LonLat to) => new(from, to);

    public double LengthMetres
    {
        get
        {
            if (!_converged)
            {
                return Math.Sqrt(AuthalicRadiusSquared) * _sigma;
            }

            var series = new VincentySeries((1 - _sinAlpha * _sinAlpha) * SecondEccentricitySquared);
            return B * series.Scale * (_sigma - series.Correction(_sigma, _cosTwiceMiddle));
        }
    }

    /// <summary>Area between the arc and the equator; positive where the arc runs east in the northern hemisphere.</summary>
    public double SquareMetresToEquator
    {
        get
        {
            if (_sigma == 0 || _omega == 0)
            {
                return 0;
            }

            var tan1 = Math.Tan(_beta1 / 2);
            var tan2 = Math.Tan(_beta2 / 2);
            var excess = 2 * Math.Atan(Math.Tan(_omega / 2) * (tan1 + tan2) / (1 + tan1 * tan2));
            var cosAlpha = Math.Sqrt(1 - _sinAlpha * _sinAlpha);
            var ellipsoidal = EccentricitySquared * A * A * cosAlpha * _sinAlpha * AreaIntegral(cosAlpha);
            return AuthalicRadiusSquared * excess + ellipsoidal;
        }
    }

    /// <summary>How far the longitude on the auxiliary sphere runs ahead of the true one, in radians.</summary>
    public static double LongitudeLag(double sinAlpha, double cosSquaredAlpha, double sigma, double cosTwiceMiddle)
    {
        var c = F / 16 * cosSquaredAlpha * (4 + F * (4 - 3 * cosSquaredAlpha));
        var (sin, cos) = Math.SinCos(sigma);
        var tail = cosTwiceMiddle + c * cos * (2 * cosTwiceMiddle * cosTwiceMiddle - 1);
        return (1 - c) * F * sinAlpha * (sigma + c * sin * tail);
    }

    /// <summary>Karney's I₄(σ₂) − I₄(σ₁), by five-point Gauss–Legendre quadrature: edges of polygons are short.</summary>
    double AreaIntegral(double cosAlpha)
    {
        ReadOnlySpan<(double Node, double Weight)> rule =
        [
            (-0.9061798459386640, 0.2369268850561891), (-0.5384693101056831, 0.4786286704993665),
            (0, 0.5688888888888889),
            (0.5384693101056831, 0.4786286704993665), (0.9061798459386640, 0.2369268850561891),
        ];
        var (sin1, cos1) = Math.SinCos(_beta1);
        var sigma1 = Math.Atan2(sin1, cos1 * _cosBearing1);
        var sum = 0.0;
        foreach (var (node, weight) in rule)
        {
            sum += weight * AreaIntegrand(sigma1 + _sigma * (1 + node) / 2, cosAlpha);
        }

        return -sum * _sigma / 2;
    }

    static double AreaIntegrand(double sigma, double cosAlpha)
    {
        var sin = Math.Sin(sigma);
        var x = SecondEccentricitySquared * cosAlpha * cosAlpha * sin * sin;
        var difference = SecondEccentricitySquared - x;
        // Only a meridian at the pole makes the difference vanish, and it bounds no area; 4/3 is the limit of the slope.
        var slope = difference < 1e-15 ? 4.0 / 3 : (AreaFactorOfEllipsoid - T(x)) / difference;
        return slope * sin / 2;
    }

    /// <summary>Karney eq. 61.</summary>
    static double T(double x) => x == 0 ? 1 : x + Math.Sqrt(1 / x + 1) * Math.Asinh(Math.Sqrt(x));
}
