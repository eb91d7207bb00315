namespace Linfen.AirMap.Plan.Articles;

/// <summary>In the order in which Art. 30 wants them tried.</summary>
public enum LandTreatment
{
    None,
    Hardened,
    Greened,

    /// <summary>Fenced and covered with a net.</summary>
    Covered,
}

/// <summary>What is known of a bare-land patch; null is "not known".</summary>
public sealed record LandFacts
{
    public required Place Place { get; init; }

    public LandTreatment? Treatment { get; init; }

    public bool? HardeningFeasible { get; init; }

    public bool? GreeningFeasible { get; init; }

    /// <summary>目; asked of a covered patch only.</summary>
    public int? NetMesh { get; init; }
}
