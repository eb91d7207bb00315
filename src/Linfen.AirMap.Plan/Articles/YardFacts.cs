namespace Linfen.AirMap.Plan.Articles;

/// <summary>What is known of a storage yard; null is "not known".</summary>
public sealed record YardFacts
{
    public required Place Place { get; init; }

    public bool? Licensed { get; init; }

    public bool? Cleared { get; init; }
}
