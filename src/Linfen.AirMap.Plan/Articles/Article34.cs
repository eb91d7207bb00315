using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 34: in the urban area open-air barbecue only where the city permits it.</summary>
public static class Article34
{
    public const string DueHours = "A34.DueHours";

    internal static readonly string[] Lead = ["市城市管理局"];

    public static readonly Rule Barbecue = new(
        "A34.Barbecue", 34, "露天烧烤", "Open-air barbecue", [SubjectKinds.Finding], [DueHours], [ZoneKind.UrbanArea, ZoneKind.BarbecuePermitted], Lead, []);

    public static Decision Decide(FindingFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Findings.Open(Barbecue, facts, at, law);
        hearing.Require(facts.Place.County is null ? null : !facts.Place.IsIn(ZoneKind.BarbecuePermitted), "permitted-area", "place");
        var zone = hearing.RequireUrbanArea(facts.Place);
        return hearing.Decide(facts.Place, Severity.Ordinary, () => Findings.Told(facts), zone);
    }
}
