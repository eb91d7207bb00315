namespace Linfen.AirMap.Plan;

/// <summary>What a zone that the city drew and published regulates.</summary>
public enum ZoneKind
{
    /// <summary>禁煤区, Art. 19 and 20.</summary>
    CoalFree,

    /// <summary>禁燃区, Art. 19.</summary>
    HighPollutionFuelFree,

    /// <summary>供热管网覆盖范围, Art. 18.</summary>
    HeatNetwork,

    /// <summary>城市（含县城）建成区, Art. 17.</summary>
    BuiltUp,

    /// <summary>市区, Art. 26, 29–31 and 34: the city proper only.</summary>
    UrbanArea,

    /// <summary>市区规划区, Art. 23.</summary>
    UrbanPlanningArea,

    /// <summary>非道路移动机械排放控制区, Art. 26.</summary>
    NonRoadMachineryControl,

    /// <summary>露天烧烤允许区域, Art. 34.</summary>
    BarbecuePermitted,

    /// <summary>烟花爆竹禁燃禁放区, Art. 37.</summary>
    FireworksBan,

    /// <summary>货车限行、绕行区, Art. 22, 23, 44 and 46.</summary>
    FreightRestriction,

    /// <summary>工业园区、开发区, Art. 7, 24 and 41.</summary>
    IndustrialPark,

    /// <summary>道路清扫责任区, Art. 29.</summary>
    SweepingDuty,
}

/// <summary>A published version of a zone that contains a subject.</summary>
/// <param name="EffectiveFrom">First Beijing day of this version.</param>
/// <param name="DocumentNumber">文号 of the notice that published it.</param>
public sealed record ZoneFact(ZoneKind Kind, Guid Id, int Version, string Name, DateOnly EffectiveFrom, string? DocumentNumber)
{
    /// <summary>Lowest China stage that machinery may have inside; only of <see cref="ZoneKind.NonRoadMachineryControl"/>.</summary>
    public int? MinimumStage { get; init; }
}
