using System.Text.Json;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;

namespace Linfen.AirMap.Zones;

/// <summary>A kind of zone as people and callers name it.</summary>
/// <param name="Code">As in the interface, e.g. <c>coalFree</c>.</param>
/// <param name="Articles">Of the plan; the first is the one that draws it.</param>
/// <param name="Derived">Computed from the plants, never drawn.</param>
/// <param name="Rules">Codes of the rules that ask for it.</param>
sealed record ZoneKindEntry(string Code, string Title, string TitleEn, int Article, IReadOnlyList<int> Articles, bool Derived, IReadOnlyList<string> Rules);

/// <summary>The kinds of zones of the plan.</summary>
static class ZoneKinds
{
    /// <summary>Heat-supply radii (供热半径) are listed beside the zones and derived from the plants.</summary>
    public const string HeatRadius = "heatRadius";

    static readonly Dictionary<ZoneKind, (string Title, string TitleEn, int[] Articles)> Names = new()
    {
        [ZoneKind.CoalFree] = ("禁煤区", "Coal-free zone", [20, 19]),
        [ZoneKind.HighPollutionFuelFree] = ("禁燃区", "Zone free of high-pollution fuel", [19]),
        [ZoneKind.HeatNetwork] = ("供热管网覆盖范围", "Heating-network coverage", [18]),
        [ZoneKind.BuiltUp] = ("城市（含县城）建成区", "Built-up area", [17]),
        [ZoneKind.UrbanArea] = ("市区", "Urban area", [30, 26, 29, 31, 34]),
        [ZoneKind.UrbanPlanningArea] = ("市区规划区", "Urban planning area", [23]),
        [ZoneKind.NonRoadMachineryControl] = ("非道路移动机械排放控制区", "Control zone of non-road machinery", [26]),
        [ZoneKind.BarbecuePermitted] = ("露天烧烤允许区域", "Area where barbecue is permitted", [34]),
        [ZoneKind.FireworksBan] = ("烟花爆竹禁燃禁放区", "Fireworks ban zone", [37]),
        [ZoneKind.FreightRestriction] = ("货车限行绕行区", "Freight restriction zone", [22, 23, 44, 46]),
        [ZoneKind.IndustrialPark] = ("工业园区、开发区", "Industrial park", [41, 7, 24]),
        [ZoneKind.SweepingDuty] = ("道路清扫责任区", "Road-sweeping duty area", [29]),
    };

    public static IReadOnlyList<ZoneKindEntry> All { get; } =
    [
        .. Enum.GetValues<ZoneKind>().Select(kind => Entry(kind, Names[kind])),
        new(HeatRadius, "供热半径", "Heat-supply radius", 17, [17], Derived: true, ["A17.HeatRadius"]),
    ];

    public static string CodeOf(ZoneKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    public static string TitleOf(ZoneKind kind) => Names[kind].Title;

    public static string TitleEnOf(ZoneKind kind) => Names[kind].TitleEn;

    /// <summary>By its code in any case, or by its Chinese title; null when there is no such kind.</summary>
    public static ZoneKind? Find(string? text)
    {
        var wanted = text?.Trim();
        return Enum.GetValues<ZoneKind>().Where(kind =>
                string.Equals(kind.ToString(), wanted, StringComparison.OrdinalIgnoreCase) || string.Equals(Names[kind].Title, wanted, StringComparison.Ordinal))
            .Select(kind => (ZoneKind?)kind).FirstOrDefault();
    }

    static ZoneKindEntry Entry(ZoneKind kind, (string Title, string TitleEn, int[] Articles) name) => new(
        CodeOf(kind), name.Title, name.TitleEn, name.Articles[0], name.Articles, Derived: false,
        [.. RuleBook.Rules.Where(rule => rule.ZoneKinds.Contains(kind)).Select(rule => rule.Code)]);
}
