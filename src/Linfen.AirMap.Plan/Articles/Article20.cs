using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 20: in a coal-free zone (禁煤区, Art. 19) neither loose coal nor firewood nor facilities that burn coal.</summary>
public static class Article20
{
    public const string DueHours = "A20.DueHours";

    public static readonly Rule LooseCoal = Entry("LooseCoal", "禁煤区散煤", "Loose coal in a coal-free zone", SubjectKinds.Finding);

    public static readonly Rule Firewood = Entry("Firewood", "禁煤区柴禾", "Firewood in a coal-free zone", SubjectKinds.Finding);

    public static readonly Rule CoalFacility =
        Entry("CoalFacility", "禁煤区燃煤设施", "Coal-burning facility in a coal-free zone", SubjectKinds.Boiler, SubjectKinds.Finding);

    /// <summary>Any facility of the register that burns coal and is in operation, whatever its kind or size.</summary>
    public static Decision DecideCoalFacility(BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Article17.Open(CoalFacility, facts, at, law);
        var zone = hearing.RequireZone(facts.Place, ZoneKind.CoalFree);
        return hearing.Decide(facts.Place, Severity.Serious, () => Article17.Told(facts), zone);
    }

    public static Decision DecideCoalFacility(FindingFacts facts, DateTimeOffset at, ParameterSet law) => Decide(CoalFacility, facts, at, law);

    public static Decision DecideLooseCoal(FindingFacts facts, DateTimeOffset at, ParameterSet law) => Decide(LooseCoal, facts, at, law);

    public static Decision DecideFirewood(FindingFacts facts, DateTimeOffset at, ParameterSet law) => Decide(Firewood, facts, at, law);

    private static Decision Decide(Rule rule, FindingFacts facts, DateTimeOffset at, ParameterSet law) =>
        Findings.DecideInZone(rule, ZoneKind.CoalFree, Severity.Serious, facts, at, law);

    private static Rule Entry(string name, string titleZh, string titleEn, params string[] subjects) =>
        new($"A20.{name}", 20, titleZh, titleEn, subjects, [DueHours], [ZoneKind.CoalFree], ["市生态环境局", "市能源局"], []);
}
