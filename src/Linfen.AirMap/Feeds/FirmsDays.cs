namespace Linfen.AirMap.Feeds;

/// <summary>Days of UTC that one request asks for.</summary>
/// <param name="IsToday">Asked without a date: the present day.</param>
readonly record struct FirmsDays(DateOnly First, int Count, bool IsToday)
{
    /// <summary>What the area API takes in one request (NASA FIRMS, Area API: day range 1 to 5).</summary>
    public const int MostAtOnce = 5;

    public DateOnly Last => First.AddDays(Count - 1);

    /// <summary>
    /// What is to be asked: the days since the last good poll, and those before it that may still have got more by then, the oldest first; the present day by itself,
    /// so that an answer without anything of today is told from one of today.
    /// </summary>
    /// <param name="covered">The last good poll; null asks for yesterday and today.</param>
    /// <param name="settle">Data of a day may come so much later than its end.</param>
    public static IReadOnlyList<FirmsDays> ToAsk(DateTimeOffset? covered, DateTimeOffset now, TimeSpan settle, int mostDays)
    {
        var today = DayOf(now);
        var first = covered is { } until ? DayOf(until - settle) : today.AddDays(-1);
        first = first > today ? today : first < today.AddDays(1 - mostDays) ? today.AddDays(1 - mostDays) : first;
        var asked = new List<FirmsDays>();
        for (; first < today; first = asked[^1].Last.AddDays(1))
        {
            asked.Add(new(first, Math.Min(MostAtOnce, today.DayNumber - first.DayNumber), false));
        }

        asked.Add(new(today, 1, true));
        return asked;
    }

    /// <summary>Until when everything has been asked for once the answer to this is good.</summary>
    public DateTimeOffset CoveredUntil(DateTimeOffset now, TimeSpan settle) => IsToday ? now
        : new DateTimeOffset(Last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + settle is var until && until < now ? until : now;

    public bool Hold(DateTimeOffset time) => DayOf(time) >= First;

    static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
