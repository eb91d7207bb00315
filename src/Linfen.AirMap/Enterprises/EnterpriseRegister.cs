using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Enterprises;

/// <summary>Scattered polluters (散乱污企业), under Article 45.</summary>
sealed class EnterpriseRegister : Register
{
    public override string Kind => "enterprise";

    public override string Path => "enterprises";

    public override string Title => "散乱污企业";

    public override string TitleEn => "Scattered polluters";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("scattered", FieldType.Flag, "属散乱污", "Scattered polluter"),
        new("disposed", FieldType.Flag, "已处置", "Disposed"),
        new("cameBack", FieldType.Flag, "死灰复燃", "Came back"),
        new("industry", FieldType.Text, "行业", "Industry"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at) => RuleBook.Decide(
        new EnterpriseFacts
        {
            Place = atlas.PlaceOf(dossier.Shape, dossier.Subject.Simulated, at),
            Scattered = dossier.Subject.Fields.Flag("scattered"),
            Disposed = dossier.Subject.Fields.Flag("disposed"),
            CameBack = dossier.Subject.Fields.Flag("cameBack"),
        },
        at,
        law);
}
