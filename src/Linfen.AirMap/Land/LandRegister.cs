using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Land;

/// <summary>Bare-land patches (裸地) with assessment and treatment, under Article 30.</summary>
sealed class LandRegister : Register
{
    public override string Kind => "land";

    public override string Path => "land";

    public override string Title => "裸地";

    public override string TitleEn => "Bare land";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        Field.Of<LandTreatment>("treatment", "治理措施", "Treatment",
            (LandTreatment.None, "未治理", "none"), (LandTreatment.Hardened, "硬化", "hardened"), (LandTreatment.Greened, "绿化", "greened"), (LandTreatment.Covered, "围挡苫盖", "fenced and covered")),
        new("hardeningFeasible", FieldType.Flag, "宜硬化", "Hardening feasible"),
        new("greeningFeasible", FieldType.Flag, "宜绿化", "Greening feasible"),
        new("netMesh", FieldType.Integer, "绿网目数", "Net mesh") { Unit = "目", Least = 0, Most = 100_000 },
        new("areaSquareMetres", FieldType.Number, "面积", "Area") { Unit = "m²", Least = 0, Most = 100_000_000, Aliases = ["area"] },
        new("owner", FieldType.Text, "权属单位", "Owner"),
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var (subject, fields) = (dossier.Subject, dossier.Subject.Fields);
        return RuleBook.Decide(
            new LandFacts
            {
                Place = atlas.PlaceOf(dossier.Shape, subject.Simulated, at),
                Treatment = fields.Choice<LandTreatment>("treatment"),
                HardeningFeasible = fields.Flag("hardeningFeasible"),
                GreeningFeasible = fields.Flag("greeningFeasible"),
                NetMesh = fields.Integer("netMesh"),
            },
            at,
            law);
    }
}
