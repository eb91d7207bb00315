using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Heating;

/// <summary>Combined heat and power plants (热电联产电厂): around those large enough small boilers have to go (Art. 17).</summary>
sealed class PlantRegister : Register
{
    public override string Kind => "plant";

    public override string Path => "heating/plants";

    public override string Title => "热电联产电厂";

    public override string TitleEn => "CHP plants";

    public override ShapeKinds Shapes => ShapeKinds.Point | ShapeKinds.Area;

    public override bool PlaceRequired => true;

    public override bool MakesLaw => true;

    public override IReadOnlyList<Field> Fields { get; } =
    [
        new("capacityMegawatts", FieldType.Number, "装机容量", "Capacity") { Unit = "MW", Least = 0, Most = 20_000, Aliases = ["装机容量(MW)", "capacity"] },
        new("status", FieldType.Choice, "状态", "Status")
        {
            Options = [new("operating", "运行", "operating"), new("standby", "停备", "standby"), new("closed", "关停", "closed")],
        },
        new("source", FieldType.Text, "资料来源", "Source"),
        new("note", FieldType.Text, "备注", "Note"),
    ];
}
