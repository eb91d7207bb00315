using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan
{
    public enum ZoneKind { CoalFree, HighPollutionFuelFree, HeatNetwork, BuiltUp, UrbanArea, UrbanPlanningArea, NonRoadMachineryControl, BarbecuePermitted, FireworksBan, FreightRestriction, IndustrialPark, SweepingDuty }
    public sealed record ZoneFact(ZoneKind Kind, Guid Id, int Version, string Name, DateOnly EffectiveFrom, string? DocumentNumber) { public int? MinimumStage { get; init; } }
    public sealed record Place { public string? County { get; init; } public IReadOnlyList<ZoneFact> Zones { get; init; } = []; public IReadOnlySet<ZoneKind> KindsInForce { get; init; } = new HashSet<ZoneKind>(); public static readonly Place Unknown = new(); }
}

namespace Linfen.AirMap.Plan.Articles
{
    public sealed record PlantFact(Guid Id, string Name, decimal? CapacityMegawatts, bool? Operating, double DistanceMetres);
    public enum BoilerKind { Boiler, TeaBoiler, CommercialStove, GrainDryer, FarmProductProcessing, ChpUnit, OtherFacility }
    public enum Fuel { Coal, Gas, Electricity, Biomass, Oil, Other }
    public enum BoilerPurpose { CentralHeating, Heating, Production, Other }
    public enum BoilerStatus { Operating, Idle, Closed, Integrated, Converted }
    public sealed record BoilerFacts { public required Place Place { get; init; } public BoilerKind? Kind { get; init; } public Fuel? Fuel { get; init; } public BoilerPurpose? Purpose { get; init; } public decimal? TonnesPerHour { get; init; } public decimal? Megawatts { get; init; } public bool? Outdated { get; init; } public BoilerStatus? Status { get; init; } public DateOnly? CommissionedOn { get; init; } public PlantFact? OwnPlant { get; init; } public IReadOnlyList<PlantFact> Plants { get; init; } = []; }
    public enum SiteStatus { Active, Paused, Finished }
    public sealed record SiteFacts { public required Place Place { get; init; } public SiteStatus? Status { get; init; } public decimal? AreaSquareMetres { get; init; } public bool? Video { get; init; } public IReadOnlyList<MonitorFact>? Monitors { get; init; } public InspectionFact? LastInspection { get; init; } }
    public sealed record MonitorFact(Guid Id, string Name, DateTimeOffset? LastDataAt, DateTimeOffset InstalledAt);
    public sealed record InspectionFact(Guid Id, DateTimeOffset At, IReadOnlyList<string> Failed, IReadOnlyList<string> NotChecked);
    public enum MachineKind { Loader, Forklift, PileDriver, Excavator, Bulldozer, Roller, Crane, Other }
    public enum MachinePower { NewEnergy, Diesel, Petrol, Other }
    public sealed record MachineFacts { public required Place Place { get; init; } public MachineKind? Kind { get; init; } public MachinePower? Power { get; init; } public int? Stage { get; init; } public bool? BlackSmoke { get; init; } public bool? Present { get; init; } public bool? OnConstructionSite { get; init; } public SiteStatus? SiteStatus { get; init; } }
    public enum LandTreatment { None, Hardened, Greened, Covered }
    public sealed record LandFacts { public required Place Place { get; init; } public LandTreatment? Treatment { get; init; } public bool? HardeningFeasible { get; init; } public bool? GreeningFeasible { get; init; } public int? NetMesh { get; init; } }
    public sealed record YardFacts { public required Place Place { get; init; } public bool? Licensed { get; init; } public bool? Cleared { get; init; } }
    public sealed record RoadFacts { public required Place Place { get; init; } public bool? Damaged { get; init; } public bool? Repaired { get; init; } }
    public enum StationKind { Township, Park, County, Other }
    public sealed record StationFacts { public required Place Place { get; init; } public StationKind? Kind { get; init; } public bool? Online { get; init; } public DateTimeOffset? LastDataAt { get; init; } public DateTimeOffset InstalledAt { get; init; } }
    public sealed record ParkFacts { public required Place Place { get; init; } public bool? HasStation { get; init; } }
    public sealed record EnterpriseFacts { public required Place Place { get; init; } public bool? Scattered { get; init; } public bool? Disposed { get; init; } public bool? CameBack { get; init; } }
    public sealed record CountyAirFacts { public required string County { get; init; } public double? AnnualMean { get; init; } public int ValidDays { get; init; } public bool DevelopmentZone { get; init; } }
    public enum FindingState { Filed, Confirmed, Rectified, Dismissed }
    public sealed record FindingFacts { public required Place Place { get; init; } public required string Kind { get; init; } public DateTimeOffset At { get; init; } public FindingState State { get; init; } public bool Patrol { get; init; } }
    public sealed record Rule(string Code, int Article, string TitleZh, string TitleEn, IReadOnlyList<string> SubjectKinds, IReadOnlyList<string> Parameters, IReadOnlyList<ZoneKind> ZoneKinds, IReadOnlyList<string> Lead, IReadOnlyList<string> Cooperating);
    public sealed record FindingKind(string Code, int Article, string Rule, string TitleZh, string TitleEn, bool Continuing);
    public static class FindingKinds { public static IReadOnlyList<FindingKind> All { get; } = []; public static FindingKind? Find(string code) => All.FirstOrDefault(k => k.Code == code); }
    public static class RuleBook
    {
        public static IReadOnlyList<Rule> Rules { get; } = [];
        public static Rule? Find(string code) => Rules.FirstOrDefault(r => r.Code == code);
        public static IReadOnlyList<Decision> Decide(BoilerFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(SiteFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(MachineFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(LandFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(YardFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(RoadFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(StationFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(ParkFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(EnterpriseFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(CountyAirFacts f, DateTimeOffset at, ParameterSet law) => [];
        public static IReadOnlyList<Decision> Decide(FindingFacts f, DateTimeOffset at, ParameterSet law) => [];
    }
}
