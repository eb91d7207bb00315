namespace Linfen.AirMap.Plan.Articles;

public enum StationKind
{
    Township,
    Park,
    County,
    Other,
}

/// <summary>What is known of an air-quality station; null is "not known".</summary>
public sealed record StationFacts
{
    public required Place Place { get; init; }

    public StationKind? Kind { get; init; }

    /// <summary>Connected to the platforms of state and province.</summary>
    public bool? Online { get; init; }

    public DateTimeOffset? LastDataAt { get; init; }

    public DateTimeOffset InstalledAt { get; init; }

    /// <summary>Without any data yet, silence counts from the installation.</summary>
    public DateTimeOffset SilentSince => LastDataAt ?? InstalledAt;
}
