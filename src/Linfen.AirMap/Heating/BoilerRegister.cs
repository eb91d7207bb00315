using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Heating;

/// <summary>Boilers and other coal facilities (锅炉、燃煤设施), under Articles 17, 18 and 20.</summary>
sealed class BoilerRegister : Register
{
    public override string Kind => "boiler";

    public override string Path => "heating/boilers";

    public override string Title => "锅炉与燃煤设施";

    public override string TitleEn => "Boilers and coal facilities";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        Field.Of<BoilerKind>("kind", "设施类型", "Kind",
            (BoilerKind.Boiler, "锅炉", "boiler"), (BoilerKind.TeaBoiler, "茶浴炉", "tea boiler"), (BoilerKind.CommercialStove, "经营性炉灶", "commercial stove"),
            (BoilerKind.GrainDryer, "粮食烘干", "grain dryer"), (BoilerKind.FarmProductProcessing, "农产品加工", "farm-product processing"),
            (BoilerKind.ChpUnit, "热电机组", "CHP unit"), (BoilerKind.OtherFacility, "其他设施", "other facility")),
        Field.Of<Fuel>("fuel", "燃料", "Fuel",
            (Fuel.Coal, "燃煤", "coal"), (Fuel.Gas, "燃气", "gas"), (Fuel.Electricity, "电", "electricity"), (Fuel.Biomass, "生物质", "biomass"), (Fuel.Oil, "燃油", "oil"), (Fuel.Other, "其他", "other")),
        Field.Of<BoilerPurpose>("purpose", "用途", "Purpose",
            (BoilerPurpose.CentralHeating, "集中供热", "central heating"), (BoilerPurpose.Heating, "采暖", "heating"), (BoilerPurpose.Production, "生产", "production"), (BoilerPurpose.Other, "其他", "other")),
        new("tonnesPerHour", FieldType.Number, "额定蒸发量", "Capacity") { Unit = "t/h", Least = 0, Most = 10_000, Aliases = ["蒸吨", "capacity"] },
        new("megawatts", FieldType.Number, "机组容量", "Unit capacity") { Unit = "MW", Least = 0, Most = 10_000 },
        new("outdated", FieldType.Flag, "落后机组", "Outdated"),
        Field.Of<BoilerStatus>("status", "状态", "Status",
            (BoilerStatus.Operating, "运行", "operating"), (BoilerStatus.Idle, "停用备用", "idle"), (BoilerStatus.Closed, "已关停", "closed"),
            (BoilerStatus.Integrated, "已并网", "integrated into the network"), (BoilerStatus.Converted, "已改造", "converted")),
        new("commissionedOn", FieldType.Day, "投运日期", "Commissioned on"),
        new("plantId", FieldType.Reference, "所属电厂", "Plant") { RefersTo = "plant", Aliases = ["plant"] },
        new("note", FieldType.Text, "备注", "Note"),
    ];

    public override IReadOnlyList<Decision> Decide(Dossier dossier, CityAtlas atlas, ParameterSet law, DateTimeOffset at)
    {
        var (subject, fields) = (dossier.Subject, dossier.Subject.Fields);
        var plants = dossier.Shape is { } shape ? atlas.Regulation.PlantsFrom(shape, subject.Simulated) : [];
        return RuleBook.Decide(
            new BoilerFacts
            {
                Place = atlas.PlaceOf(dossier.Shape, subject.Simulated, at),
                Kind = fields.Choice<BoilerKind>("kind"),
                Fuel = fields.Choice<Fuel>("fuel"),
                Purpose = fields.Choice<BoilerPurpose>("purpose"),
                TonnesPerHour = fields.Number("tonnesPerHour"),
                Megawatts = fields.Number("megawatts"),
                Outdated = fields.Flag("outdated"),
                Status = fields.Choice<BoilerStatus>("status"),
                CommissionedOn = fields.Day("commissionedOn"),
                OwnPlant = fields.Id("plantId") is { } own ? plants.Find(p => p.Id == own) : null,
                Plants = plants,
            },
            at,
            law);
    }
}
