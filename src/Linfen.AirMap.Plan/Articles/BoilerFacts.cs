namespace Linfen.AirMap.Plan.Articles;

public enum BoilerKind
{
    Boiler,

    /// <summary>茶水炉</summary>
    TeaBoiler,

    /// <summary>经营性炉灶</summary>
    CommercialStove,

    /// <summary>储粮烘干设备</summary>
    GrainDryer,

    /// <summary>农产品加工配套设施</summary>
    FarmProductProcessing,

    /// <summary>热电机组, captive ones (自备电厂) included.</summary>
    ChpUnit,
    OtherFacility,
}

public enum Fuel
{
    Coal,
    Gas,
    Electricity,
    Biomass,
    Oil,
    Other,
}

public enum BoilerPurpose
{
    /// <summary>集中供热</summary>
    CentralHeating,
    Heating,
    Production,
    Other,
}

public enum BoilerStatus
{
    Operating,

    /// <summary>Stands ready and burns nothing: no violation until it is lit again.</summary>
    Idle,
    Closed,

    /// <summary>Its consumers are connected to a heating network.</summary>
    Integrated,

    /// <summary>Burns something else now.</summary>
    Converted,
}

/// <summary>What is known of a boiler or other burning facility; null is "not known".</summary>
public sealed record BoilerFacts
{
    public required Place Place { get; init; }

    public BoilerKind? Kind { get; init; }

    public Fuel? Fuel { get; init; }

    public BoilerPurpose? Purpose { get; init; }

    /// <summary>Rated steam capacity, t/h.</summary>
    public decimal? TonnesPerHour { get; init; }

    /// <summary>Electric capacity of a <see cref="BoilerKind.ChpUnit"/>.</summary>
    public decimal? Megawatts { get; init; }

    /// <summary>落后 by the catalogue; asked of a <see cref="BoilerKind.ChpUnit"/> only.</summary>
    public bool? Outdated { get; init; }

    public BoilerStatus? Status { get; init; }

    public DateOnly? CommissionedOn { get; init; }

    /// <summary>The plant that the boiler is part of; null when it is part of none.</summary>
    public PlantFact? OwnPlant { get; init; }

    /// <summary>All plants that are known, whatever their distance.</summary>
    public IReadOnlyList<PlantFact> Plants { get; init; } = [];
}
