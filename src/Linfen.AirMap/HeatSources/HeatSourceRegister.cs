using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.HeatSources;

/// <summary>
/// Industrial heat sources (工业热源): what satellites see as fire and is none. Drawn, imported or learned, an entry is a candidate until a named
/// officer approves it; what is explained by an approved one is attributed (Art. 36 asks for open burning).
/// </summary>
sealed class HeatSourceRegister : Register
{
    public const string KindName = "heatSource";

    public const string Candidate = "candidate";
    public const string Approved = "approved";
    public const string Dismissed = "dismissed";

    /// <summary>Usual power reaches so many times the median where nobody says how high (as learned sources have at least).</summary>
    const decimal TimesMedian = 3;

    /// <summary>
    /// Nor the median: what coke ovens and blast furnaces reach in a pixel of MODIS. Beyond it an accident burns, or a field next to the works, and
    /// somebody should look. Megawatts.
    /// </summary>
    const decimal UnknownMegawatts = 100;

    /// <summary>What an approval rests on: a change of it has to be approved again.</summary>
    static readonly string[] Approvable = ["radiusMetres", "highestMegawatts", "operatingFrom", "operatingTo"];

    public override string Kind => KindName;

    public override string Path => "heat-sources";

    public override string Title => "工业热源";

    public override string TitleEn => "Heat sources";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override bool PlaceRequired => true;

    public override bool MakesLaw => true;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("kind", FieldType.Choice, "类型", "Kind")
        {
            Options =
            [
                new("coke", "焦化", "coke"), new("steel", "钢铁", "steel"), new("power", "电力", "power"), new("chemical", "化工", "chemical"), new("flare", "火炬", "flare"),
                new("solar", "光伏", "solar"), new("other", "其他", "other"),
            ],
        },
        new("status", FieldType.Choice, "状态", "Status")
        {
            ByStep = true,
            Options = [new(Candidate, "候选", "candidate"), new(Approved, "已认定", "approved"), new(Dismissed, "不认定", "dismissed")],
        },
        new("radiusMetres", FieldType.Number, "半径", "Radius") { Unit = "m", Least = 0, Most = 5_000 },
        new("medianMegawatts", FieldType.Number, "常见辐射功率", "Usual power") { Unit = "MW", Least = 0, Most = 100_000 },
        new("highestMegawatts", FieldType.Number, "最大正常辐射功率", "Highest usual power") { Unit = "MW", Least = 0, Most = 100_000 },
        new("operatingFrom", FieldType.Day, "运行开始", "Operating from"),
        new("operatingTo", FieldType.Day, "运行结束", "Operating to"),
        new("origin", FieldType.Choice, "来源", "Origin")
        {
            ByStep = true,
            Options = [new("drawn", "登记", "entered"), new("learned", "卫星识别", "learned")],
        },
        new("score", FieldType.Number, "可信度", "Score") { Least = 0, Most = 1 },
        new("days", FieldType.Integer, "有热点天数", "Days lit") { Least = 0, Most = 100_000 },
        new("nights", FieldType.Integer, "夜间有热点天数", "Nights lit") { Least = 0, Most = 100_000 },
        new("months", FieldType.Integer, "有热点月份数", "Months lit") { Least = 0, Most = 12 },
        new("sightings", FieldType.Integer, "热点数", "Sightings") { Least = 0, Most = 1_000_000_000 },
        new("nightShare", FieldType.Number, "夜间占比", "Share by night") { Least = 0, Most = 1 },
        new("spread", FieldType.Number, "功率离散度", "Spread of power") { Least = 0, Most = 1_000_000 },
        new("firstLit", FieldType.Day, "首次热点", "First lit"),
        new("lastLit", FieldType.Day, "最近热点", "Last lit"),
        new("approvedBy", FieldType.Text, "认定人", "Decided by") { ByStep = true },
        new("approvedAt", FieldType.Moment, "认定时间", "Decided at") { ByStep = true },
        new("reason", FieldType.Text, "认定理由", "Reason") { ByStep = true },
        new("note", FieldType.Text, "备注", "Note"),
    ];

    /// <summary>A new entry is a candidate; an approved one whose area, power or time changes is one again.</summary>
    public override SubjectDraft Completed(SubjectDraft draft, Subject? stored)
    {
        var kept = base.Completed(draft, stored);
        if (stored is null)
        {
            return kept with { Values = kept.Values.With(Fields, ("status", Candidate), ("origin", "drawn")) };
        }

        var same = stored.HasShape(kept.Shape) && Approvable.All(name => stored.Fields.Text(name) == kept.Values.Text(name));
        return same || StatusOf(stored) != Approved
            ? kept
            : kept with { Values = kept.Values.With(Fields, ("status", Candidate), ("approvedBy", null), ("approvedAt", null), ("reason", null)) };
    }

    public override string? Fault(IReadOnlyDictionary<string, object?> values) =>
        values["operatingFrom"] is DateOnly from && values["operatingTo"] is DateOnly to && to < from ? "operatingTo: lies before operatingFrom" : null;

    /// <summary>No source explains any power: what it may reach and still be itself where its entry does not say.</summary>
    public static decimal HighestMegawattsOf(Subject source) => source.Fields.Number("medianMegawatts") is > 0 and var median ? TimesMedian * median : UnknownMegawatts;

    public static string StatusOf(Subject source) => source.Fields.Text("status") ?? Candidate;
}
