namespace Linfen.AirMap.Dust;

/// <summary>What a monitor measured of a factor within a minute: all that means need, without the values.</summary>
/// <param name="Minute">Since 1970.</param>
/// <param name="Counting">Of the values, those that count; sum, least and most are theirs.</param>
/// <param name="First">Seconds into the minute of its first value.</param>
/// <param name="Last">Of its last one.</param>
/// <param name="LastBad">Of the last one that does not count; negative without one.</param>
readonly record struct MinuteValues(int Minute, int Values, int Counting, double Sum, double Least, double Most, float First, float Last, float LastBad)
{
    public DateTimeOffset Start => DateTimeOffset.UnixEpoch.AddMinutes(Minute);

    public static int MinuteOf(DateTimeOffset at) => (int)Math.Floor((at - DateTimeOffset.UnixEpoch).TotalMinutes);
}

/// <summary>The last hours of one factor of a monitor, minute by minute, in order.</summary>
sealed class MinuteCurve
{
    readonly List<MinuteValues> minutes = [];

    public IReadOnlyList<MinuteValues> Minutes => minutes;

    /// <summary>What was read of these minutes takes the place of what was known of them.</summary>
    /// <param name="read">In order, and within the two minutes.</param>
    public void Replace(int first, int last, IReadOnlyList<MinuteValues> read)
    {
        var (from, to) = (IndexOf(first), IndexOf(last + 1));
        minutes.RemoveRange(from, to - from);
        minutes.InsertRange(from, read);
    }

    public void ForgetBefore(int minute) => minutes.RemoveRange(0, IndexOf(minute));

    /// <summary>Of the first minute that is not before.</summary>
    int IndexOf(int minute)
    {
        var (low, high) = (0, minutes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = minutes[middle].Minute < minute ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// The mean over a limit's time, of whole minutes. A value stands for the time to the next one, fifteen minutes at most. Below the limit
    /// since the last minute with a value that did not count or was above it; only while data go on. Null without any data.
    /// </summary>
    /// <param name="ceiling">The limit with its background, µg/m³.</param>
    public CurveMean? Over(DustLimit limit, double ceiling, DateTimeOffset now)
    {
        var mean = new CurveSum();
        var recent = now - TimeSpan.FromMinutes(limit.Minutes);
        for (var i = IndexOf(MinuteValues.MinuteOf(now - limit.Window) + 1); i < minutes.Count && minutes[i].Start <= now; i++)
        {
            mean.Add(minutes[i], minutes[i].Start > recent, ceiling);
        }

        return mean.Finish(now);
    }
}

/// <param name="Average">µg/m³; null where nothing counts.</param>
/// <param name="Minutes">That the values stand for.</param>
/// <param name="BelowSince">Null while it is not below the limit, and without data.</param>
sealed record CurveMean(double? Average, double Minutes, bool Flat, DateTimeOffset? BelowSince);

/// <summary>Sums up minutes in their order.</summary>
struct CurveSum()
{
    /// <summary>A device that says the same number so often does not measure.</summary>
    const int FlatValues = 10;

    const double LongestStep = 15;

    /// <summary>Who sent nothing for longer is not below anything.</summary>
    static readonly TimeSpan Going = TimeSpan.FromMinutes(20);

    int values;
    int counting;
    int slots;
    double sum;
    double least = double.PositiveInfinity;
    double most = double.NegativeInfinity;
    DateTimeOffset first;
    DateTimeOffset last;
    DateTimeOffset? bad;

    public void Add(MinuteValues minute, bool isRecent, double ceiling)
    {
        first = values == 0 ? minute.Start.AddSeconds(minute.First) : first;
        last = minute.Start.AddSeconds(minute.Last);
        values += minute.Values;
        bad = minute.Counting > 0 && minute.Most > ceiling ? last : minute.LastBad >= 0 ? minute.Start.AddSeconds(minute.LastBad) : bad;
        if (isRecent && minute.Counting > 0)
        {
            counting += minute.Counting;
            slots++;
            sum += minute.Sum;
            least = Math.Min(least, minute.Least);
            most = Math.Max(most, minute.Most);
        }
    }

    public readonly CurveMean? Finish(DateTimeOffset now)
    {
        if (values == 0)
        {
            return null;
        }

        var step = values == 1 ? 1 : Math.Clamp((last - first).TotalMinutes / (values - 1), 1, LongestStep);
        return new(
            counting == 0 ? null : sum / counting, slots * step, counting >= FlatValues && most > 0 && most == least,
            last < now - Going || last == bad ? null : bad ?? first);
    }
}
