using System.Collections.Frozen;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>
/// Findings without a rule of place: violations wherever they are found. What the patrols of safeguard 5 meet in the street, by the
/// article that forbids it.
/// </summary>
static class PlainFindings
{
    public const string DueHours = "Finding.DueHours";

    private static readonly (FindingKind Kind, Rule Rule)[] Table =
    [
        Entry("mixedBiomassBoiler", "A10.BiomassBoiler", "生物质锅炉掺烧", "Biomass boiler burning other things", ["市生态环境局"], ["市工信局", "市市场监管局"]),
        Entry("vocEmission", "A11.Voc", "VOCs 废气未收集处理", "VOC waste gas not collected", ["市生态环境局"], ["市应急管理局"]),
        Entry("miningDust", "A14.MiningDust", "矿山扬尘", "Mining dust", ["市规划和自然资源局", "市能源局"], ["市应急管理局", "市水利局", "市生态环境局"]),
        Entry("machineSmoke", "A26.BlackSmoke", "非道路移动机械冒黑烟", "Non-road machine with black smoke", Article26.Lead, Article26.Cooperating, Article26.DueHours, continuing: false),
        Entry("fuelQuality", "A27.FuelQuality", "黑加油站点、非标油品", "Illegal filling point or substandard fuel", ["市市场监管局"], ["市发展改革委", "市公安局", "市生态环境局", "市交通运输局", "市商务局", "市能源局", "临汾海关"]),
        Entry("siteDust", "A28.SiteDust", "工地扬尘措施不到位", "Site without dust measures", Article28.Lead, Article28.Cooperating),
        Entry("roadDust", "A29.RoadDust", "市区道路积尘", "Dusty city road", ["市城市管理局"], []),
        Entry("bareSoil", "A30.BareSoil", "裸土未苫盖", "Uncovered bare soil", Article30.Lead, [], Article30.DueHours),
        Entry("dustyFacility", "A31.DustyFacility", "公共设施积尘", "Dusty public facility", ["市城市管理局"], ["市生态环境局"]),
        Entry("highwayDust", "A32.HighwayDust", "公路积尘", "Dusty highway", ["市交通运输局", "临汾公路分局", "市公安局交警支队"], []),
        Entry("spoilTruck", "A32.UncoveredTruck", "车辆抛撒、未苫盖", "Spilling or uncovered truck", ["市交通运输局", "临汾公路分局", "市公安局交警支队"], [], continuing: false),
        Entry("industrialDust", "A33.IndustrialDust", "企业无组织扬尘", "Fugitive dust of an enterprise", ["市生态环境局"], []),
        Entry("kitchenFumes", "A34.KitchenFumes", "餐饮油烟", "Kitchen fumes", Article34.Lead, [], Article34.DueHours),
        Entry("odour", "A35.Odour", "恶臭异味", "Bad smell", ["市生态环境局", "市城市管理局", "市农业农村局"], []),
        Entry("livestockAmmonia", "A38.Ammonia", "畜禽养殖臭气", "Ammonia from livestock", ["市农业农村局", "市生态环境局"], []),
        Entry("tamperedTruck", "A46.TamperedTruck", "货车拆除、篡改排放装置", "Truck with tampered emission control", ["市交通运输局"], ["市公安局交警支队", "市生态环境局"], continuing: false),
    ];

    private static readonly FrozenDictionary<string, Rule> RuleOf =
        Table.ToFrozenDictionary(entry => entry.Kind.Code, entry => entry.Rule, StringComparer.Ordinal);

    public static IEnumerable<FindingKind> Kinds => Table.Select(entry => entry.Kind);

    public static IEnumerable<Rule> Rules => Table.Select(entry => entry.Rule);

    /// <summary>Null when the kind is not one of these.</summary>
    public static Decision? Decide(FindingFacts facts, DateTimeOffset at, ParameterSet law) => RuleOf.GetValueOrDefault(facts.Kind) is { } rule
        ? Findings.DecideAnywhere(rule, Severity.Ordinary, facts, at, law)
        : null;

    private static (FindingKind Kind, Rule Rule) Entry(
        string kind, string rule, string titleZh, string titleEn, string[] lead, string[] cooperating, string dueHours = DueHours, bool continuing = true)
    {
        var article = int.Parse(rule.AsSpan(1, rule.IndexOf('.', StringComparison.Ordinal) - 1), System.Globalization.CultureInfo.InvariantCulture);
        return (
            new(kind, article, rule, titleZh, titleEn, continuing),
            new(rule, article, titleZh, titleEn, [SubjectKinds.Finding], [dueHours], [], lead, cooperating));
    }
}
