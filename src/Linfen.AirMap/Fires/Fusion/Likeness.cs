using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Fires.Fusion;

/// <summary>How likely two sightings are one fire.</summary>
static class Likeness
{
    const long WeekTicks = TimeSpan.TicksPerDay * 7;

    /// <summary>
    /// Where and when no two sightings are one fire, however near: a week ends on Monday at five in the morning (Beijing), when hardly anything burns
    /// and no satellite passes. A rule that counts from the first sighting would make it matter who reports first.
    /// </summary>
    static readonly long WeekStart = new DateTimeOffset(2024, 1, 1, 5, 0, 0, Beijing.Offset).UtcTicks;

    static long Week(DateTimeOffset at)
    {
        var ticks = at.UtcTicks - WeekStart;
        return ticks >= 0 ? ticks / WeekTicks : (ticks + 1) / WeekTicks - 1;
    }

    /// <summary>
    /// Between 0 and 1; null where their areas do not meet or too much time lies between. It falls with the distance in parts of the reach of both and
    /// with the time in parts of the join window, each as a bell curve with two standard deviations at its end.
    /// </summary>
    public static double? Of(Sighting one, Sighting other, FireOptions options)
    {
        var apart = (one.At - other.At).Duration();
        if (one.Simulated != other.Simulated || apart > options.JoinWindow || Week(one.At) != Week(other.At))
        {
            return null;
        }

        var (from, to) = (one.Footprint.Middle, other.Footprint.Middle);
        var (east, north) = ((to.Lon - from.Lon) * Nearness.MetresEast(from.Lat), (to.Lat - from.Lat) * Nearness.MetresNorth);
        if (east * east + north * north > options.MaxJoinMetres * options.MaxJoinMetres * Nearness.Slack)
        {
            return null;
        }

        var azimuth = Math.Atan2(east, north) * 180 / Math.PI;
        var reach = Math.Clamp(one.Footprint.ReachMetres(azimuth) + other.Footprint.ReachMetres(azimuth), options.JoinMetres, Math.Max(options.JoinMetres, options.MaxJoinMetres));
        var metres = Geodesic.DistanceMetres(from, to);
        return metres > reach ? null : Math.Exp(-2 * (Square(metres / reach) + Square(apart / options.JoinWindow)));
    }

    static double Square(double x) => x * x;
}
