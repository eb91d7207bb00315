using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Distance;

namespace Linfen.AirMap.Atlas;

/// <summary>
/// What regulates beside the counties: zones in all their published versions, plants with their heat radii, parks, heat sources. Immutable.
/// What is simulated regulates only what is simulated.
/// </summary>
sealed class Regulation
{
    public static readonly Regulation None = new([], [], [], HeatMask.None);

    readonly STRtree<ZoneInForce> tree = new();

    public Regulation(IReadOnlyList<ZoneInForce> zones, IReadOnlyList<HeatPlant> plants, IReadOnlyList<ParkArea> parks, HeatMask heat)
    {
        (Zones, Plants, Parks, Heat) = (zones, plants, parks, heat);
        foreach (var zone in zones)
        {
            tree.Insert(zone.Shape.EnvelopeInternal, zone);
        }

        tree.Build();
    }

    public IReadOnlyList<ZoneInForce> Zones { get; }

    public IReadOnlyList<HeatPlant> Plants { get; }

    public IReadOnlyList<ParkArea> Parks { get; }

    /// <summary>Approved industrial heat sources: what they explain is no open burning.</summary>
    public HeatMask Heat { get; }

    /// <summary>Versions of any day that contain the shape, the earliest first.</summary>
    public List<ZoneInForce> Containing(Geometry shape, bool simulated) =>
        [.. tree.Query(shape.EnvelopeInternal).Where(z => Applies(z.Simulated, simulated) && z.Contains(shape)).OrderBy(z => z.From).ThenBy(z => z.Id)];

    /// <summary>Kinds that have any zone in force in the city on a day.</summary>
    public IReadOnlySet<ZoneKind> KindsOn(DateOnly day, bool simulated) =>
        Zones.Where(z => z.HoldsOn(day) && Applies(z.Simulated, simulated)).Select(z => z.Kind).ToHashSet();

    /// <summary>All plants with the geodesic distance from the subject's nearest point.</summary>
    public List<PlantFact> PlantsFrom(Geometry shape, bool simulated) =>
        [.. Plants.Where(p => Applies(p.Simulated, simulated))
            .Select(p => new PlantFact(p.Id, p.Name, p.CapacityMegawatts, p.Operating, DistanceMetres(shape, p.Shape)))
            .OrderBy(p => p.DistanceMetres)];

    /// <summary>The authority of the park in which the point lies, or null.</summary>
    public string? AuthorityAt(Point position, DateOnly day, bool simulated) =>
        tree.Query(position.EnvelopeInternal)
            .Where(z => z.Kind == ZoneKind.IndustrialPark && z.Authority is not null && z.HoldsOn(day) && Applies(z.Simulated, simulated) && z.Contains(position))
            .OrderBy(z => z.From).ThenBy(z => z.Id).FirstOrDefault()?.Authority
        ?? Parks.FirstOrDefault(p => Applies(p.Simulated, simulated) && p.Shape.EnvelopeInternal.Intersects(position.EnvelopeInternal) && p.Shape.Covers(position))?.Authority;

    static bool Applies(bool regulatingIsSimulated, bool subjectIsSimulated) => !regulatingIsSimulated || subjectIsSimulated;

    /// <summary>
    /// Metres between the nearest points on the ellipsoid. The nearest points of areas are found in degrees that were squeezed to be as
    /// long in both directions, which over some tens of kilometres picks the same points.
    /// </summary>
    public static double DistanceMetres(Geometry from, Geometry to)
    {
        if (from is Point a && to is Point b)
        {
            return Geodesic.DistanceMetres(new(a.X, a.Y), new(b.X, b.Y));
        }

        var squeeze = Math.Cos(double.DegreesToRadians(from.Centroid.Y));
        var nearest = DistanceOp.NearestPoints(Squeezed(from, squeeze), Squeezed(to, squeeze));
        return Geodesic.DistanceMetres(new(nearest[0].X / squeeze, nearest[0].Y), new(nearest[1].X / squeeze, nearest[1].Y));
    }

    static Geometry Squeezed(Geometry shape, double factor) =>
        NetTopologySuite.Geometries.Utilities.AffineTransformation.ScaleInstance(factor, 1).Transform(shape);
}
