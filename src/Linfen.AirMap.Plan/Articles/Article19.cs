using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 19: no loose coal along the Fen after 2025, no high-pollution fuel in its zones, clean coal of the promised quality.</summary>
public static class Article19
{
    public const string Counties = "AlongFen.Counties";
    public const string After = "A19.AlongFenZero.After";
    public const string DueHours = "A19.DueHours";

    private static readonly string[] Lead = ["市能源局", "市生态环境局", "市农业农村局", "市住建局", "市市场监管局"];
    private static readonly string[] Cooperating = ["市清洁取暖工作领导小组成员单位"];

    public static readonly Rule AlongFenZero = new(
        "A19.AlongFenZero", 19, "沿汾散煤未清零", "Loose coal along the Fen", [SubjectKinds.Finding], [After, Counties, DueHours], [], Lead, Cooperating);

    public static readonly Rule HighPollutionFuel = new(
        "A19.HighPollutionFuel", 19, "禁燃区内高污染燃料", "High-pollution fuel in its forbidden zone", [SubjectKinds.Finding],
        [DueHours], [ZoneKind.HighPollutionFuelFree], Lead, Cooperating);

    public static readonly Rule CoalQuality = new(
        "A19.CoalQuality", 19, "煤质不合格", "Coal below its quality standard", [SubjectKinds.Finding], [DueHours], [], Lead, Cooperating);

    /// <param name="facts">A finding of loose coal.</param>
    public static Decision DecideAlongFenZero(FindingFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Findings.Open(AlongFenZero, facts, at, law);
        hearing.RequireAfter(After);
        hearing.RequireCounty(facts.Place.County, Counties, "not-along-fen");
        return hearing.Decide(facts.Place, Severity.Serious, () => Findings.Told(facts));
    }

    public static Decision DecideHighPollutionFuel(FindingFacts facts, DateTimeOffset at, ParameterSet law) =>
        Findings.DecideInZone(HighPollutionFuel, ZoneKind.HighPollutionFuelFree, Severity.Ordinary, facts, at, law);

    public static Decision DecideCoalQuality(FindingFacts facts, DateTimeOffset at, ParameterSet law) =>
        Findings.DecideAnywhere(CoalQuality, Severity.Ordinary, facts, at, law);
}
