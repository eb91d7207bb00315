namespace Linfen.AirMap.Simulator.Demo;

/// <summary>60 scattered polluters; most were disposed of, some were not, some came back.</summary>
sealed class Enterprises(Ground ground, DemoSettings settings)
{
    static readonly string[] Industries = ["小塑料", "小家具", "小铸造", "小喷涂", "小石料", "小橡胶", "小煤场", "小炼油", "小砖瓦"];

    readonly Dice _dice = new(settings.Seed, "enterprises");

    public FilledRegister Register()
    {
        var states = _dice.Deal<(bool? Disposed, bool CameBack)>((49, (true, false)), (6, (false, false)), (2, (true, true)), (3, (null, false)));
        return new("enterprises", "enterprises", [.. states.Select((state, i) =>
        {
            var county = ground.AnyCounty(_dice);
            var industry = _dice.Pick(Industries);
            return new Entry(
                $"DEMO-QY-{i + 1:D3}", $"{county.Name}某{industry}作坊{i + 1:D2}", Outline.Point(ground.Settled(county, _dice)), ("scattered", true), ("disposed", state.Disposed),
                ("cameBack", state.CameBack), ("industry", industry), ("since", settings.DaysAgo(_dice.Between(2, 320))), ("note", "演示数据"));
        })]);
    }
}
