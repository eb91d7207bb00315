namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>
/// The days on which something was lit, and which of them by night. A day runs from 06:00 to 06:00 local solar time, so that the passes of one
/// day and the night that follows (10:30, 13:30, 22:30, 01:30) are one day: what burns from noon into the night was lit once.
/// </summary>
sealed class LitDays
{
    static readonly TimeSpan Dawn = TimeSpan.FromHours(6);

    /// <summary>Day number and, as its lowest bit, whether a night was among it; in order.</summary>
    int[] days = new int[2];

    public int Count { get; private set; }

    public int Nights => All.Count(d => d.Night);

    /// <summary>Different months of the calendar, whatever the year.</summary>
    public int Months => All.Select(d => d.Day.Month).Distinct().Count();

    public DateOnly First => DateOnly.FromDayNumber(days[0] >> 1);

    public DateOnly Last => DateOnly.FromDayNumber(days[Count - 1] >> 1);

    public IEnumerable<(DateOnly Day, bool Night)> All => days.Take(Count).Select(d => (DateOnly.FromDayNumber(d >> 1), (d & 1) != 0));

    public static int DayOf(double lon, DateTimeOffset at) => DateOnly.FromDateTime(Sun.SolarTime(lon, at) - Dawn).DayNumber;

    public void Add(int day, bool night)
    {
        var at = Count;
        while (at > 0 && days[at - 1] >> 1 > day)
        {
            at--;
        }

        if (at > 0 && days[at - 1] >> 1 == day)
        {
            days[at - 1] |= night ? 1 : 0;
            return;
        }

        if (Count == days.Length)
        {
            Array.Resize(ref days, Count * 2);
        }

        Array.Copy(days, at, days, at + 1, Count - at);
        days[at] = (day << 1) | (night ? 1 : 0);
        Count++;
    }

    public void Add(LitDays other)
    {
        for (var i = 0; i < other.Count; i++)
        {
            Add(other.days[i] >> 1, (other.days[i] & 1) != 0);
        }
    }
}
