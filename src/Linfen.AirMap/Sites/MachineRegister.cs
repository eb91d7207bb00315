using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Sites;

/// <summary>Non-road machines (非道路移动机械), on a site or elsewhere, under Article 26.</summary>
sealed class MachineRegister : Register
{
    public override string Kind => "machine";

    public override string Path => "machines";

    public override string Title => "非道路移动机械";

    public override string TitleEn => "Non-road machines";

    public override string? ParentKind => "site";

    public override string Distinction => "plate";

    public override IReadOnlyList<Field> Fields { get; } =
    [
        Field.Of<MachineKind>("kind", "机械类型", "Kind",
            (MachineKind.Loader, "装载机", "loader"), (MachineKind.Forklift, "叉车", "forklift"), (MachineKind.PileDriver, "打桩机", "pile driver"), (MachineKind.Excavator, "挖掘机", "excavator"),
            (MachineKind.Bulldozer, "推土机", "bulldozer"), (MachineKind.Roller, "压路机", "roller"), (MachineKind.Crane, "起重机", "crane"), (MachineKind.Other, "其他", "other")),
        Field.Of<MachinePower>("power", "动力", "Power",
            (MachinePower.NewEnergy, "新能源", "new energy"), (MachinePower.Diesel, "柴油", "diesel"), (MachinePower.Petrol, "汽油", "petrol"), (MachinePower.Other, "其他", "other")),
        new("stage", FieldType.Integer, "排放阶段", "China stage") { Least = 0, Most = 6 },
        new("blackSmoke", FieldType.Flag, "冒黑烟", "Black smoke"),
        new("present", FieldType.Flag, "在场", "Present"),
        new("plate", FieldType.Text, "环保号牌", "Plate"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    /// <summary>A machine on a site is judged by the site's state too.</summary>
    public override DateTimeOffset Since(Dossier dossier) =>
        dossier.Parent is { } site && site.Since > dossier.Subject.Since ? site.Since : dossier.Subject.Since;

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var (subject, fields) = (dossier.Subject, dossier.Subject.Fields);
        return RuleBook.Decide(
            new MachineFacts
            {
                Place = atlas.PlaceOf(dossier.Shape, subject.Simulated, at),
                Kind = fields.Choice<MachineKind>("kind"),
                Power = fields.Choice<MachinePower>("power"),
                Stage = fields.Integer("stage"),
                BlackSmoke = fields.Flag("blackSmoke"),
                // Registered and not reported gone: it is there.
                Present = fields.Flag("present") ?? true,
                OnConstructionSite = dossier.Parent is not null,
                SiteStatus = dossier.Parent?.Fields.Choice<SiteStatus>("status"),
            },
            at,
            law);
    }
}
