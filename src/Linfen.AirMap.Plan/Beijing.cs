namespace Linfen.AirMap.Plan;

/// <summary>The plan counts in Beijing calendar days: UTC+8, no daylight saving since 1991.</summary>
public static class Beijing
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The Beijing calendar day of an instant; "today" is the day of <c>knownAt</c>.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The first instant of a day: 00:00 +08:00.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>"After D" holds from D+1 00:00 +08:00 on.</summary>
    public static DateTimeOffset After(DateOnly day) => StartOf(day.AddDays(1));

    public static bool IsAfter(DateTimeOffset instant, DateOnly day) => instant >= After(day);
}
