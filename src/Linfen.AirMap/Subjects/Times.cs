using System.Globalization;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Subjects;

/// <summary>Days and times as people and files here write them.</summary>
static class Times
{
    static readonly string[] Days = ["yyyy-MM-dd", "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日"];

    static readonly string[] BeijingTimes = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy/M/d H:mm:ss", "yyyy/M/d H:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm"];

    /// <summary>A calendar day; a time counts as the Beijing day it falls on.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Sane(day)
        : Moment(text) is { } moment ? Beijing.DayOf(moment) : null;

    /// <summary>A time with its offset; without one, and for a bare day, Beijing's.</summary>
    public static DateTimeOffset? Moment(string text)
    {
        if (DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return Sane(day) is { } sane ? Beijing.StartOf(sane).ToUniversalTime() : null;
        }

        if (DateTime.TryParseExact(text, BeijingTimes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return Sane(DateOnly.FromDateTime(local)) is null ? null : new DateTimeOffset(local, Beijing.Offset).ToUniversalTime();
        }

        return text.Length > 10 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            && Sane(DateOnly.FromDateTime(moment.UtcDateTime)) is not null
            ? moment.ToUniversalTime()
            : null;
    }

    /// <summary>A year that a register of this city can mean.</summary>
    static DateOnly? Sane(DateOnly day) => day.Year is >= 1900 and <= 2200 ? day : null;
}
