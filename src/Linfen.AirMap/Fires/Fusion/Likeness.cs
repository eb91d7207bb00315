using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Fires.Fusion;

/// <summary>How likely two sightings are one fire.</summary>
static class Likeness
{
    /// <summary>
    /// Between 0 and 1; null where their areas do not meet or too much time lies between. It falls with the distance in parts of the reach of both and
    /// with the time in parts of the join window, each as a bell curve with two standard deviations at its end.
    /// </summary>
    public static double? Of(Sighting one, Sighting other, FireOptions options)
    {
        var apart = (one.At - other.At).Duration();
        if (one.Simulated != other.Simulated || apart > options.JoinWindow)
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
