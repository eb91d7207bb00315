using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 26: non-road machinery.</summary>
public static class Article26
{
    public const string After = "A26.SiteMachinery.After";
    public const string ObsoleteStage = "A26.ControlZone.ObsoleteStage";
    public const string DueHours = "A26.DueHours";

    internal static readonly string[] Lead = ["市住建局", "市生态环境局", "市交通运输局", "侯马车务段"];
    internal static readonly string[] Cooperating = ["市城市管理局"];

    public static readonly Rule SiteMachinery = new(
        "A26.SiteMachinery", 26, "市区工地机械未更换为新能源", "Site machine not new-energy", [SubjectKinds.Machine], [After, DueHours],
        [ZoneKind.UrbanArea], Lead, Cooperating);

    public static readonly Rule ControlZone = new(
        "A26.ControlZone", 26, "高排放非道路移动机械", "High-emission non-road machine", [SubjectKinds.Machine], [ObsoleteStage, DueHours],
        [ZoneKind.NonRoadMachineryControl], Lead, Cooperating);

    public static Decision DecideSiteMachinery(MachineFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(SiteMachinery, facts, at, law);
        hearing.Require(facts.Kind is { } kind ? kind is MachineKind.Loader or MachineKind.Forklift or MachineKind.PileDriver : null, "other-kind", "kind");
        hearing.RequireAfter(After);
        hearing.Require(facts.OnConstructionSite, "not-on-site", "on-construction-site");
        if (facts.OnConstructionSite == true)
        {
            hearing.Require(facts.SiteStatus is { } status ? status == SiteStatus.Active : null, "site-stopped", "site-status");
        }

        var zone = hearing.RequireUrbanArea(facts.Place);
        return hearing.Decide(facts.Place, Severity.Serious, () => [.. Told(facts), new("siteStatus", Words.Value(facts.SiteStatus))], zone);
    }

    /// <summary>Black smoke and the oldest stages offend anywhere; inside a control zone the zone says what is the lowest stage.</summary>
    public static Decision DecideControlZone(MachineFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(ControlZone, facts, at, law);
        var obsolete = hearing.Number(ObsoleteStage);
        var strictest = facts.Place.Zones.Where(zone => zone.Kind == ZoneKind.NonRoadMachineryControl && zone.MinimumStage is not null)
            .OrderByDescending(zone => zone.MinimumStage).ThenBy(zone => zone.EffectiveFrom).ThenBy(zone => zone.Id).FirstOrDefault();
        var grounds = hearing.RequireAny(
            "clean-machine",
            new("blackSmoke", facts.BlackSmoke == true, ""),
            new("obsoleteStage", facts.Stage is { } stage && obsolete is { } last ? stage <= last : null, facts.Stage is null ? "stage" : ObsoleteStage),
            BelowZone(facts, strictest));
        var zone = grounds.Contains("belowZoneStage", StringComparer.Ordinal) ? strictest : null;
        return hearing.Decide(facts.Place, Severity.Ordinary, () =>
        [
            .. Told(facts), new("grounds", grounds), .. zone is null ? [] : new Fact[] { new("zoneMinimumStage", zone.MinimumStage) },
        ], zone);
    }

    private static Ground BelowZone(MachineFacts facts, ZoneFact? strictest)
    {
        const string name = "belowZoneStage";
        if (facts.Place.County is null)
        {
            return new(name, null, "place");
        }

        if (!facts.Place.IsIn(ZoneKind.NonRoadMachineryControl))
        {
            return new(name, false, "");
        }

        if (facts.Stage is not { } stage)
        {
            return new(name, null, "stage");
        }

        // A zone without a stage of its own may be stricter than the strictest that is known.
        var unknown = facts.Place.Zones.Any(zone => zone.Kind == ZoneKind.NonRoadMachineryControl && zone.MinimumStage is null);
        return new(name, stage < strictest?.MinimumStage ? true : unknown ? null : false, "minimum-stage");
    }

    private static Hearing Open(Rule rule, MachineFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(rule, at, law);
        hearing.Require(facts.Present, "removed", "present");
        hearing.Require(facts.Power is { } power ? power != MachinePower.NewEnergy : null, "new-energy", "power");
        return hearing;
    }

    private static List<Fact> Told(MachineFacts facts)
    {
        List<Fact> told = [new("kind", Words.Value(facts.Kind)), new("power", Words.Value(facts.Power))];
        if (facts.Stage is { } stage)
        {
            told.Add(new("stage", stage));
        }

        return told;
    }
}
