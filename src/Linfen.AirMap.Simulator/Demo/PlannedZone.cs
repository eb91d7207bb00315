using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>A zone with all of its versions, and its end if it has one.</summary>
/// <param name="Kind">As the interface names it, e.g. <c>coalFree</c>.</param>
public sealed record PlannedZone(string Kind, string Name, IReadOnlyList<PlannedVersion> Versions)
{
    public string? Authority { get; init; }

    public int? MinimumStage { get; init; }

    public string Note { get; init; } = "演示数据，边界和文号均为虚构";

    /// <summary>Last day in force of a zone that was taken back.</summary>
    public DateOnly? RetiredAfter { get; init; }

    public PlannedVersion Last => Versions[^1];

    public bool InForceOn(DateOnly day) => RetiredAfter is null && Versions[0].From <= day;

    /// <param name="id">The zone's own name for itself, so that a repeat after a lost answer draws no second one.</param>
    public object Body(Guid id, PlannedVersion version) => new
    {
        Id = id, Kind, Name, Geometry = Outline.Json(version.Shape), Authority, MinimumStage, Note, Simulated = true,
    };
}

/// <summary>One version of a zone and the (invented) document that puts it in force.</summary>
public sealed record PlannedVersion(Geometry Shape, string DocumentNumber, DateOnly From)
{
    public object Publication(DateOnly today) => new
    {
        DocumentNumber,
        EffectiveFrom = From.ToString("O"),
        Reason = From < today ? "演示数据补录" : null,
    };
}
