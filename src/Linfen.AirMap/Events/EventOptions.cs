using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Events;

/// <summary>Settings under <c>Airmap:Events</c>.</summary>
public sealed record EventOptions
{
    /// <summary>Events older than this many days may be forgotten; a client that was away longer takes the snapshot again.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 90;

    /// <summary>Rings of the doorbell within this many milliseconds are told to the clients as one. The first is never delayed.</summary>
    [Range(0, 1000)]
    public int GatherMilliseconds { get; init; } = 20;
}
