using System.Globalization;

namespace Linfen.AirMap.Hj212;

/// <summary>Times of packets: Beijing digits without separators.</summary>
public static class PacketTime
{
    /// <summary>yyyyMMddHHmmss</summary>
    public const int Digits = 14;

    const string Format = "yyyyMMddHHmmss";

    public static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>14 digits, or up to 17 where fractions of the second follow; null when they tell no time.</summary>
    public static DateTimeOffset? Read(ReadOnlySpan<char> text)
    {
        if (text.Length is < Digits or > Digits + 3 || text.ContainsAnyExceptInRange('0', '9')
            || !DateTime.TryParseExact(text[..Digits], Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            || time.Year < 1970)
        {
            return null;
        }

        var milliseconds = 0;
        for (var i = Digits; i < Digits + 3; i++)
        {
            milliseconds = milliseconds * 10 + (i < text.Length ? text[i] - '0' : 0);
        }

        return new DateTimeOffset(time, Beijing).AddMilliseconds(milliseconds);
    }

    public static string Write(DateTimeOffset time) => time.ToOffset(Beijing).ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>With milliseconds, as QN has it.</summary>
    public static string WriteQn(DateTimeOffset time) => time.ToOffset(Beijing).ToString(Format + "fff", CultureInfo.InvariantCulture);
}
