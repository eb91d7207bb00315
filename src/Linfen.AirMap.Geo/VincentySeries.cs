namespace Linfen.AirMap.Geo;

/// <summary>
/// Vincenty's series between arc length on the auxiliary sphere and distance, in Helmert's expansion parameter
/// (T. Vincenty, addendum to "Direct and inverse solutions of geodesics on the ellipsoid", Survey Review, 1976).
/// </summary>
readonly struct VincentySeries
{
    readonly double _b;

    /// <param name="uSquared">cos²α₀ · e'², α₀ being the azimuth at which the geodesic crosses the equator.</param>
    public VincentySeries(double uSquared)
    {
        var root = Math.Sqrt(1 + uSquared);
        var k = (root - 1) / (root + 1);
        Scale = (1 + k * k / 4) / (1 - k);
        _b = k * (1 - 3 * k * k / 8);
    }

    /// <summary>Vincenty's A: distance over polar radius per radian of arc, before the correction.</summary>
    public double Scale { get; }

    /// <summary>Vincenty's Δσ, in radians; <paramref name="cosTwiceMiddle"/> is cos 2σₘ.</summary>
    public double Correction(double sigma, double cosTwiceMiddle)
    {
        var (sin, cos) = Math.SinCos(sigma);
        var m2 = cosTwiceMiddle * cosTwiceMiddle;
        var third = _b / 6 * cosTwiceMiddle * (4 * sin * sin - 3) * (4 * m2 - 3);
        return _b * sin * (cosTwiceMiddle + _b / 4 * (cos * (2 * m2 - 1) - third));
    }
}
