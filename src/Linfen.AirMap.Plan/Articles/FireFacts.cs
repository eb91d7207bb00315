namespace Linfen.AirMap.Plan.Articles;

public enum FireState
{
    /// <summary>Seen by a sensor or a person, not yet verified.</summary>
    Suspected,

    /// <summary>Verified by a verdict; still burning.</summary>
    Confirmed,

    /// <summary>Not seen for the lapse time and without a verdict.</summary>
    Lapsed,

    /// <summary>A verdict says that it is out.</summary>
    Out,

    /// <summary>A verdict says that it was none.</summary>
    Refuted,

    /// <summary>Learnt of too late to act on; drawn, never a violation.</summary>
    History,
}

/// <summary>What is known of a fire event when Article 36 is asked.</summary>
public sealed record FireFacts
{
    /// <summary>Null when the fire's status is not known.</summary>
    public required FireState? State { get; init; }

    /// <summary>GB/T 2260 code of the county; null when the fire could not be located.</summary>
    public required string? County { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The last sighting so far; equal to the first for a fire seen once.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>Located, and outside every county of the city (the margin is watched, not governed).</summary>
    public bool OutsideCity { get; init; }

    /// <summary>The fire is the heat of a registered source: a coke oven, a furnace, a flare.</summary>
    public bool AttributedToHeatSource { get; init; }

    /// <summary>Why a verdict refuted the fire.</summary>
    public string? VerdictReason { get; init; }

    public int Detections { get; init; } = 1;

    /// <summary>Largest fire radiative power seen, in megawatts; null when no sensor measured it.</summary>
    public double? FrpMegawatts { get; init; }
}
