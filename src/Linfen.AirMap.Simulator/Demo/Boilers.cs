using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>300 boilers, a third of them on coal; most of those are closed, connected or converted by now.</summary>
sealed class Boilers(Ground ground, ZonePlan zones, DemoSettings settings)
{
    static readonly string[] HeatUsers = ["某热力站", "某小区", "某学校", "某医院", "某机关", "某商场"];
    static readonly string[] Makers = ["某建材厂", "某食品厂", "某纺织厂", "某饲料厂", "某机械厂", "某化工厂"];

    /// <summary>More than 30 km from every plant of that size.</summary>
    static readonly string[] BeyondReach = ["141032", "141031", "141028", "141029"];

    static readonly string[] Missing = ["fuel", "status", "place"];

    readonly Dice _dice = new(settings.Seed, "boilers");

    public FilledRegister Register()
    {
        List<Entry> entries = [.. Offending(), .. Allowed(), .. Unclear(), .. Finished(), .. Clean()];
        return new("boilers", "heating/boilers", entries.ConvertAll(entry => entry with { Fields = [.. entry.Fields, ("note", "演示数据")] }));
    }

    /// <summary>Still on coal: each kind of offence at least once, and then as it comes.</summary>
    IEnumerable<Entry> Offending()
    {
        yield return Coal(1, "boiler", 20, "heating", zones.Within("builtUp", _dice), "operating");
        yield return Coal(2, "boiler", 15, "heating", zones.Within("heatNetwork", _dice), "operating");
        yield return Coal(3, "commercialStove", null, "other", zones.Within("coalFree", _dice), "operating");
        yield return Coal(4, "boiler", 65, "production", ground.OffSeat(ground.Of("141024"), 200, 5_200), "operating", 230);
        yield return Coal(5, "boiler", 75, "production", ground.OffSeat(ground.Of("141082"), 220, 4_300), "operating", 410);
        yield return Coal(6, "boiler", 40, "heating", ground.OffSeat(ground.Of("141021"), 10, 600), "operating");
        var unit = Coal(7, "chpUnit", null, "production", ground.OffSeat(ground.Of("141023"), 20, 9_500), "operating");
        yield return unit with { Fields = [.. unit.Fields, ("megawatts", 12), ("outdated", true)] };
        var kinds = _dice.Deal((20, "boiler"), (4, "teaBoiler"), (4, "commercialStove"), (3, "grainDryer"), (2, "farmProductProcessing"));
        for (var i = 0; i < kinds.Count; i++)
        {
            yield return Coal(8 + i, kinds[i], kinds[i] == "boiler" ? Small() : null, _dice.Pick(["heating", "production", "other"]), Anyplace(), "operating");
        }
    }

    /// <summary>Large, for central heating, and out of reach of any plant that could take over.</summary>
    IEnumerable<Entry> Allowed() =>
        BeyondReach.Select((county, i) =>
            Coal(41 + i, "boiler", _dice.Pick([65m, 75m, 90m]), "centralHeating", ground.OffSeat(ground.Of(county), 130, 4_200), "operating"));

    /// <summary>A fact is missing, and until somebody fills it in nobody can say.</summary>
    IEnumerable<Entry> Unclear()
    {
        for (var i = 0; i < 8; i++)
        {
            var entry = Coal(45 + i, "boiler", _dice.Pick([6m, 10m, 20m]), "production", Anyplace(), "operating");
            var missing = Missing[i % Missing.Length];
            yield return missing == "place" ? entry with { Shape = null } : entry with { Fields = [.. entry.Fields.Where(field => field.Field != missing)] };
        }
    }

    IEnumerable<Entry> Finished() =>
        _dice.Deal((22, "closed"), (14, "integrated"), (12, "converted"), (6, "idle"))
            .Select((status, i) => Coal(53 + i, "boiler", _dice.Chance(0.8) ? Small() : 45, _dice.Pick(["heating", "production"]), Anyplace(), status));

    IEnumerable<Entry> Clean() =>
        _dice.Deal((128, "gas"), (38, "electricity"), (20, "biomass"), (5, "oil"), (3, "other"))
            .Select((fuel, i) => Make(107 + i, "boiler", fuel, Small(), _dice.Pick(["heating", "centralHeating", "production"]), Anyplace(), _dice.Chance(0.85) ? "operating" : "idle", 900));

    (CountyGround County, LonLat Place) Anyplace()
    {
        var county = ground.AnyCounty(_dice);
        return (county, ground.Settled(county, _dice));
    }

    decimal Small() => _dice.Pick([2m, 4, 6, 8, 10, 10, 15, 20, 20, 25, 35]);

    Entry Coal(int number, string kind, decimal? tonnes, string purpose, LonLat place, string status, double daysAgo = 3_600) =>
        Coal(number, kind, tonnes, purpose, (ground.CountyAt(place), place), status, daysAgo);

    Entry Coal(int number, string kind, decimal? tonnes, string purpose, (CountyGround, LonLat) place, string status, double daysAgo = 3_600) =>
        Make(number, kind, "coal", tonnes, purpose, place, status, daysAgo);

    Entry Make(int number, string kind, string fuel, decimal? tonnes, string purpose, (CountyGround County, LonLat At) place, string status, double daysAgo)
    {
        var owner = kind switch
        {
            "teaBoiler" => "某浴室茶浴炉",
            "commercialStove" => "某餐饮店炉灶",
            "grainDryer" => "某粮食烘干点",
            "farmProductProcessing" => "某农产品加工点",
            "chpUnit" => "某焦化厂自备机组",
            _ => purpose == "production" ? _dice.Pick(Makers) : _dice.Pick(HeatUsers),
        };
        var commissioned = settings.DaysAgo(daysAgo * _dice.Between(0.8, 1.2));
        return new(
            $"DEMO-GL-{number:D3}", $"{place.County.Name}{owner}{(kind == "boiler" ? $"{_dice.Whole(1, 4)}号锅炉" : "")}", Outline.Point(place.At),
            ("kind", kind), ("fuel", fuel), ("tonnesPerHour", tonnes), ("purpose", purpose), ("status", status),
            ("commissionedOn", DateOnly.FromDateTime(commissioned.UtcDateTime).ToString("O")), ("since", settings.DaysAgo(_dice.Between(2, 300))));
    }
}
