namespace Linfen.AirMap.Simulator.Demo;

/// <summary>150 construction sites with their monitors, inspections and machines; about one in seven is not as it should be.</summary>
sealed class Sites
{
    static readonly string[] Projects = ["住宅小区", "安置房", "商业综合体", "学校", "医院", "道路改造", "雨污分流", "物流园", "厂房", "公园"];
    static readonly string[] Items = ["enclosure", "cover", "washing", "hardening", "wetDemolition", "sealedTrucks"];
    static readonly string[] Machines = ["excavator", "excavator", "loader", "forklift", "pileDriver", "bulldozer", "roller", "crane"];

    readonly Ground _ground;
    readonly DemoSettings _settings;
    readonly Dice _dice;
    readonly List<Entry> _sites = [], _monitors = [], _inspections = [], _machines = [];

    public Sites(Ground ground, ZonePlan zones, DemoSettings settings)
    {
        (_ground, _settings, _dice) = (ground, settings, new Dice(settings.Seed, "sites"));
        Build();
        Inspect();
        Equip(zones);
    }

    public IReadOnlyList<FilledRegister> Registers =>
        [new("sites", "sites", _sites), new("monitors", "monitors", _monitors), new("inspections", "inspections", _inspections), new("machines", "machines", _machines)];

    /// <summary>What is amiss with the equipment of a large site.</summary>
    enum Equipment
    {
        Complete,
        Doubled,
        NoVideo,
        NoMonitor,
        Silent,
        VideoUnknown,
        Small,
    }

    /// <summary>1–120 are active, the rest paused or finished; 90 monitors in all.</summary>
    void Build()
    {
        var equipment = _dice.Deal(
            (64, Equipment.Complete), (8, Equipment.Doubled), (4, Equipment.NoVideo), (4, Equipment.NoMonitor), (4, Equipment.Silent), (2, Equipment.VideoUnknown), (34, Equipment.Small));
        for (var number = 1; number <= 150; number++)
        {
            var kind = number <= equipment.Count ? equipment[number - 1] : Equipment.Small;
            Build(number, number <= 120 ? "active" : number <= 138 ? "paused" : "finished", kind);
        }
    }

    void Build(int number, string status, Equipment kind)
    {
        var urban = number % 5 < 2;
        var county = urban ? _ground.Centre : _ground.AnyCounty(_dice);
        var place = urban ? Ground.Within(_ground.UrbanArea, _dice) : _dice.Chance(0.7) ? _ground.InTown(county, _dice) : _ground.Settled(county, _dice);
        var area = Math.Round(kind == Equipment.Small ? _dice.Between(900, 4_800) : 5_200 * Math.Pow(14, _dice.Between(0, 1) * _dice.Between(0.3, 1)));
        var code = Code(number);
        var name = $"{county.Name}某{_dice.Pick(Projects)}工程{_dice.Pick(["一期", "二期", "A区", "B区", "东区", "西区"])}";
        bool? video = kind switch { Equipment.NoVideo => false, Equipment.VideoUnknown => null, Equipment.Small => _dice.Chance(0.4), _ => true };
        _sites.Add(new(code, name, _dice.Chance(0.65) ? Outline.Plot(place, area, _dice) : Outline.Point(place),
            ("status", status), ("areaSquareMetres", area), ("video", video), ("developer", $"{county.Name}某房地产开发公司"), ("contractor", "某建筑工程公司"),
            ("since", _settings.DaysAgo(_dice.Between(5, 280))), ("note", "演示数据")));
        var monitors = kind switch { Equipment.Small or Equipment.NoMonitor => 0, Equipment.Doubled => 2, _ => 1 };
        for (var i = 0; i < monitors; i++)
        {
            Monitor(code, name, silent: kind == Equipment.Silent);
        }
    }

    void Monitor(string site, string siteName, bool silent)
    {
        var number = _monitors.Count + 1;
        _monitors.Add(new(
            $"DEMO-YC-{number:D3}", $"{siteName}扬尘监测{number:D3}", null, ("siteId", site), ("mn", $"DEMO1410{number:D8}"), ("installedOn", _settings.Today.AddDays(-_dice.Whole(60, 400)).ToString("O")),
            ("lastDataAt", _settings.DaysAgo(silent ? _dice.Between(1.5, 9) : _dice.Between(0.001, 0.05))), ("vendor", "某环保科技公司")));
    }

    /// <summary>120: every active site but six, ten of them not passed, some on a second visit.</summary>
    void Inspect()
    {
        var results = _dice.Deal((10, "failed"), (3, "notChecked"), (101, "passed"));
        for (var i = 0; i < results.Count; i++)
        {
            Inspect(i + 1, results[i], _dice.Between(1, 25));
        }

        foreach (var again in Enumerable.Range(0, results.Count).Where(i => results[i] == "passed").Take(6))
        {
            Inspect(again + 1, "failed", _dice.Between(30, 60));
        }
    }

    void Inspect(int site, string result, double daysAgo)
    {
        var amiss = result == "passed" ? [] : Items.Where(_ => _dice.Chance(0.3)).Append(_dice.Pick(Items)).ToHashSet(StringComparer.Ordinal);
        var number = _inspections.Count + 1;
        _inspections.Add(new(
            $"DEMO-JC-{number:D3}", $"{_sites[site - 1].Name}六个百分百检查", null,
            [("siteId", Code(site)), ("at", _settings.DaysAgo(daysAgo)), ("inspector", "某检查员"),
             .. Items.Select(item => (item, (object?)(amiss.Contains(item) ? result : item == "wetDemolition" && _dice.Chance(0.5) ? "notApplicable" : "passed")))]));
    }

    /// <summary>60 machines; in the city proper loaders, forklifts and pile drivers are to be new-energy by now.</summary>
    void Equip(ZonePlan zones)
    {
        var urban = Enumerable.Range(1, 120).Where(number => number % 5 < 2).ToList();
        var control = zones.All.First(zone => zone.Kind == "nonRoadMachineryControl").Last.Shape;
        var inside = urban.Where(number => control.Contains(_sites[number - 1].Shape)).ToList();
        for (var i = 0; i < 5; i++)
        {
            Machine(_dice.Pick(urban), Machines[2 + i % 3], "diesel", 4, smoke: false);
        }

        Machine(_dice.Pick(inside), "excavator", "diesel", 2, smoke: false);
        Machine(_dice.Pick(inside), "bulldozer", "diesel", 2, smoke: false);
        Machine(_dice.Whole(1, 120), "excavator", "diesel", 3, smoke: true);
        Machine(_dice.Pick(inside), "roller", "diesel", null, smoke: false);
        Machine(_dice.Whole(1, 120), "crane", null, null, smoke: false);
        while (_machines.Count < 60)
        {
            var kind = _dice.Pick(Machines);
            var mustBeNew = kind is "loader" or "forklift" or "pileDriver";
            Machine(_dice.Whole(1, 120), kind, mustBeNew || _dice.Chance(0.3) ? "newEnergy" : "diesel", _dice.Whole(3, 4), smoke: false);
        }
    }

    void Machine(int site, string kind, string? power, int? stage, bool smoke)
    {
        var number = _machines.Count + 1;
        _machines.Add(new(
            $"DEMO-JX-{number:D3}", $"非道路移动机械{number:D3}", null, ("siteId", Code(site)), ("kind", kind), ("power", power), ("stage", power == "newEnergy" ? null : stage),
            ("blackSmoke", smoke), ("present", true), ("plate", $"演示{number:D5}"), ("since", _settings.DaysAgo(_dice.Between(1, 60)))));
    }

    static string Code(int site) => $"DEMO-GD-{site:D3}";
}
