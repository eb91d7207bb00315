using System.Globalization;

namespace Linfen.AirMap.Hosting;

/// <summary>Words and times of callers, taken as they are written or not at all.</summary>
static class Told
{
    /// <summary>One value of an enumeration by its name, in any case; neither a number nor a list of names.</summary>
    public static bool TryName<T>(string? text, out T value)
        where T : struct, Enum
    {
        value = default;
        return text is not null && Array.Exists(Enum.GetNames<T>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) && Enum.TryParse(text, ignoreCase: true, out value);
    }

    /// <summary>A time with its offset (RFC 3339): without one, Beijing and Greenwich would be eight hours apart.</summary>
    public static bool TryMoment(string text, out DateTimeOffset at)
    {
        at = default;
        return HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
    }

    static bool HasOffset(string text) =>
        text.Length >= 17 && text[4] == '-' && text[10] is 'T' or 't' or ' '
        && (text[^1] is 'Z' or 'z' || text.AsSpan(16).ContainsAny('+', '-'));
}
