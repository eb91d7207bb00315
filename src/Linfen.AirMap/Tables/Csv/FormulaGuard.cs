namespace Linfen.AirMap.Tables.Csv;

/// <summary>
/// Text that a spreadsheet would run as a formula gets an apostrophe before it, as a person would type it, and loses it when it is read.
/// Text that itself begins with apostrophes before such a sign gets one more, so that every text comes back as it was.
/// </summary>
static class FormulaGuard
{
    /// <summary>The full-width signs count as the plain ones in East Asian editions.</summary>
    const string Signs = "=+-@\t\r＝＋－＠";

    public static string Add(string text) => IsGuardable(text) ? "'" + text : text;

    public static string Remove(string text) => text.StartsWith('\'') && IsGuardable(text) ? text[1..] : text;

    static bool IsGuardable(string text)
    {
        var bare = text.AsSpan().TrimStart('\'');
        return bare.Length > 0 && Signs.Contains(bare[0], StringComparison.Ordinal);
    }
}
