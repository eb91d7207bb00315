namespace Linfen.AirMap.Dust;

/// <summary>A minute of a factor as the database sums it up.</summary>
/// <param name="Total">Sum of the <paramref name="Count"/> values that count.</param>
/// <param name="Doubtful">Mean of those that do not.</param>
/// <param name="Mean">Over the averaging time that ends here.</param>
/// <param name="Slots">Minutes with values that count within that time.</param>
/// <param name="Flat">They are all one and the same value.</param>
readonly record struct CurveMinute(
    DateTimeOffset At, double Total, long Count, double? Min, double? Max, double? Doubtful, IReadOnlyList<string> Why, double? Mean, int Slots, bool Flat);

/// <summary>Makes points and spans of minutes. Pure.</summary>
static class CurveShape
{
    /// <summary>As old as the background may be, as for the rule.</summary>
    public static readonly TimeSpan BackgroundAge = TimeSpan.FromHours(3);

    /// <summary>A value stands for no longer than this.</summary>
    const int LongestValue = 15;

    public static IReadOnlyList<CurvePoint> Points(IReadOnlyList<CurveMinute> minutes, TimeSpan step)
    {
        var points = new List<CurvePoint>();
        for (var i = 0; i < minutes.Count;)
        {
            var start = StartOf(minutes[i].At, step);
            var end = i;
            while (end < minutes.Count && minutes[end].At < start + step)
            {
                end++;
            }

            points.Add(Point(start, minutes, i, end));
            i = end;
        }

        return points;
    }

    static CurvePoint Point(DateTimeOffset at, IReadOnlyList<CurveMinute> minutes, int from, int to)
    {
        var (total, count, still, stillCount) = (0.0, 0L, 0.0, 0L);
        double? least = null, most = null, mean = null, doubtful = null;
        var why = new HashSet<string>(StringComparer.Ordinal);
        for (var i = from; i < to; i++)
        {
            var minute = minutes[i];
            why.UnionWith(minute.Why);
            doubtful = minute.Doubtful ?? doubtful;
            if (minute.Flat)
            {
                // Measured, and believed by nobody.
                (still, stillCount) = (still + minute.Total, stillCount + minute.Count);
                why.Add("flatLine");
                continue;
            }

            (total, count) = (total + minute.Total, count + minute.Count);
            least = minute.Min is { } low && !(low >= least) ? low : least;
            most = minute.Max is { } high && !(high <= most) ? high : most;
            mean = minute.Mean is { } running && !(running <= mean) ? running : mean;
        }

        doubtful = stillCount > 0 ? Math.Round(still / stillCount, 1) : doubtful;
        return new(at, count > 0 ? Math.Round(total / count, 1) : null, least, most, mean, doubtful, why.Count == 0 ? null : [.. why.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Steps begin where hours of Beijing do.</summary>
    static DateTimeOffset StartOf(DateTimeOffset at, TimeSpan step) => at - TimeSpan.FromTicks(at.Ticks % step.Ticks);

    public static IReadOnlyList<CurveSpan> Exceeding(IReadOnlyList<CurveMinute> minutes, IReadOnlyList<CurveLimit> limits, IReadOnlyList<CurveBackground> background)
    {
        var spacing = Spacing(minutes);
        var spans = new List<CurveSpan>();
        var isOpen = false;
        foreach (var minute in minutes)
        {
            var exceeds = Exceeds(minute, limits, background, spacing);
            var end = minute.At.AddMinutes(spacing);
            if (exceeds && isOpen && minute.At - spans[^1].To <= TimeSpan.FromMinutes(LongestValue))
            {
                spans[^1] = spans[^1] with { To = end };
            }
            else if (exceeds)
            {
                spans.Add(new(minute.At, end));
            }

            isOpen = exceeds;
        }

        return spans;
    }

    static bool Exceeds(CurveMinute minute, IReadOnlyList<CurveLimit> limits, IReadOnlyList<CurveBackground> background, int spacing)
    {
        var limit = limits.LastOrDefault(l => l.From <= minute.At && minute.At < l.To);
        if (limit is null || minute.Mean is not { } mean || minute.Flat || Math.Min(limit.Minutes, minute.Slots * spacing) < limit.Minutes * limit.Share)
        {
            return false;
        }

        return !limit.AboveBackground ? mean > limit.Limit : BackgroundAt(background, minute.At) is { } carried && mean - carried > limit.Limit;
    }

    static double? BackgroundAt(IReadOnlyList<CurveBackground> background, DateTimeOffset at)
    {
        var found = background.LastOrDefault(b => b.At <= at);
        return found is not null && at - found.At < BackgroundAge ? found.Value : null;
    }

    /// <summary>Minutes from one value to the next, mostly; 1 to 15.</summary>
    static int Spacing(IReadOnlyList<CurveMinute> minutes)
    {
        var gaps = new List<double>(minutes.Count);
        for (var i = 1; i < minutes.Count; i++)
        {
            gaps.Add((minutes[i].At - minutes[i - 1].At).TotalMinutes);
        }

        gaps.Sort();
        return gaps.Count == 0 ? 1 : (int)Math.Clamp(gaps[gaps.Count / 2], 1, LongestValue);
    }
}
