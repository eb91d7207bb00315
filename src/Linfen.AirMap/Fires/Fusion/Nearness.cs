using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Fires.Fusion;

/// <summary>Whether others may meet one sighting at all, by a few multiplications each: <see cref="Likeness"/> never finds a pair that this rules out.</summary>
readonly struct Nearness
{
    public const double MetresNorth = 110_574;

    /// <summary>Squares of distances on this plane are wrong by less.</summary>
    public const double Slack = 1.02;

    readonly LonLat middle;
    readonly long ticks;
    readonly double metresEast;
    readonly double ownMetres;
    readonly double leastMetres;
    readonly double mostMetres;
    readonly long window;

    public Nearness(Sighting seen, FireOptions options)
    {
        middle = seen.Footprint.Middle;
        ticks = seen.At.UtcTicks;
        metresEast = MetresEast(middle.Lat);
        ownMetres = seen.Footprint.LongestMetres;
        leastMetres = options.JoinMetres;
        mostMetres = Math.Max(options.JoinMetres, options.MaxJoinMetres);
        window = options.JoinWindow.Ticks;
    }

    /// <summary>Of places some kilometres apart at most; wrong by less than a hundredth.</summary>
    public static double Metres(LonLat from, LonLat to)
    {
        var (east, north) = ((to.Lon - from.Lon) * MetresEast(from.Lat), (to.Lat - from.Lat) * MetresNorth);
        return Math.Sqrt(east * east + north * north);
    }

    public static double MetresEast(double latitude) => 111_319 * Math.Cos(latitude * Math.PI / 180);

    /// <param name="otherMetres">The longest reach of the other.</param>
    public bool MayMeet(LonLat other, double otherMetres, long otherTicks)
    {
        var (east, north) = ((other.Lon - middle.Lon) * metresEast, (other.Lat - middle.Lat) * MetresNorth);
        var reach = Math.Clamp(ownMetres + otherMetres, leastMetres, mostMetres);
        return east * east + north * north <= reach * reach * Slack && Math.Abs(otherTicks - ticks) <= window;
    }
}
