namespace Linfen.AirMap.Dust;

/// <summary>Which months have a partition, as far as this process knows. Times of clocks that are far off share the default one.</summary>
sealed class ReadingMonths
{
    const int MonthsBack = 14;
    const int MonthsAhead = 1;

    readonly HashSet<DateOnly> made = [];
    readonly HashSet<DateOnly> pending = [];

    public IReadOnlyCollection<DateOnly> Missing(IReadOnlyList<Reading> rows, DateTimeOffset now)
    {
        var (first, last) = (MonthOf(now.AddMonths(-MonthsBack)), MonthOf(now.AddMonths(MonthsAhead)));
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

    static DateOnly MonthOf(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
}
