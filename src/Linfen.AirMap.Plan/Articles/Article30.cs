using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 30: bare land, damaged roads and storage yards of the urban area.</summary>
public static class Article30
{
    public const string BareLandAfter = "A30.BareLand.After";
    public const string RoadAfter = "A30.Road.After";
    public const string YardFrom = "A30.Yard.From";
    public const string Mesh = "A30.NetMesh.Mesh";
    public const string DueHours = "A30.DueHours";

    internal static readonly string[] Lead = ["市住建局", "市城市管理局", "市规划和自然资源局"];

    public static readonly Rule BareLand = Entry("BareLand", "裸地未治理", "Untreated bare land", SubjectKinds.Land, BareLandAfter);

    public static readonly Rule Order = Entry("Order", "裸地治理未按先后顺序", "Bare land treated out of order", SubjectKinds.Land);

    public static readonly Rule NetMesh = Entry("NetMesh", "苫盖绿网目数不足", "Covering net too coarse", SubjectKinds.Land, Mesh);

    public static readonly Rule Yard = Entry("Yard", "违规堆场未清理", "Unlicensed yard not cleared", SubjectKinds.Yard, YardFrom);

    public static readonly Rule Road = Entry("Road", "破损道路未修复", "Damaged road not repaired", SubjectKinds.Road, RoadAfter);

    public static Decision DecideBareLand(LandFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(BareLand, at, law);
        hearing.Require(facts.Treatment is { } treatment ? treatment == LandTreatment.None : null, "treated", "treatment");
        hearing.RequireAfter(BareLandAfter);
        return Decide(hearing, facts.Place, Severity.Serious, () => [new("treatment", Words.Value(facts.Treatment))]);
    }

    /// <summary>Harden where feasible, else green, else fence and cover. A patch without treatment is not its business.</summary>
    public static Decision DecideOrder(LandFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Order, at, law);
        hearing.Require(facts.Treatment is { } treatment ? treatment != LandTreatment.None : null, "untreated", "treatment");
        var skipped = hearing.RequireAny(
            "first-feasible-measure",
            new("hardening", Skipped(LandTreatment.Hardened, facts.Treatment, facts.HardeningFeasible), "hardening-feasible"),
            new("greening", Skipped(LandTreatment.Greened, facts.Treatment, facts.GreeningFeasible), "greening-feasible"));
        return Decide(hearing, facts.Place, Severity.Ordinary, () =>
        [
            new("treatment", Words.Value(facts.Treatment)), new("skippedMeasures", skipped),
        ]);
    }

    /// <summary>Whether a feasible measure was passed over for a later one.</summary>
    private static bool? Skipped(LandTreatment measure, LandTreatment? taken, bool? feasible) =>
        taken is null ? null : taken > measure ? feasible : false;

    public static Decision DecideNetMesh(LandFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(NetMesh, at, law);
        hearing.Require(facts.Treatment is { } treatment ? treatment == LandTreatment.Covered : null, "not-covered", "treatment");
        if (hearing.Number(Mesh) is { } least)
        {
            hearing.Require(facts.NetMesh is { } mesh ? mesh < least : null, "fine-net", "net-mesh");
        }

        return Decide(hearing, facts.Place, Severity.Ordinary, () => [new("treatment", Words.Value(facts.Treatment)), new("netMesh", facts.NetMesh)]);
    }

    public static Decision Decide(YardFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Yard, at, law);
        hearing.Require(!facts.Cleared, "cleared", "cleared");
        hearing.Require(!facts.Licensed, "licensed", "licensed");
        hearing.RequireFrom(YardFrom);
        return Decide(hearing, facts.Place, Severity.Ordinary, () => [new("licensed", facts.Licensed), new("cleared", facts.Cleared)]);
    }

    public static Decision Decide(RoadFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(Road, at, law);
        hearing.Require(!facts.Repaired, "repaired", "repaired");
        hearing.Require(facts.Damaged, "undamaged", "damaged");
        hearing.RequireAfter(RoadAfter);
        return Decide(hearing, facts.Place, Severity.Ordinary, () => [new("damaged", facts.Damaged), new("repaired", facts.Repaired)]);
    }

    /// <summary>The whole article is about the urban area.</summary>
    private static Decision Decide(Hearing hearing, Place place, Severity severity, Func<IEnumerable<Fact>> facts)
    {
        var zone = hearing.RequireUrbanArea(place);
        return hearing.Decide(place, severity, facts, zone);
    }

    private static Rule Entry(string name, string titleZh, string titleEn, string subject, params string[] parameters) =>
        new($"A30.{name}", 30, titleZh, titleEn, [subject], [.. parameters, DueHours], [ZoneKind.UrbanArea], Lead, []);
}
