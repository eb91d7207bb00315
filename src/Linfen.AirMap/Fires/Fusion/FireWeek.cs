using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Fires.Fusion;

/// <summary>
/// The weeks at whose turn a fire that burns without end is cut: on Monday at five in the morning (Beijing), when hardly anything burns and no satellite
/// passes. A rule that counts from the first sighting would make it matter who reports first.
/// </summary>
static class FireWeek
{
    /// <summary>What burns for longer is more than one fire: sightings may hang together without end, and people do not merge what lies further apart.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    static readonly long Turn = new DateTimeOffset(2024, 1, 1, 5, 0, 0, Beijing.Offset).UtcTicks;

    /// <summary>Number of the week of a moment.</summary>
    public static long Of(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - Turn;
        return ticks >= 0 ? ticks / Longest.Ticks : (ticks + 1) / Longest.Ticks - 1;
    }
}
