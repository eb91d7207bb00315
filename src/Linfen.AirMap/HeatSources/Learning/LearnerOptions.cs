using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>
/// When heat that comes back is taken for a standing source. Settings under <c>Airmap:HeatSources</c>. The figures rest on a year of VIIRS over
/// Henan, where 87 % of the cells of 0.01° were lit on one day only, and cells lit on 30 days and more were 99 % night and 1 MW.
/// </summary>
public sealed record LearnerOptions
{
    /// <summary>Side of a cell. 0.01° is 1.1 × 0.9 km here: a pixel of MODIS, three of VIIRS. Degrees, a multiple of 0.00001.</summary>
    [Range(0.001, 0.1)]
    public double CellDegrees { get; init; } = 0.01;

    /// <summary>A cell belongs to a source when it was lit on so many days a year: a field burns after the wheat and after the maize, twice.</summary>
    [Range(1, 365)]
    public double CellDaysPerYear { get; init; } = 3;

    /// <summary>And on so many days however short the archive: one day tells nothing, and two are the wheat and the maize.</summary>
    [Range(2, 365)]
    public int LeastCellDays { get; init; } = 3;

    /// <summary>A source as a whole was lit on so many days a year.</summary>
    [Range(2, 365)]
    public double DaysPerYear { get; init; } = 5;

    /// <summary>And on so many days however short the archive.</summary>
    [Range(2, 365)]
    public int LeastDays { get; init; } = 5;

    /// <summary>In so many different months of the calendar: what is burnt on fields comes back in the same one or two, every year.</summary>
    [Range(1, 12)]
    public int LeastMonths { get; init; } = 3;

    /// <summary>From the first to the last day lit. A season of burning is shorter.</summary>
    [Range(1, 3650)]
    public int LeastSpanDays { get; init; } = 60;

    /// <summary>What was never lit by night is a roof, a solar farm, or a field after all: it has to show itself on more days. A factor.</summary>
    [Range(1, 10)]
    public double DayOnlyFactor { get; init; } = 1.5;

    /// <summary>Power of a source beyond its upper quartile that is still usual, in quartile widths of the logarithm (Tukey's far fence).</summary>
    [Range(0.5, 10)]
    public double FenceWidths { get; init; } = 3;

    /// <summary>Usual power reaches at least this many times the median: few sightings show a narrower spread than there is. A factor.</summary>
    [Range(1, 20)]
    public double LeastFence { get; init; } = 3;

    /// <summary>Usual power is at most this many times the highest that was ever seen there: a source that varies much must not explain what it never reached. A factor.</summary>
    [Range(1, 10)]
    public double MostBeyondSeen { get; init; } = 1.5;

    public int CellDays(double years) => Math.Max(LeastCellDays, (int)(CellDaysPerYear * years));

    public int Days(double years) => Math.Max(LeastDays, (int)(DaysPerYear * years));
}
