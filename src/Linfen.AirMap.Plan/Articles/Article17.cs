using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>
/// Art. 17: outdated coal facilities. "Coal boiler" is a boiler proper; tea boilers, stoves, dryers and the facilities of farm-product
/// processing are named by the article on their own and fall under <see cref="SmallBoiler"/> whatever their size.
/// </summary>
public static class Article17
{
    public const string Radius = "A17.HeatRadius.Radius";
    public const string Capacity = "A17.HeatRadius.Capacity";
    public const string SmallCapacity = "A17.SmallBoiler.Capacity";
    public const string NewAfter = "A17.NewBoiler.After";
    public const string DueHours = "A17.DueHours";

    private static readonly string[] Lead = ["市城市管理局", "市生态环境局", "市发展改革委", "市农业农村局"];

    public static readonly Rule HeatRadius = Entry("HeatRadius", "供热半径内的燃煤锅炉", "Coal boiler within a heat radius", [Capacity, Radius]);

    public static readonly Rule SmallBoiler = Entry("SmallBoiler", "应淘汰的燃煤小锅炉、炉灶", "Small coal boiler or stove", [SmallCapacity]);

    public static readonly Rule NewBoiler = Entry("NewBoiler", "新建燃煤锅炉", "New coal boiler", [NewAfter]);

    public static readonly Rule BuiltUpBoiler =
        Entry("BuiltUpBoiler", "建成区燃煤供热锅炉", "Coal heating boiler in a built-up area", []) with { ZoneKinds = [ZoneKind.BuiltUp] };

    public static Decision DecideHeatRadius(BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(HeatRadius, facts, at, law);
        hearing.Require(facts.Kind is { } kind ? kind is BoilerKind.Boiler or BoilerKind.ChpUnit : null, "other-kind", "kind");
        var capacity = hearing.Number(Capacity);
        if (facts.Kind == BoilerKind.ChpUnit)
        {
            hearing.Require(facts.Outdated, "not-outdated", "outdated");
            hearing.Require(facts.Megawatts is { } megawatts && capacity is { } large ? megawatts < large : null, "large-unit", "megawatts");
        }

        PlantFact? plant = null;
        if (capacity is { } least && hearing.Number(Radius) is { } kilometres)
        {
            if (facts.OwnPlant is { } own)
            {
                hearing.Require(!Qualifies(own, least), "own-plant", MissingOf(own));
            }

            plant = Reaching(facts, (double)(kilometres * 1000), least);
            RequireReach(hearing, facts.Place, plant, least);
        }

        return hearing.Decide(facts.Place, Severity.Serious, () =>
        [
            .. Told(facts), new("plant", plant!.Name), new("plantId", plant.Id), new("plantCapacityMegawatts", plant.CapacityMegawatts),
            new("distanceMetres", Math.Round(plant.DistanceMetres, 3)),
        ]);
    }

    public static Decision DecideSmallBoiler(BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(SmallBoiler, facts, at, law);
        hearing.Require(facts.Kind is { } kind ? kind is not (BoilerKind.ChpUnit or BoilerKind.OtherFacility) : null, "other-kind", "kind");
        if (facts.Kind == BoilerKind.Boiler && hearing.Number(SmallCapacity) is { } limit)
        {
            hearing.Require(facts.TonnesPerHour is { } tonnes ? tonnes <= limit : null, "large-boiler", "tonnes-per-hour");
        }

        return hearing.Decide(facts.Place, Severity.Serious, () => Told(facts));
    }

    public static Decision DecideNewBoiler(BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = OpenBoiler(NewBoiler, facts, at, law);
        hearing.Require(facts.Purpose is { } purpose ? purpose != BoilerPurpose.CentralHeating : null, "central-heating", "purpose");
        if (hearing.Day(NewAfter) is { } last)
        {
            hearing.Require(facts.CommissionedOn is { } day ? day > last : null, "existing-boiler", "commissioned-on");
        }

        return hearing.Decide(facts.Place, Severity.Ordinary, () => [.. Told(facts), new("commissionedOn", facts.CommissionedOn?.ToString("O"))]);
    }

    public static Decision DecideBuiltUpBoiler(BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = OpenBoiler(BuiltUpBoiler, facts, at, law);
        hearing.Require(
            facts.Purpose is { } purpose ? purpose is BoilerPurpose.CentralHeating or BoilerPurpose.Heating : null, "not-for-heating", "purpose");
        var zone = hearing.RequireZone(facts.Place, ZoneKind.BuiltUp);
        return hearing.Decide(facts.Place, Severity.Ordinary, () => Told(facts), zone);
    }

    /// <summary>Something that burns coal, in operation.</summary>
    internal static Hearing Open(Rule rule, BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(rule, at, law);
        hearing.Require(facts.Status is { } status ? status == BoilerStatus.Operating : null, Words.Value(facts.Status) ?? "", "status");
        hearing.Require(facts.Fuel is { } fuel ? fuel == Fuel.Coal : null, "not-coal", "fuel");
        return hearing;
    }

    /// <summary>A coal boiler proper, in operation.</summary>
    internal static Hearing OpenBoiler(Rule rule, BoilerFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(rule, facts, at, law);
        hearing.Require(facts.Kind is { } kind ? kind == BoilerKind.Boiler : null, "other-kind", "kind");
        return hearing;
    }

    internal static List<Fact> Told(BoilerFacts facts)
    {
        List<Fact> told = [];
        void Tell(string name, object? value)
        {
            if (value is not null)
            {
                told.Add(new(name, value));
            }
        }

        Tell("kind", Words.Value(facts.Kind));
        Tell("status", Words.Value(facts.Status));
        Tell("fuel", Words.Value(facts.Fuel));
        Tell("purpose", Words.Value(facts.Purpose));
        Tell("tonnesPerHour", facts.TonnesPerHour);
        Tell("megawatts", facts.Megawatts);
        Tell("outdated", facts.Outdated);
        return told;
    }

    private static void RequireReach(Hearing hearing, Place place, PlantFact? plant, decimal capacity)
    {
        if (place.County is null)
        {
            hearing.Require(null, "", "place");
        }
        else if (plant is null)
        {
            hearing.Require(false, "outside-heat-radius", "");
        }
        else
        {
            hearing.Require(Qualifies(plant, capacity), "", MissingOf(plant));
        }
    }

    /// <summary>
    /// The plant that decides: the nearest qualifying one within the radius, else the nearest there that may qualify, else none. The own
    /// plant is left out: if it qualifies the boiler is exempt, and if not its radius does not count.
    /// </summary>
    private static PlantFact? Reaching(BoilerFacts facts, double radiusMetres, decimal capacity) => facts.Plants
        .Where(plant => plant.DistanceMetres <= radiusMetres && plant.Id != facts.OwnPlant?.Id && Qualifies(plant, capacity) != false)
        .OrderByDescending(plant => Qualifies(plant, capacity) == true).ThenBy(plant => plant.DistanceMetres).ThenBy(plant => plant.Id)
        .FirstOrDefault();

    /// <summary>Null when capacity or operation is not known and the other does not settle it.</summary>
    private static bool? Qualifies(PlantFact plant, decimal capacity)
    {
        if (plant.Operating == false || plant.CapacityMegawatts < capacity)
        {
            return false;
        }

        return plant.Operating is null || plant.CapacityMegawatts is null ? null : true;
    }

    private static string MissingOf(PlantFact plant) => plant.CapacityMegawatts is null ? "plant-capacity" : "plant-operating";

    private static Rule Entry(string name, string titleZh, string titleEn, string[] parameters) =>
        new($"A17.{name}", 17, titleZh, titleEn, [SubjectKinds.Boiler], [.. parameters, DueHours], [], Lead, []);
}
