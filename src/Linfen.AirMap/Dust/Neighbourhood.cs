using Linfen.AirMap.Geo;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Compares what a monitor measured over the averaging time with its neighbours (10 km; else its county) and with the county's background.
/// <para>
/// Who measures five times what <i>every</i> neighbour and the background do, and 200 µg/m³ more, stands in the health list as suspect. Nothing is dropped
/// for it: one site far above all others is just what a dusty site looks like, so its violation is told all the same, and the remark says to look at the
/// instrument along with the site. A dust storm lifts all of them and makes nobody suspect.
/// </para>
/// <para>
/// Who measures a fifth of the least of them is suspect as well: a covered inlet, a filter before it, mg taken for µg. That accuses nobody either.
/// </para>
/// <para>With fewer than three neighbours there is nothing to compare with. All numbers are settings.</para>
/// </summary>
static class Neighbourhood
{
    public const string FarAbove = "farAboveNeighbours";
    public const string FarBelow = "farBelowNeighbours";

    const double MetresPerKilometre = 1_000;

    /// <summary>Of a degree of latitude, at least: what lies further apart need not be measured.</summary>
    const double KilometresPerDegree = 110;

    public static Dictionary<Guid, string> Differing(IReadOnlyList<(Device Device, DustMean Mean)> means, Hj212Options options)
    {
        var found = new Dictionary<Guid, string>();
        foreach (var alike in means.Where(m => m.Mean.Average is not null).GroupBy(m => (m.Mean.Factor, m.Device.Simulated)).Where(_ => options.Neighbours > 0))
        {
            var all = alike.ToList();
            foreach (var one in all)
            {
                if (Differs(one, Around(one.Device, all, options), options) is { } how)
                {
                    found[one.Device.Id] = how;
                }
            }
        }

        return found;
    }

    static string? Differs((Device Device, DustMean Mean) one, List<double> around, Hj212Options options)
    {
        if (around.Count < options.Neighbours)
        {
            return null;
        }

        var (value, highest, least) = (one.Mean.Average!.Value, around.Max(), around.Min());
        highest = Math.Max(highest, one.Mean.Background ?? 0);
        return IsFarAbove(value, highest, options) ? FarAbove : IsFarAbove(least, value, options) ? FarBelow : null;
    }

    static bool IsFarAbove(double high, double low, Hj212Options options) => high >= low * options.NeighbourFactor && high - low >= options.NeighbourMicrograms;

    static List<double> Around(Device device, List<(Device Device, DustMean Mean)> all, Hj212Options options)
    {
        var near = all.FindAll(o => o.Device.Id != device.Id && IsNear(device.Place, o.Device.Place, options.NeighbourKilometres));
        if (near.Count < options.Neighbours)
        {
            near = all.FindAll(o => o.Device.Id != device.Id && device.County is not null && o.Device.County == device.County);
        }

        return near.ConvertAll(o => o.Mean.Average!.Value);
    }

    static bool IsNear(LonLat? one, LonLat? other, double kilometres) =>
        one is { } a && other is { } b
        && Math.Abs(a.Lat - b.Lat) * KilometresPerDegree <= kilometres
        && Math.Abs(a.Lon - b.Lon) * KilometresPerDegree * Math.Cos(double.DegreesToRadians(Math.Max(a.Lat, b.Lat))) <= kilometres
        && Geodesic.DistanceMetres(a, b) <= kilometres * MetresPerKilometre;
}
