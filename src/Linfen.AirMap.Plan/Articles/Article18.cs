using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 18: where a heating network reaches, neither coal boilers nor loose coal.</summary>
public static class Article18
{
    public const string DueHours = "A18.DueHours";

    public static readonly Rule HeatNetwork = new(
        "A18.HeatNetwork", 18, "供热管网覆盖范围内燃煤", "Coal where a heating network reaches", [SubjectKinds.Boiler, SubjectKinds.Finding],
        [DueHours], [ZoneKind.HeatNetwork], ["市投资集团", "市能源局"], ["市生态环境局"]);

    public static Decision Decide(BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Article17.OpenBoiler(HeatNetwork, facts, at, law);
        var zone = hearing.RequireZone(facts.Place, ZoneKind.HeatNetwork);
        return hearing.Decide(facts.Place, Severity.Serious, () => Article17.Told(facts), zone);
    }

    /// <param name="facts">A finding of loose coal.</param>
    public static Decision Decide(FindingFacts facts, DateTimeOffset at, ParameterSet law) =>
        Findings.DecideInZone(HeatNetwork, ZoneKind.HeatNetwork, Severity.Serious, facts, at, law);
}
