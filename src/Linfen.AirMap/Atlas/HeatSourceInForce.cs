using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Atlas;

/// <summary>How a satellite's detection looks beside a heat source.</summary>
enum HeatMatch
{
    /// <summary>Its footprint does not reach the source.</summary>
    Apart,

    /// <summary>The source explains it.</summary>
    Explained,

    /// <summary>The source did not run at that time.</summary>
    OtherTime,

    /// <summary>The footprint reaches the source, its middle lies too far away.</summary>
    PositionOutlier,

    /// <summary>More power than the source has.</summary>
    PowerOutlier,
}

/// <summary>An industrial heat source (工业热源) that an officer approved: what explains heat that is no open burning.</summary>
/// <param name="Shape">Point or area, CGCS2000.</param>
/// <param name="RadiusMetres">Around the shape; 0 for an area as drawn.</param>
/// <param name="HighestMegawatts">Power up to which heat is the source's own; null where it is not known.</param>
/// <param name="From">First day of its operation (Beijing); null for ever.</param>
/// <param name="To">Last day of its operation.</param>
sealed record HeatSourceInForce(Guid Id, string Name, Geometry Shape, double RadiusMetres, double? HighestMegawatts, DateOnly? From, DateOnly? To, bool Simulated)
{
    /// <summary>
    /// A pixel at the edge of the swath is 4.8 × 2 km: that its rim touches a source explains little. Its middle lies within a kilometre (a pixel
    /// of MODIS at nadir), or within half of its own radius where that is more. Metres.
    /// </summary>
    const double ReachMetres = 1_000;

    /// <summary>The widest footprint with its reach, beyond which no source need be asked. Degrees, at any latitude of the city.</summary>
    public const double SearchDegrees = 0.06;

    /// <summary>The area in which it may be met, for an index.</summary>
    public Envelope Bounds
    {
        get
        {
            var bounds = Shape.EnvelopeInternal.Copy();
            bounds.ExpandBy(SearchDegrees + RadiusMetres / 90_000);
            return bounds;
        }
    }

    public HeatMatch Weigh(LonLat middle, double footprintMetres, double? megawatts, DateTimeOffset at)
    {
        var metres = Math.Max(0, DistanceMetres(middle) - RadiusMetres);
        if (metres > footprintMetres)
        {
            return HeatMatch.Apart;
        }

        var day = Beijing.DayOf(at);
        return day < From || day > To ? HeatMatch.OtherTime
            : metres > Math.Max(ReachMetres, footprintMetres / 2) ? HeatMatch.PositionOutlier
            : megawatts > HighestMegawatts ? HeatMatch.PowerOutlier
            : HeatMatch.Explained;
    }

    public double DistanceMetres(LonLat from) => Regulation.DistanceMetres(Shape.Factory.CreatePoint(new Coordinate(from.Lon, from.Lat)), Shape);
}
