namespace Linfen.AirMap.Plan.Articles;

public enum MachineKind
{
    Loader,
    Forklift,
    PileDriver,
    Excavator,
    Bulldozer,
    Roller,
    Crane,
    Other,
}

public enum MachinePower
{
    NewEnergy,
    Diesel,
    Petrol,
    Other,
}

/// <summary>What is known of a non-road machine; null is "not known".</summary>
public sealed record MachineFacts
{
    public required Place Place { get; init; }

    public MachineKind? Kind { get; init; }

    public MachinePower? Power { get; init; }

    /// <summary>China emission stage (国Ⅰ = 1); 0 is before any.</summary>
    public int? Stage { get; init; }

    /// <summary>Black smoke is reported when it is seen: without a report there was none.</summary>
    public bool? BlackSmoke { get; init; }

    /// <summary>Still where it was registered.</summary>
    public bool? Present { get; init; }

    public bool? OnConstructionSite { get; init; }

    public SiteStatus? SiteStatus { get; init; }
}
