namespace Linfen.AirMap.Plan.Articles;

/// <summary>What is known of an industrial park; null is "not known".</summary>
public sealed record ParkFacts
{
    public required Place Place { get; init; }

    public bool? HasStation { get; init; }
}
