namespace Linfen.AirMap.Plan.Articles;

public enum FindingState
{
    Filed,
    Confirmed,
    Rectified,

    /// <summary>It was none.</summary>
    Dismissed,
}

/// <summary>What someone found in the street.</summary>
public sealed record FindingFacts
{
    public required Place Place { get; init; }

    /// <summary>Code of a <see cref="FindingKind"/>.</summary>
    public required string Kind { get; init; }

    public DateTimeOffset At { get; init; }

    public FindingState State { get; init; }

    /// <summary>Filed by a patrol, which needs no confirmation; otherwise by the public.</summary>
    public bool Patrol { get; init; }
}
