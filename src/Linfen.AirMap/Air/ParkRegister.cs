using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Air;

/// <summary>Industrial parks (工业园区): who answers inside, and whether a station watches the air (Art. 41).</summary>
sealed class ParkRegister : Register
{
    public override string Kind => "park";

    public override string Path => "parks";

    public override string Title => "工业园区";

    public override string TitleEn => "Industrial parks";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override bool MakesLaw => true;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("authority", FieldType.Text, "代县级政府担责的管委会", "Authority that answers in place of the county") { Aliases = ["管理机构"] },
        new("keyPark", FieldType.Flag, "重点园区", "Key park"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at) => RuleBook.Decide(
        new ParkFacts
        {
            Place = atlas.PlaceOf(dossier.Shape, dossier.Subject.Simulated, at),
            HasStation = dossier.Of("station").Any(s => s.Fields.Flag("online") != false),
        },
        at,
        law);
}
