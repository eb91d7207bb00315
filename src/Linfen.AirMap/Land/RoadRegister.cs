using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Land;

/// <summary>Damaged roads (破损道路), under Article 30.</summary>
sealed class RoadRegister : Register
{
    public override string Kind => "road";

    public override string Path => "land/roads";

    public override string Title => "破损道路";

    public override string TitleEn => "Damaged roads";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Line;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("damaged", FieldType.Flag, "破损", "Damaged"),
        new("repaired", FieldType.Flag, "已修复", "Repaired"),
        new("lengthMetres", FieldType.Number, "长度", "Length") { Unit = "m", Least = 0, Most = 1_000_000 },
        new("owner", FieldType.Text, "管养单位", "Maintained by"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at) => RuleBook.Decide(
        new RoadFacts
        {
            Place = atlas.PlaceOf(dossier.Shape, dossier.Subject.Simulated, at),
            // It stands in the register of damaged roads.
            Damaged = dossier.Subject.Fields.Flag("damaged") ?? true,
            Repaired = dossier.Subject.Fields.Flag("repaired"),
        },
        at,
        law);
}
