namespace Linfen.AirMap.Simulator.Demo;

/// <summary>The seven key parks, a station in all but one of them, and 71 township stations, of which a few are out.</summary>
sealed class Stations(Ground ground, ZonePlan zones, DemoSettings settings)
{
    readonly Dice _dice = new(settings.Seed, "stations");

    public IReadOnlyList<FilledRegister> Registers => [new("parks", "parks", Parks()), new("stations", "stations", [.. OfTownships(), .. OfParks()])];

    List<Entry> Parks() =>
    [
        .. Gazetteer.Parks.Select((park, i) => new Entry(
            ParkCode(i), park.Name, zones.ParkShape(park), ("authority", Gazetteer.AuthorityOf(park.Name)), ("keyPark", true), ("note", "演示数据，边界为虚构"))),
    ];

    IEnumerable<Entry> OfTownships()
    {
        var places = ground.Counties.SelectMany(county => county.Townships.Select(township => (County: county, Township: township))).ToList();
        var states = _dice.Deal<(bool? Online, bool Silent)>((Math.Max(0, places.Count - 7), (true, false)), (3, (false, true)), (3, (true, true)), (1, (null, false)));
        return places.Zip(states, (place, state) => (place, state)).Select((one, i) => Station(
            i + 1, $"{one.place.County.Name}{one.place.Township.Name}空气站", one.state.Online, one.state.Silent,
            Outline.Point(ground.Near(one.place.Township.Centre, 500, one.place.County, _dice)), ("kind", "township"), ("township", one.place.Township.Name)));
    }

    /// <summary>The last park has none: nothing covers it.</summary>
    IEnumerable<Entry> OfParks() => Gazetteer.Parks.SkipLast(1).Select((park, i) => Station(
        101 + i, park.Name + "空气站", online: true, silent: false, Outline.Point(Ground.Within(zones.ParkShape(park), _dice)), ("kind", "park"), ("parkId", ParkCode(i))));

    Entry Station(int number, string name, bool? online, bool silent, NetTopologySuite.Geometries.Point at, params (string, object?)[] more) => new(
        $"DEMO-KQ-{number:D3}", name, at,
        [.. more, ("online", online), ("installedOn", settings.Today.AddDays(-_dice.Whole(200, 700)).ToString("O")),
         ("lastDataAt", settings.DaysAgo(silent ? _dice.Between(1.4, 12) : _dice.Between(0.002, 0.06))), ("since", settings.DaysAgo(_dice.Between(1.4, 12))), ("note", "演示数据，位置为虚构")]);

    static string ParkCode(int index) => $"DEMO-YQ-{index + 1:D2}";
}
