using Linfen.AirMap.Plan;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace Linfen.AirMap.Atlas;

/// <summary>A published version of a zone: what it regulates from its first to its last Beijing day, both included.</summary>
/// <param name="Authority">管委会 that answers inside an industrial park instead of the county.</param>
/// <param name="MinimumStage">Lowest China stage that machinery may have inside a control zone.</param>
sealed record ZoneInForce(
    Guid Id, int Version, ZoneKind Kind, string Name, string? DocumentNumber, DateOnly From, DateOnly? To,
    int? MinimumStage, string? Authority, Geometry Shape, bool Simulated)
{
    readonly IPreparedGeometry prepared = PreparedGeometryFactory.Prepare(Shape);

    public bool HoldsOn(DateOnly day) => day >= From && (To is not { } last || day <= last);

    /// <summary>A point on the border is inside; a line or area is inside when the intersection has length or area.</summary>
    public bool Contains(Geometry shape) => shape is Point ? prepared.Covers(shape) : prepared.Intersects(shape) && !Shape.Touches(shape);

    public ZoneFact ToFact() => new(Kind, Id, Version, Name, From, DocumentNumber) { MinimumStage = MinimumStage };

    /// <summary>First instant of its first day, and the one after its last.</summary>
    public IEnumerable<DateTimeOffset> Boundaries()
    {
        yield return Beijing.StartOf(From);
        if (To is { } last)
        {
            yield return Beijing.After(last);
        }
    }
}

/// <summary>A plant as far as heat radii need it.</summary>
sealed record HeatPlant(Guid Id, string Name, decimal? CapacityMegawatts, bool? Operating, Geometry Shape, bool Simulated);

/// <summary>A park whose authority answers inside it.</summary>
sealed record ParkArea(Guid Id, string Name, string Authority, Geometry Shape, bool Simulated);
