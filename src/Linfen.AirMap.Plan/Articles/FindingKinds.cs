using System.Collections.Frozen;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>What people may file, in the order of the articles. Open burning is not among them: that is a fire.</summary>
public static class FindingKinds
{
    public static IReadOnlyList<FindingKind> All { get; } =
    [
        .. new FindingKind[]
        {
            Of("highPollutionFuel", Article19.HighPollutionFuel, "使用高污染燃料", "High-pollution fuel", continuing: true),
            Of("coalQuality", Article19.CoalQuality, "煤质不合格", "Substandard coal", continuing: true),
            Of("looseCoal", Article20.LooseCoal, "散煤", "Loose coal", continuing: true),
            Of("firewood", Article20.Firewood, "柴禾", "Firewood", continuing: true),
            Of("coalFacility", Article20.CoalFacility, "燃煤设施", "Coal-burning facility", continuing: true),
            Of("barbecue", Article34.Barbecue, "露天烧烤", "Open-air barbecue", continuing: false),
            Of(Article37.SetOff, Article37.Fireworks, "燃放烟花爆竹", "Fireworks set off", continuing: false),
            Of("fireworksTransport", Article37.Fireworks, "违规运输烟花爆竹", "Illegal transport of fireworks", continuing: false),
            Of("fireworksStorage", Article37.Fireworks, "违规存储烟花爆竹", "Illegal storage of fireworks", continuing: false),
            Of("fireworksSale", Article37.Fireworks, "违规销售烟花爆竹", "Illegal sale of fireworks", continuing: false),
            Of("scatteredPolluter", Article45.Scattered, "散乱污企业", "Scattered polluter", continuing: true),
        }.Concat(PlainFindings.Kinds).OrderBy(kind => kind.Article),
    ];

    private static readonly FrozenDictionary<string, FindingKind> ByCode = All.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);

    public static FindingKind? Find(string code) => ByCode.GetValueOrDefault(code);

    private static FindingKind Of(string code, Rule rule, string titleZh, string titleEn, bool continuing) =>
        new(code, rule.Article, rule.Code, titleZh, titleEn, continuing);
}
