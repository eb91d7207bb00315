using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>
/// Learns standing sources from what comes back: sightings are summed up in cells, cells that were lit often enough and touch are one source.
/// Keeps cells, never sightings; the outcome does not depend on the order in which they come. The same file twice counts its days once, and
/// its sightings twice.
/// </summary>
sealed class HeatLearner(LearnerOptions options)
{
    /// <summary>EPSG of CGCS2000.</summary>
    const int Cgcs2000 = 4490;

    static readonly GeometryFactory Geometry = new(new PrecisionModel(), Cgcs2000);

    /// <summary>Half a pixel of VIIRS, 375 m at nadir.</summary>
    const double MarginMetres = 190;

    const double MetresPerDegree = 111_195;

    readonly Dictionary<(int X, int Y), HeatCell> cells = [];
    readonly int side = Math.Max(1, (int)Math.Round(options.CellDegrees * HeatCell.Fine));
    readonly HashSet<int> months = [];
    int firstDay = int.MaxValue;
    int lastDay = int.MinValue;

    public long Sightings { get; private set; }

    public int Cells => cells.Count;

    /// <summary>Cells that were lit on one day only.</summary>
    public int CellsOfOneDay => cells.Values.Count(c => c.Days.Count == 1);

    public DateOnly? From => Sightings == 0 ? null : DateOnly.FromDayNumber(firstDay);

    public DateOnly? To => Sightings == 0 ? null : DateOnly.FromDayNumber(lastDay);

    /// <summary>What was observed, in years of twelve months that hold any sighting: archives have holes.</summary>
    public double Years => months.Count / 12.0;

    int Columns => 360 * HeatCell.Fine / side;

    public void Add(in HeatSighting seen)
    {
        // 180° east is 180° west.
        var x = seen.Position.Lon >= 180 ? -180 * HeatCell.Fine : (int)Math.Round(seen.Position.Lon * HeatCell.Fine);
        var y = (int)Math.Round(seen.Position.Lat * HeatCell.Fine);
        var key = (FloorDivide(x, side), FloorDivide(y, side));
        if (!cells.TryGetValue(key, out var cell))
        {
            cells[key] = cell = new();
        }

        cell.Add(x, y, seen);
        Sightings++;
        var day = LitDays.DayOf(seen.Position.Lon, seen.At);
        var date = DateOnly.FromDayNumber(day);
        months.Add(date.Year * 12 + date.Month);
        (firstDay, lastDay) = (Math.Min(firstDay, day), Math.Max(lastDay, day));
    }

    /// <summary>The sources, the most convincing first.</summary>
    public List<HeatCandidate> Candidates()
    {
        var least = options.CellDays(Years);
        var lasting = cells.Where(c => c.Value.Days.Count >= least).Select(c => c.Key).ToHashSet();
        return [.. Groups(lasting).Select(Judge).OfType<HeatCandidate>()
            .OrderByDescending(c => c.Score).ThenByDescending(c => c.Days).ThenBy(c => c.Centre.Lon).ThenBy(c => c.Centre.Lat)];
    }

    /// <summary>Cells that touch, corners included; across the antimeridian too.</summary>
    IEnumerable<List<(int X, int Y)>> Groups(HashSet<(int X, int Y)> lasting)
    {
        // In order, so that the same cells are the same group whatever came first.
        foreach (var first in lasting.Order().ToList())
        {
            if (!lasting.Remove(first))
            {
                continue;
            }

            var group = new List<(int X, int Y)> { first };
            for (var i = 0; i < group.Count; i++)
            {
                group.AddRange(Around(group[i]).Where(lasting.Remove));
            }

            yield return group;
        }
    }

    IEnumerable<(int X, int Y)> Around((int X, int Y) cell)
    {
        for (var dx = -1; dx <= 1; dx++)
        {
            for (var dy = -1; dy <= 1; dy++)
            {
                yield return (Wrapped(cell.X + dx), cell.Y + dy);
            }
        }
    }

    int Wrapped(int x) => x < -Columns / 2 ? x + Columns : x >= Columns / 2 ? x - Columns : x;

    HeatCandidate? Judge(List<(int X, int Y)> group)
    {
        var whole = new HeatCell();
        foreach (var key in group)
        {
            whole.Add(cells[key], Turned(key.X, group[0].X));
        }

        var days = whole.Days;
        var enough = options.Days(Years) * (whole.ByNight == 0 ? options.DayOnlyFactor : 1);
        if (days.Count < enough || days.Months < options.LeastMonths || days.Last.DayNumber - days.First.DayNumber < options.LeastSpanDays)
        {
            return null;
        }

        var (low, median, high) = (whole.Power.Quantile(0.25), whole.Power.Quantile(0.5), whole.Power.Quantile(0.75));
        var spread = low > 0 ? high / low : null;
        var nightShare = whole.ByNight / (double)whole.Sightings;
        return new(
            group.Count, whole.Sightings, days.Count, days.Nights, days.Months, nightShare, median, spread, Highest(whole.Power, spread),
            Normal(whole.Centre), Extent(group), days.First, days.Last, HeatScore.Of(days.Count, days.Months, nightShare, spread, Years));
    }

    double? Highest(PowerScale power, double? spread)
    {
        if (power.Quantile(0.5) is not { } median)
        {
            return null;
        }

        var fence = power.Quantile(0.75)!.Value * Math.Pow(spread ?? 1, options.FenceWidths);
        return Math.Max(options.LeastFence * median, Math.Min(fence, options.MostBeyondSeen * power.Quantile(1)!.Value));
    }

    /// <summary>Degrees to add to a cell of the group so that the whole group lies together.</summary>
    int Turned(int x, int first) => x - first > Columns / 2 ? -360 : first - x > Columns / 2 ? 360 : 0;

    static LonLat Normal(LonLat at) => at.Lon >= 180 ? at with { Lon = at.Lon - 360 } : at.Lon < -180 ? at with { Lon = at.Lon + 360 } : at;

    Polygon Extent(List<(int X, int Y)> group)
    {
        var corners = new List<Coordinate>(group.Count * 4);
        foreach (var key in group)
        {
            var (cell, turned) = (cells[key], Turned(key.X, group[0].X));
            var north = MarginMetres / MetresPerDegree;
            var middle = (cell.South + cell.North) / 2.0 / HeatCell.Fine;
            var east = north / Math.Max(0.01, Math.Cos(double.DegreesToRadians(middle)));
            var (left, right) = (cell.West / (double)HeatCell.Fine + turned - east, cell.East / (double)HeatCell.Fine + turned + east);
            var (bottom, top) = (cell.South / (double)HeatCell.Fine - north, cell.North / (double)HeatCell.Fine + north);
            corners.AddRange([new(left, bottom), new(left, top), new(right, bottom), new(right, top)]);
        }

        foreach (var corner in corners)
        {
            (corner.X, corner.Y) = (Math.Round(corner.X, 5), Math.Round(corner.Y, 5));
        }

        return (Polygon)Geometry.CreateMultiPointFromCoords([.. corners]).ConvexHull().Normalized();
    }

    static int FloorDivide(int value, int by) => (int)Math.Floor(value / (double)by);
}
