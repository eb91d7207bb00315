using System.Globalization;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>Every zone of the demonstration city; one begins tomorrow, one has been drawn anew, one was taken back.</summary>
sealed class ZonePlan
{
    readonly Ground _ground;
    readonly DemoSettings _settings;
    readonly Dice _dice;
    int _documents;

    public ZonePlan(Ground ground, DemoSettings settings)
    {
        (_ground, _settings, _dice) = (ground, settings, new Dice(settings.Seed, "zones"));
        All =
        [
            Zone("urbanArea", "临汾市区", ground.UrbanArea, new(2024, 6, 1)) with { Note = DemoMark.Write(settings) },
            .. BuiltUp(), .. CoalFree(), .. Heating(), .. Machinery(), .. Streets(), .. Parks(),
        ];
    }

    public IReadOnlyList<PlannedZone> All { get; }

    /// <summary>A place inside one of the zones of a kind that are in force today.</summary>
    public LonLat Within(string kind, Dice dice) => Ground.Within(dice.Pick([.. All.Where(zone => zone.Kind == kind && zone.InForceOn(_settings.Today))]).Last.Shape, dice);

    IEnumerable<PlannedZone> BuiltUp() => _ground.Counties.Select(county =>
        Zone("builtUp", county.Name + "建成区", Outline.Quarter(county.Seat, county == _ground.Centre ? 3_400 : _dice.Between(1_100, 1_900), _dice), new(2024, 6, 1)));

    IEnumerable<PlannedZone> CoalFree()
    {
        (string County, string Name, double Bearing, double Metres, double Radius)[] places =
        [
            (Gazetteer.Yaodu, "尧都区城区禁煤区", 0, 300, 4_300), (Gazetteer.Yaodu, "尧都区尧庙禁煤区", 170, 6_900, 1_900),
            (Gazetteer.Yaodu, "尧都区屯里禁煤区", 15, 8_600, 1_700), ("141024", "洪洞县大槐树镇禁煤区", 20, 600, 2_500), ("141024", "洪洞县甘亭镇禁煤区", 195, 6_300, 1_900),
            ("141023", "襄汾县新城镇禁煤区", 0, 400, 2_300), ("141021", "曲沃县乐昌镇禁煤区", 0, 200, 1_700), ("141081", "侯马市城区禁煤区", 0, 200, 2_300),
        ];
        var (small, large) = (At("141082", 0, 200, 1_500), At("141082", 30, 500, 2_600));
        return
        [
            .. places.Select((place, index) => Zone(
                "coalFree", place.Name, At(place.County, place.Bearing, place.Metres, place.Radius), new DateOnly(2024, 9, 1).AddMonths(index))),
            new("coalFree", "霍州市城区禁煤区", [Version(small, new(2024, 11, 1)), Version(large, new(2025, 10, 1))]),
            Zone("coalFree", "翼城县唐兴镇禁煤区", At("141022", 0, 200, 2_000), _settings.Today.AddDays(1)),
        ];
    }

    IEnumerable<PlannedZone> Heating()
    {
        (string County, string Name)[] networks = [(Gazetteer.Yaodu, "尧都区"), ("141024", "洪洞县"), ("141081", "侯马市"), ("141082", "霍州市")];
        foreach (var (county, name) in networks)
        {
            var whole = county == Gazetteer.Yaodu ? 3_700 : 1_900;
            yield return Zone("heatNetwork", name + "集中供热管网覆盖范围", At(county, 40, 350, whole), new(2024, 10, 15));
            yield return Zone("highPollutionFuelFree", name + "高污染燃料禁燃区", At(county, 300, 300, whole * 1.2), new(2024, 7, 1));
        }
    }

    IEnumerable<PlannedZone> Machinery() =>
    [
        Zone("nonRoadMachineryControl", "临汾市区非道路移动机械排放控制区", At(Gazetteer.Yaodu, 60, 300, 4_700), new(2024, 6, 1)) with { MinimumStage = 3 },
        Zone("freightRestriction", "临汾市区货车限行区", At(Gazetteer.Yaodu, 0, 100, 3_900), new(2025, 3, 1)),
    ];

    IEnumerable<PlannedZone> Streets()
    {
        var (west, east) = Sides();
        return
        [
            Zone("fireworksBan", "临汾市区烟花爆竹禁燃禁放区", At(Gazetteer.Yaodu, 120, 200, 4_100), new(2024, 12, 1)),
            Zone("fireworksBan", "侯马市城区烟花爆竹禁燃禁放区", At("141081", 0, 100, 2_000), new(2024, 12, 10)),
            Zone("barbecuePermitted", "滨河烧烤集中经营区", Outline.Plot(new(111.4885, 36.0815), 42_000, _dice), new(2025, 5, 1)),
            Zone("barbecuePermitted", "城南夜市烧烤集中经营区", Outline.Plot(new(111.5255, 36.0640), 28_000, _dice), new(2025, 5, 1)),
            Zone("sweepingDuty", "南同蒲铁路以西清扫责任区", west, new(2024, 6, 1)),
            Zone("sweepingDuty", "南同蒲铁路以东清扫责任区", east, new(2024, 6, 1)),
            Zone("freightRestriction", "洪洞县城货车绕行区", At("141024", 0, 100, 2_000), new(2024, 8, 1)) with { RetiredAfter = new DateOnly(2025, 6, 30) },
        ];
    }

    /// <summary>What answers for itself is the one park of the city; the shapes of the others are for orientation.</summary>
    IEnumerable<PlannedZone> Parks() => Gazetteer.Parks.Where(park => park.County is Gazetteer.Yaodu or "141081").Select(park =>
        Zone("industrialPark", park.Name, ParkShape(park), new(2024, 6, 1)) with { Authority = Gazetteer.AuthorityOf(park.Name) });

    public Polygon ParkShape((string Name, string County, double Bearing, double Metres) park) =>
        Outline.Quarter(_ground.OffSeat(_ground.Of(park.County), park.Bearing, park.Metres), 1_150, new Dice(_settings.Seed, park.Name));

    /// <summary>The city proper on either side of the railway.</summary>
    (Geometry West, Geometry East) Sides()
    {
        var box = _ground.UrbanArea.EnvelopeInternal;
        Geometry Side(double from, double to) => OverlayNGRobust.Overlay(
            _ground.UrbanArea, Cgcs2000.Factory.ToGeometry(new Envelope(from, to, box.MinY, box.MaxY)), SpatialFunction.Intersection);
        return (Side(box.MinX, Gazetteer.RailwayLon), Side(Gazetteer.RailwayLon, box.MaxX));
    }

    Polygon At(string county, double bearing, double metres, double radius) =>
        Outline.Quarter(_ground.OffSeat(_ground.Of(county), bearing, metres), radius, _dice);

    PlannedZone Zone(string kind, string name, Geometry shape, DateOnly from) => new(kind, name, [Version(shape, from)]);

    PlannedVersion Version(Geometry shape, DateOnly from) =>
        new(shape, string.Create(CultureInfo.InvariantCulture, $"演示〔{from.Year}〕{++_documents}号"), from);
}
