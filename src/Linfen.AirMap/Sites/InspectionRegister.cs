using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Sites;

/// <summary>Inspections of the six 100 % items (六个百分百) of a site; the last one counts (Art. 28).</summary>
sealed class InspectionRegister : Register
{
    static readonly (string Code, string Title, string TitleEn)[] Items =
    [
        ("enclosure", "围挡", "Enclosure"), ("cover", "物料覆盖", "Material cover"), ("washing", "车辆冲洗", "Vehicle wash"),
        ("hardening", "地面硬化", "Hardened ground"), ("wetDemolition", "湿法作业", "Wet demolition"), ("sealedTrucks", "渣土车密闭", "Sealed spoil trucks"),
    ];

    const string Passed = "passed";
    const string Failed = "failed";
    const string NotApplicable = "notApplicable";

    static readonly Option[] Results =
    [
        new(Passed, "合格", "passed"), new(Failed, "不合格", "failed"), new(NotApplicable, "不涉及", "not applicable"), new("notChecked", "未检查", "not checked"),
    ];

    public override string Kind => "inspection";

    public override string Path => "inspections";

    public override string Title => "六个百分百检查";

    public override string TitleEn => "Six-item inspections";

    public override string? ParentKind => "site";

    public override bool ConcernsParent => true;

    public override string Distinction => "at";

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("at", FieldType.Moment, "检查时间", "Inspected at") { Required = true },
        new("inspector", FieldType.Text, "检查人", "Inspector"),
        .. Items.Select(i => new Field(i.Code, FieldType.Choice, i.Title, i.TitleEn) { Options = Results }),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    /// <summary>What it found is so since it was made.</summary>
    public override DateTimeOffset Since(Dossier dossier) => At(dossier.Subject);

    public static DateTimeOffset At(Subject inspection) => inspection.Fields.Moment("at") ?? inspection.Since;

    /// <summary>The last inspection up to a moment; null without any.</summary>
    public static InspectionFact? Last(Dossier site, DateTimeOffset at) => site.Of("inspection")
        .Select(i => (Inspection: i, At: At(i)))
        .Where(i => i.At <= at)
        .OrderByDescending(i => i.At).ThenByDescending(i => i.Inspection.KnownAt)
        .Select(i => new InspectionFact(i.Inspection.Id, i.At, Having(i.Inspection, r => r == Failed), Having(i.Inspection, r => r is null or "notChecked")))
        .FirstOrDefault();

    static List<string> Having(Subject inspection, Func<string?, bool> result) => [.. Items.Select(i => i.Code).Where(code => result(inspection.Fields.Text(code)))];
}
