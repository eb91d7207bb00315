using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>
/// 260 findings of a year of patrols and reports: most long mended, some open, some reported by the public and not looked at yet. Of every
/// kind that the server knows at least one is open, where it offends.
/// </summary>
sealed class PatrolYear(Ground ground, ZonePlan zones, IReadOnlyList<FindingKind> kinds, DemoSettings settings)
{
    const int Count = 260;
    const int Reported = 16;
    const int Confirmed = 4;
    const int Dismissed = 14;

    static readonly string[] CityKinds = ["barbecue", "roadDust", "dustyFacility", "kitchenFumes", "siteDust", "bareSoil"];
    static readonly string[] PublicKinds = ["looseCoal", "odour", "kitchenFumes", "siteDust", "barbecue", "roadDust", "industrialDust", "firewood"];

    readonly Dice _dice = new(settings.Seed, "findings");
    readonly List<FiledFinding> _findings = [];

    public IReadOnlyList<FiledFinding> All()
    {
        foreach (var kind in kinds)
        {
            Open(kind, Place(kind.Code, offending: true));
        }

        if (kinds.FirstOrDefault(kind => kind.Code == "looseCoal") is { } coal)
        {
            Open(coal, zones.Within("heatNetwork", _dice));
            Open(coal, ground.Settled(ground.Of("141023"), _dice));
        }

        FromThePublic();
        while (_findings.Count < Count)
        {
            var kind = _dice.Pick(kinds, Weight);
            var at = Daytime(_dice.Between(7, 358));
            File(kind, at, Place(kind.Code, _dice.Chance(0.6)), byPublic: false, new FindingStep("rectify", at.AddHours(_dice.Between(3, 90)), "现场复查：已整改到位"));
        }

        return _findings;
    }

    void Open(FindingKind kind, LonLat place) => File(kind, Daytime(_dice.Between(0.3, 6)), place, byPublic: false);

    void FromThePublic()
    {
        var wanted = kinds.Where(kind => PublicKinds.Contains(kind.Code, StringComparer.Ordinal)).ToList();
        wanted = wanted.Count > 0 ? wanted : [.. kinds];
        for (var i = 0; i < Reported + Confirmed + Dismissed; i++)
        {
            var kind = _dice.Pick(wanted);
            var at = Daytime(i < Reported ? _dice.Between(0.2, 5) : i < Reported + Confirmed ? _dice.Between(3, 9) : _dice.Between(6, 300));
            var looked = at.AddHours(_dice.Between(2, 40));
            FindingStep[] steps = i < Reported ? []
                : i < Reported + Confirmed ? [new("confirm", looked, "现场核实：情况属实")]
                : [new("dismiss", looked, "现场核实：未发现所反映的问题")];
            File(kind, at, Place(kind.Code, _dice.Chance(0.6)), byPublic: true, steps);
        }
    }

    void File(FindingKind kind, DateTimeOffset at, LonLat place, bool byPublic, params FindingStep[] steps) => _findings.Add(new(
        Dice.Id(settings.Seed, $"finding/{_findings.Count + 1}"), kind.Code, at, place,
        byPublic ? $"群众举报：{ground.CountyAt(place).Name}某处{kind.Title}（演示数据）" : $"巡查发现：{ground.CountyAt(place).Name}某处{kind.Title}，已告知责任单位（演示数据）", byPublic)
    {
        Steps = steps,
    });

    /// <summary>Where such a thing is found: inside the zone that forbids it, in the city's streets, or in any settlement.</summary>
    LonLat Place(string kind, bool offending) => kind switch
    {
        "looseCoal" or "firewood" or "coalFacility" when offending => zones.Within("coalFree", _dice),
        "highPollutionFuel" when offending => zones.Within("highPollutionFuelFree", _dice),
        "fireworksSetOff" when offending => zones.Within("fireworksBan", _dice),
        _ when CityKinds.Contains(kind, StringComparer.Ordinal) => InTheStreets(),
        _ => ground.Settled(ground.AnyCounty(_dice), _dice),
    };

    /// <summary>In the city proper, but not where barbecue is permitted.</summary>
    LonLat InTheStreets()
    {
        while (true)
        {
            var place = Ground.Within(ground.UrbanArea, _dice);
            if (!zones.All.Any(zone => zone.Kind == "barbecuePermitted" && zone.Last.Shape.Contains(Outline.Point(place))))
            {
                return place;
            }
        }
    }

    static double Weight(FindingKind kind) => kind.Code switch
    {
        "looseCoal" => 5,
        "firewood" or "siteDust" or "kitchenFumes" or "barbecue" or "bareSoil" or "roadDust" => 3,
        _ => 1,
    };

    /// <summary>About so many days ago, between seven in the morning and ten at night, and never in the future.</summary>
    DateTimeOffset Daytime(double daysAgo)
    {
        var day = settings.Today.AddDays(-(int)Math.Round(daysAgo));
        var at = new DateTimeOffset(day, new TimeOnly(7, 0), TimeSpan.FromHours(8)).AddMinutes(_dice.Whole(0, 15 * 60));
        return at < settings.Now.AddHours(-1) ? at : settings.DaysAgo(daysAgo);
    }
}
