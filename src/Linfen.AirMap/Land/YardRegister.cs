using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Land;

/// <summary>Storage yards (堆场), under Article 30.</summary>
sealed class YardRegister : Register
{
    public override string Kind => "yard";

    public override string Path => "land/yards";

    public override string Title => "堆场";

    public override string TitleEn => "Storage yards";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("licensed", FieldType.Flag, "手续齐全", "Licensed"),
        new("cleared", FieldType.Flag, "已清理", "Cleared"),
        new("material", FieldType.Text, "物料", "Material"),
        new("owner", FieldType.Text, "权属单位", "Owner"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at) => RuleBook.Decide(
        new YardFacts
        {
            Place = atlas.PlaceOf(dossier.Shape, dossier.Subject.Simulated, at),
            Licensed = dossier.Subject.Fields.Flag("licensed"),
            Cleared = dossier.Subject.Fields.Flag("cleared"),
        },
        at,
        law);
}
