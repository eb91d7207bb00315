using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>180 patches of bare land, 50 yards and 30 damaged roads, mostly in and around the city proper.</summary>
sealed class BareLand(Ground ground, DemoSettings settings)
{
    static readonly string[] Materials = ["砂石", "煤矸石", "水泥熟料", "渣土", "石灰石", "粉煤灰"];

    readonly Dice _dice = new(settings.Seed, "land");

    public IReadOnlyList<FilledRegister> Registers => [new("bare land", "land", Patches()), new("yards", "land/yards", Yards()), new("roads", "land/roads", Roads())];

    List<Entry> Patches()
    {
        var inside = _dice.Deal<Func<Field>>(
            (16, () => new("none", Either(), Either(), null)), (44, () => new("hardened", true, Either(), null)), (44, () => new("greened", false, true, null)),
            (26, () => new("covered", false, false, _dice.Pick([2000, 2000, 2500, 3000]))), (5, () => new("covered", false, true, 2000)),
            (3, () => new("greened", true, true, null)), (6, () => new("covered", false, false, _dice.Pick([800, 1200, 1500]))),
            (2, () => new("covered", false, false, null)), (2, () => new("hardened", true, Either(), null)), (2, () => new(null, null, null, null)));
        var outside = _dice.Deal<Func<Field>>(
            (12, () => new("none", Either(), Either(), null)), (6, () => new("hardened", true, false, null)), (8, () => new("greened", false, true, null)),
            (4, () => new("covered", false, false, 2000)));
        return [.. inside.Concat(outside).Select((field, i) => Patch(i + 1, field(), urban: i < inside.Count))];
    }

    /// <summary>What was found feasible on a patch and what was done.</summary>
    sealed record Field(string? Treatment, bool? Hardening, bool? Greening, int? Mesh);

    bool Either() => _dice.Chance(0.5);

    Entry Patch(int number, Field field, bool urban)
    {
        var county = urban || _dice.Chance(0.5) ? ground.Centre : ground.AnyCounty(_dice);
        var place = urban ? Ground.Within(ground.UrbanArea, _dice) : Outskirts(county);
        var area = Math.Round(1_000 * Math.Pow(30, _dice.Between(0, 1)));
        return new(
            $"DEMO-LD-{number:D3}", urban ? $"{_dice.Pick(Gazetteer.Streets).Name}旁裸地{number:D3}" : $"{county.Name}裸地{number:D3}", Outline.Plot(place, area, _dice),
            ("treatment", field.Treatment), ("hardeningFeasible", field.Hardening), ("greeningFeasible", field.Greening), ("netMesh", field.Mesh), ("areaSquareMetres", area),
            ("owner", "某权属单位"), ("since", settings.DaysAgo(_dice.Between(3, 250))), ("note", "演示数据"));
    }

    /// <summary>Close to a town but not in the city proper.</summary>
    LonLat Outskirts(CountyGround county)
    {
        while (true)
        {
            var place = county == ground.Centre ? ground.Near(county.Seat, 7_500, county, _dice) : ground.InTown(county, _dice);
            if (!ground.UrbanArea.Buffer(0.004).Contains(Outline.Point(place)))
            {
                return place;
            }
        }
    }

    List<Entry> Yards()
    {
        var states = _dice.Deal<(bool? Licensed, bool Cleared, bool Urban)>(
            (8, (false, false, true)), (14, (false, true, true)), (10, (true, false, true)), (2, (null, false, true)), (12, (true, false, false)), (4, (false, true, false)));
        return [.. states.Select((state, i) =>
        {
            var county = state.Urban ? ground.Centre : ground.AnyCounty(_dice);
            var place = state.Urban ? Ground.Within(ground.UrbanArea, _dice) : ground.Settled(county, _dice);
            var material = _dice.Pick(Materials);
            return new Entry(
                $"DEMO-DC-{i + 1:D3}", $"{county.Name}某{material}堆场{i + 1:D2}", Outline.Plot(place, _dice.Between(800, 12_000), _dice), ("licensed", state.Licensed), ("cleared", state.Cleared),
                ("material", material), ("owner", "某物料经营部"), ("since", settings.DaysAgo(_dice.Between(3, 200))), ("note", "演示数据"));
        })];
    }

    List<Entry> Roads()
    {
        var states = _dice.Deal<(bool? Repaired, bool Urban)>((6, (false, true)), (16, (true, true)), (2, (null, true)), (6, (false, false)));
        return [.. states.Select((state, i) =>
        {
            var county = state.Urban ? ground.Centre : ground.AnyCounty(_dice);
            var (street, bearing) = _dice.Pick(Gazetteer.Streets);
            var metres = Math.Round(_dice.Between(180, 1_100));
            var start = state.Urban ? Ground.Within(ground.UrbanArea, _dice) : Outskirts(county);
            return new Entry(
                $"DEMO-DL-{i + 1:D3}", state.Urban ? $"{street}破损路段{i + 1:D2}" : $"{county.Name}某乡道破损路段{i + 1:D2}",
                Outline.Stretch(start, state.Urban ? bearing : _dice.Between(0, 360), metres, _dice),
                ("damaged", true), ("repaired", state.Repaired), ("lengthMetres", metres), ("owner", "某市政养护单位"), ("since", settings.DaysAgo(_dice.Between(3, 160))), ("note", "演示数据"));
        })];
    }
}
