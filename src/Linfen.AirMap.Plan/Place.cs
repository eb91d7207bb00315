using System.Collections.Frozen;

namespace Linfen.AirMap.Plan;

/// <summary>Where a subject lies, at the moment that is asked about.</summary>
public sealed record Place
{
    public static readonly Place Unknown = new();

    /// <summary>GB/T 2260 code; null when the subject could not be located.</summary>
    public string? County { get; init; }

    /// <summary>In force, and containing the subject.</summary>
    public IReadOnlyList<ZoneFact> Zones { get; init; } = [];

    /// <summary>Kinds with any zone in force anywhere in the city.</summary>
    public IReadOnlySet<ZoneKind> KindsInForce { get; init; } = FrozenSet<ZoneKind>.Empty;

    public bool IsIn(ZoneKind kind) => Zone(kind) is not null;

    /// <summary>The zone of a kind that has been in force the longest; of two equally old ones always the same.</summary>
    public ZoneFact? Zone(ZoneKind kind)
    {
        ZoneFact? first = null;
        foreach (var zone in Zones)
        {
            if (zone.Kind == kind && (first is null || (zone.EffectiveFrom, zone.Id).CompareTo((first.EffectiveFrom, first.Id)) < 0))
            {
                first = zone;
            }
        }

        return first;
    }
}
