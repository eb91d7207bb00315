using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 45: scattered polluters are disposed of, and stay so.</summary>
public static class Article45
{
    public const string DueHours = "A45.DueHours";

    public static readonly Rule Scattered = new(
        "A45.Scattered", 45, "散乱污企业", "Scattered polluter", [SubjectKinds.Enterprise, SubjectKinds.Finding], [DueHours], [], ["市生态环境局"], []);

    public static Decision Decide(EnterpriseFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Scattered, at, law);
        hearing.Require(facts.Scattered, "not-scattered", "scattered");
        hearing.RequireAny("disposed", new("cameBack", facts.CameBack == true, ""), new("notDisposed", !facts.Disposed, "disposed"));
        return hearing.Decide(facts.Place, Severity.Serious, () =>
        [
            new("scattered", facts.Scattered), new("disposed", facts.Disposed), new("cameBack", facts.CameBack ?? false),
        ]);
    }

    public static Decision Decide(FindingFacts facts, DateTimeOffset at, ParameterSet law) =>
        Findings.DecideAnywhere(Scattered, Severity.Serious, facts, at, law);
}
