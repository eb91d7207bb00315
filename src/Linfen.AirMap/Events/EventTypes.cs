namespace Linfen.AirMap.Events;

/// <summary>Every type of event that the log may hold. The part before the point is the layer that it touches.</summary>
static class EventTypes
{
    public const string FireDetected = "fire.detected";
    public const string FireUpdated = "fire.updated";
    public const string FireMerged = "fire.merged";
    public const string FireSplit = "fire.split";
    public const string FiresImported = "fires.imported";
    public const string ViolationOpened = "violation.opened";
    public const string ViolationUpdated = "violation.updated";
    public const string ViolationClosed = "violation.closed";
    public const string AlarmRaised = "alarm.raised";
    public const string AlarmAcknowledged = "alarm.acknowledged";
    public const string AlarmEnded = "alarm.ended";
    public const string AlarmRuleChanged = "alarmrule.changed";
    public const string UndecidableChanged = "undecidable.changed";
    public const string SubjectChanged = "subject.changed";
    public const string SubjectDeleted = "subject.deleted";
    public const string FindingFiled = "finding.filed";
    public const string FindingChanged = "finding.changed";
    public const string ZonePublished = "zone.published";
    public const string ZoneRetired = "zone.retired";
    public const string ParameterChanged = "parameter.changed";
    public const string CountiesImported = "counties.imported";
    public const string ReadingStored = "reading.stored";
    public const string ReadingReleased = "reading.released";
    public const string MonitorSilent = "monitor.silent";
    public const string MonitorBack = "monitor.back";
    public const string AirChanged = "air.changed";
    public const string FeedStale = "feed.stale";
    public const string FeedBack = "feed.back";
    public const string SimulationCleared = "simulation.cleared";

    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        FireDetected, FireUpdated, FireMerged, FireSplit, FiresImported, ViolationOpened, ViolationUpdated, ViolationClosed,
        AlarmRaised, AlarmAcknowledged, AlarmEnded, AlarmRuleChanged, UndecidableChanged, SubjectChanged, SubjectDeleted, FindingFiled, FindingChanged, ZonePublished,
        ZoneRetired, ParameterChanged, CountiesImported, ReadingStored, ReadingReleased,
        MonitorSilent, MonitorBack, AirChanged, FeedStale, FeedBack, SimulationCleared,
    };

    public static IReadOnlySet<string> Layers { get; } = All.Select(LayerOf).ToHashSet(StringComparer.Ordinal);

    public static string LayerOf(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];
}
