namespace Linfen.AirMap.Dust;

/// <summary>
/// Which months have a partition, as far as this process knows. Times of clocks that are far off share the default one, and so does what comes
/// late for a month that is not kept any more (<see cref="ReadingRetention"/>).
/// </summary>
/// <param name="keepDays">Days that raw readings are kept; 0 for ever.</param>
sealed class ReadingMonths(int keepDays)
{
    const int MonthsBack = 14;
    const int MonthsAhead = 1;

    readonly HashSet<DateOnly> made = [];
    readonly HashSet<DateOnly> pending = [];

    public IReadOnlyCollection<DateOnly> Missing(IReadOnlyList<Reading> rows, DateTimeOffset now)
    {
        var (first, last) = (MonthOf(now.AddMonths(-MonthsBack)), MonthOf(now.AddMonths(MonthsAhead)));
        first = keepDays > 0 && FirstKept(keepDays, now) > first ? FirstKept(keepDays, now) : first;
        foreach (var row in rows)
        {
            var month = MonthOf(row.Key.At);
            if (month >= first && month <= last && !made.Contains(month))
            {
                pending.Add(month);
            }
        }

        return pending;
    }

    public void Made()
    {
        made.UnionWith(pending);
        pending.Clear();
    }

    public void Forget() => pending.Clear();

    /// <summary>The first month of which readings are kept as they came.</summary>
    public static DateOnly FirstKept(int keepDays, DateTimeOffset now) => MonthOf(now.AddDays(-keepDays));

    static DateOnly MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
}
