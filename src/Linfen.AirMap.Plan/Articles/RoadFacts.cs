namespace Linfen.AirMap.Plan.Articles;

/// <summary>What is known of a stretch of road; null is "not known".</summary>
public sealed record RoadFacts
{
    public required Place Place { get; init; }

    public bool? Damaged { get; init; }

    public bool? Repaired { get; init; }
}
