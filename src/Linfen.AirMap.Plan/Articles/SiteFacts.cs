namespace Linfen.AirMap.Plan.Articles;

public enum SiteStatus
{
    Active,
    Paused,
    Finished,
}

/// <summary>An online dust monitor of a site.</summary>
public sealed record MonitorFact(Guid Id, string Name, DateTimeOffset? LastDataAt, DateTimeOffset InstalledAt)
{
    /// <summary>Without any data yet, silence counts from the installation.</summary>
    public DateTimeOffset SilentSince => LastDataAt ?? InstalledAt;
}

/// <summary>
/// An inspection of the six 100 % items (六个百分百): <c>enclosure</c>, <c>cover</c>, <c>washing</c>, <c>hardening</c>,
/// <c>wetDemolition</c>, <c>sealedTrucks</c>. An item in neither list passed, or does not occur on the site.
/// </summary>
public sealed record InspectionFact(Guid Id, DateTimeOffset At, IReadOnlyList<string> Failed, IReadOnlyList<string> NotChecked);

/// <summary>What is known of a construction site; null is "not known".</summary>
public sealed record SiteFacts
{
    public required Place Place { get; init; }

    public SiteStatus? Status { get; init; }

    public decimal? AreaSquareMetres { get; init; }

    public bool? Video { get; init; }

    /// <summary>Empty when the site is known to have none.</summary>
    public IReadOnlyList<MonitorFact>? Monitors { get; init; }

    /// <summary>Null when it was never inspected.</summary>
    public InspectionFact? LastInspection { get; init; }
}
