using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>Art. 28: dust of construction sites.</summary>
public static class Article28
{
    public const string Area = "A28.Monitoring.Area";
    public const string Silence = "A28.Monitoring.Silence";
    public const string MonitoringDueHours = "A28.Monitoring.DueHours";
    public const string Items = "A28.SixHundred.Items";
    public const string SixHundredDueHours = "A28.SixHundred.DueHours";

    internal static readonly string[] Lead = ["市住建局"];
    internal static readonly string[] Cooperating = ["市城市管理局", "市水利局", "市生态环境局"];

    public static readonly Rule Monitoring = new(
        "A28.Monitoring", 28, "工地未联网监测", "Site not monitored online", [SubjectKinds.Site], [Area, Silence, MonitoringDueHours], [], Lead, Cooperating);

    public static readonly Rule SixHundred = new(
        "A28.SixHundred", 28, "六个百分百未达标", "Six 100 % items not met", [SubjectKinds.Site], [Items, SixHundredDueHours], [], Lead, Cooperating);

    /// <summary>Every dust monitor that a site has is part of its duty: one that reports does not excuse another that is silent.</summary>
    public static Decision DecideMonitoring(SiteFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(Monitoring, facts, at, law);
        if (hearing.Number(Area) is { } least)
        {
            hearing.Require(facts.AreaSquareMetres is { } area ? area >= least : null, "small-site", "area-square-metres");
        }

        var silent = hearing.Number(Silence) is { } hours ? Silent(facts.Monitors, at, TimeSpan.FromHours((double)hours)) : null;
        hearing.RequireAny(
            "monitored",
            new("noVideo", !facts.Video, "video"),
            new("noMonitor", facts.Monitors is { } monitors ? monitors.Count == 0 : null, "monitors"),
            new("silent", silent is { } list ? list.Count > 0 : null, facts.Monitors is null ? "monitors" : Silence));
        return hearing.Decide(facts.Place, Severity.Serious, () =>
        [
            new("status", Words.Value(facts.Status)), new("areaSquareMetres", facts.AreaSquareMetres), new("video", facts.Video),
            new("monitors", facts.Monitors?.Count), new("silentMonitors", silent?.ConvertAll(monitor => monitor.Name)),
            .. silent is [var first, ..] ? new Fact[] { new("silentSince", first.SilentSince) } : [],
        ]);
    }

    /// <summary>The longest silent first. The limit itself is still kept.</summary>
    private static List<MonitorFact>? Silent(IReadOnlyList<MonitorFact>? monitors, DateTimeOffset at, TimeSpan limit) =>
        monitors?.Where(monitor => at - monitor.SilentSince > limit).OrderBy(monitor => monitor.SilentSince).ThenBy(monitor => monitor.Id).ToList();

    /// <summary>A failed item decides whatever was left unchecked; an unchecked one leaves a site without failures open.</summary>
    public static Decision DecideSixHundred(SiteFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(SixHundred, facts, at, law);
        var last = facts.LastInspection;
        hearing.Require(
            last is null ? null : last.Failed.Count > 0 ? true : last.NotChecked.Count > 0 ? null : false,
            "passed",
            last is { NotChecked: [var item, ..] } ? Words.Kebab(item) : "inspection");
        hearing.Names(Items);
        return hearing.Decide(facts.Place, Severity.Serious, () =>
        [
            new("status", Words.Value(facts.Status)), new("inspectedAt", last!.At), new("inspectionId", last.Id), new("failedItems", last.Failed),
        ]);
    }

    private static Hearing Open(Rule rule, SiteFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = new Hearing(rule, at, law);
        hearing.Require(
            facts.Status is { } status ? status == SiteStatus.Active : null, facts.Status == SiteStatus.Finished ? "site-finished" : "site-paused", "status");
        return hearing;
    }
}
