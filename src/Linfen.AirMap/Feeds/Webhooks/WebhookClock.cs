using System.Globalization;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>A platform's way of writing time, made RFC 3339.</summary>
static class WebhookClock
{
    public const string Rfc3339 = "rfc3339";
    public const string Seconds = "epochSeconds";
    public const string Milliseconds = "epochMilliseconds";

    /// <summary>Null where it cannot be read that way; RFC 3339 is passed on and checked as that of every detection.</summary>
    public static string? Read(string text, string? format)
    {
        if (format is null or Rfc3339)
        {
            return text;
        }

        if (format is Seconds or Milliseconds)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var since) ? OfEpoch(format == Seconds ? since * 1000 : since) : null;
        }

        return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Beijing.Offset).ToString("O", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Seconds that are taken for milliseconds lie in January 1970, milliseconds taken for seconds beyond the year 9999: neither is passed on as a time.</summary>
    static string? OfEpoch(double milliseconds) => milliseconds is > 0 and < 253_402_300_799_000
        ? DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds).ToString("O", CultureInfo.InvariantCulture) : null;
}
