using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Fires.Fusion;

/// <summary>Where a detection says that the fire lies: an ellipse around its position.</summary>
/// <param name="Middle">CGCS2000.</param>
/// <param name="AlongMetres">Semi-axis along <paramref name="AzimuthDegrees"/>.</param>
/// <param name="AcrossMetres">Semi-axis across it.</param>
/// <param name="AzimuthDegrees">Clockwise from north; without meaning for a circle.</param>
public readonly record struct Footprint(LonLat Middle, double AlongMetres, double AcrossMetres, double AzimuthDegrees)
{
    /// <summary>A camera knows the direction well and the distance badly: its cone is a third as wide as it is long.</summary>
    const double ConeWidth = 1.0 / 3;

    /// <summary>The accuracy circle of a report or the pixel of a satellite, whose orientation no edition tells; with a bearing the cone of a camera.</summary>
    public static Footprint Of(LonLat position, double radiusMetres, double? bearingDegrees) => bearingDegrees is { } bearing
        ? new(position, radiusMetres, radiusMetres * ConeWidth, bearing)
        : new(position, radiusMetres, radiusMetres, 0);

    /// <summary>From the middle to the rim where that is farthest, in metres.</summary>
    public double LongestMetres => Math.Max(AlongMetres, AcrossMetres);

    /// <summary>From the middle to the rim in a direction (degrees clockwise from north), in metres.</summary>
    public double ReachMetres(double azimuthDegrees)
    {
        if (AlongMetres <= AcrossMetres)
        {
            return AcrossMetres;
        }

        var (across, along) = Math.SinCos((azimuthDegrees - AzimuthDegrees) * Math.PI / 180);
        return AlongMetres * AcrossMetres / Math.Sqrt(along * along * AcrossMetres * AcrossMetres + across * across * AlongMetres * AlongMetres);
    }
}
