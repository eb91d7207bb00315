using System.Buffers;
using System.Globalization;

namespace Linfen.AirMap.Simulator;

/// <summary>A length of time as people write it: <c>60s</c>, <c>5m</c>, <c>1.5h</c>.</summary>
public static class Span
{
    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        var unitAt = text.AsSpan().IndexOfAnyExcept(Digits);
        if (unitAt <= 0 || !double.TryParse(text.AsSpan(0, unitAt), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        double? seconds = text[unitAt..] switch
        {
            "s" or "sec" => 1,
            "m" or "min" => 60,
            "h" => 3600,
            _ => null,
        };
        if (seconds is null || !(count > 0) || count * seconds > Longest.TotalSeconds)
        {
            return false;
        }

        span = TimeSpan.FromSeconds(count * seconds.Value);
        return true;
    }
}
