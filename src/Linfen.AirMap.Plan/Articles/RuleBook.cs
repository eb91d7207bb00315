using System.Collections.Frozen;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>The table of contents: every rule of the plan, and for each kind of subject the rules that judge it, one decision each.</summary>
public static class RuleBook
{
    /// <summary>In the order of the articles.</summary>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        .. new[]
        {
            Article17.HeatRadius, Article17.SmallBoiler, Article17.NewBoiler, Article17.BuiltUpBoiler,
            Article18.HeatNetwork,
            Article19.AlongFenZero, Article19.HighPollutionFuel, Article19.CoalQuality,
            Article20.LooseCoal, Article20.Firewood, Article20.CoalFacility,
            Article26.SiteMachinery, Article26.ControlZone,
            Article28.Monitoring, Article28.SixHundred, Article28Dust.Dust,
            Article30.BareLand, Article30.Order, Article30.NetMesh, Article30.Yard, Article30.Road,
            Article34.Barbecue,
            Article36.OpenBurningRule,
            Article37.Fireworks,
            Article39.Pm25,
            Article41.Station,
            Article45.Scattered,
        }.Concat(PlainFindings.Rules).OrderBy(rule => rule.Article),
    ];

    private static readonly FrozenDictionary<string, Rule> ByCode = Rules.ToFrozenDictionary(rule => rule.Code, StringComparer.Ordinal);

    public static Rule? Find(string code) => ByCode.GetValueOrDefault(code);

    public static IReadOnlyList<Decision> Decide(FireFacts facts, DateTimeOffset at, ParameterSet law) => [Article36.Decide(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(BoilerFacts facts, DateTimeOffset at, ParameterSet law) =>
    [
        Article17.DecideHeatRadius(facts, at, law),
        Article17.DecideSmallBoiler(facts, at, law),
        Article17.DecideNewBoiler(facts, at, law),
        Article17.DecideBuiltUpBoiler(facts, at, law),
        Article18.Decide(facts, at, law),
        Article20.DecideCoalFacility(facts, at, law),
    ];

    public static IReadOnlyList<Decision> Decide(SiteFacts facts, DateTimeOffset at, ParameterSet law) =>
        [Article28.DecideMonitoring(facts, at, law), Article28.DecideSixHundred(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(DustFacts facts, DateTimeOffset at, ParameterSet law) => [Article28Dust.Decide(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(MachineFacts facts, DateTimeOffset at, ParameterSet law) =>
        [Article26.DecideSiteMachinery(facts, at, law), Article26.DecideControlZone(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(LandFacts facts, DateTimeOffset at, ParameterSet law) =>
        [Article30.DecideBareLand(facts, at, law), Article30.DecideOrder(facts, at, law), Article30.DecideNetMesh(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(YardFacts facts, DateTimeOffset at, ParameterSet law) => [Article30.Decide(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(RoadFacts facts, DateTimeOffset at, ParameterSet law) => [Article30.Decide(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(StationFacts facts, DateTimeOffset at, ParameterSet law) => [Article41.Decide(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(ParkFacts facts, DateTimeOffset at, ParameterSet law) => [Article41.Decide(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(EnterpriseFacts facts, DateTimeOffset at, ParameterSet law) => [Article45.Decide(facts, at, law)];

    public static IReadOnlyList<Decision> Decide(CountyAirFacts facts, DateTimeOffset at, ParameterSet law) => [Article39.Decide(facts, at, law)];

    /// <exception cref="ArgumentException">The kind is none of <see cref="FindingKinds"/>: there is no rule to answer by.</exception>
    public static IReadOnlyList<Decision> Decide(FindingFacts facts, DateTimeOffset at, ParameterSet law) => FindingKinds.Find(facts.Kind)?.Rule switch
    {
        "A20.LooseCoal" =>
            [Article20.DecideLooseCoal(facts, at, law), Article19.DecideAlongFenZero(facts, at, law), Article18.Decide(facts, at, law)],
        "A20.Firewood" => [Article20.DecideFirewood(facts, at, law)],
        "A20.CoalFacility" => [Article20.DecideCoalFacility(facts, at, law)],
        "A19.HighPollutionFuel" => [Article19.DecideHighPollutionFuel(facts, at, law)],
        "A19.CoalQuality" => [Article19.DecideCoalQuality(facts, at, law)],
        "A34.Barbecue" => [Article34.Decide(facts, at, law)],
        "A37.Fireworks" => [Article37.Decide(facts, at, law)],
        "A45.Scattered" => [Article45.Decide(facts, at, law)],
        _ => [PlainFindings.Decide(facts, at, law) ?? throw new ArgumentException($"no such kind of finding: {facts.Kind}", nameof(facts))],
    };
}
