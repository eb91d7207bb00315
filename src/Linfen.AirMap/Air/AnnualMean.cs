namespace Linfen.AirMap.Air;

/// <summary>
/// The running annual mean of an area: the mean of its valid days among the last 365 Beijing days, today included once it has a valid mean.
/// A day of the area is the mean of its stations' valid days, so that a station that fails does not weigh on the others' days.
/// </summary>
/// <param name="Mean">µg/m³; null without a single valid day.</param>
sealed record AnnualMean(double? Mean, int ValidDays, DateOnly? LastDay)
{
    public const int Days = 365;

    /// <param name="stationDays">Valid daily means of the area's stations, of any days.</param>
    public static AnnualMean Of(IEnumerable<(DateOnly Day, double Mean)> stationDays, DateOnly today)
    {
        var days = stationDays.Where(d => d.Day <= today && d.Day > today.AddDays(-Days)).GroupBy(d => d.Day, d => d.Mean)
            .Select(g => (Day: g.Key, Mean: g.Average())).ToList();
        // Three decimals: sums in another order end up the same, and nobody measures finer.
        return days.Count == 0 ? new(null, 0, null) : new(Math.Round(days.Average(d => d.Mean), 3), days.Count, days.Max(d => d.Day));
    }
}
