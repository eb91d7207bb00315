using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 37: fireworks are not set off in a ban zone; illegal transport, storage and sale are violations anywhere.</summary>
public static class Article37
{
    public const string DueHours = "A37.DueHours";
    public const string SetOff = "fireworksSetOff";

    public static readonly Rule Fireworks = new(
        "A37.Fireworks", 37, "违规烟花爆竹", "Fireworks", [SubjectKinds.Finding], [DueHours], [ZoneKind.FireworksBan], ["市公安局"], ["市应急管理局", "市市场监管局"]);

    public static Decision Decide(FindingFacts facts, DateTimeOffset at, ParameterSet law) => facts.Kind == SetOff
        ? Findings.DecideInZone(Fireworks, ZoneKind.FireworksBan, Severity.Ordinary, facts, at, law)
        : Findings.DecideAnywhere(Fireworks, Severity.Ordinary, facts, at, law);
}
