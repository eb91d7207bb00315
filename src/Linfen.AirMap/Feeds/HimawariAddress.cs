using System.Globalization;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.Feeds;

/// <summary>An address with the time of a slot in braces: <c>http://mirror/{yyyyMM}/{dd}/{HH}/H09_{yyyyMMdd}_{HHmm}_L2WLF010_FLDK.06001_06001.csv</c>.</summary>
sealed partial class HimawariAddress
{
    /// <summary>The satellite looks at the disk every ten minutes.</summary>
    public static readonly TimeSpan Slot = TimeSpan.FromMinutes(10);

    readonly string pattern;

    HimawariAddress(string pattern) => this.pattern = pattern;

    public static bool TryParse(string pattern, out HimawariAddress? address)
    {
        address = new(pattern);
        // It must differ between slots, or the same file would be read for all of them.
        var (early, late) = (new DateTimeOffset(2026, 1, 2, 3, 40, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 2, 3, 50, 0, TimeSpan.Zero));
        return Uri.TryCreate(address.Fill(early), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            && address.Fill(early) != address.Fill(late) && !address.Fill(early).Contains('{', StringComparison.Ordinal);
    }

    public Uri Of(DateTimeOffset slot) => new(Fill(slot));

    public static DateTimeOffset SlotOf(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % Slot.Ticks, TimeSpan.Zero);

    string Fill(DateTimeOffset slot) =>
        // One letter alone would be a standard format, not a part of the date.
        Placeholder().Replace(pattern, found => slot.UtcDateTime.ToString(found.Groups["format"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\{(?<format>[yMdHm]{2,12})\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
