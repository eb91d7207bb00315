using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.Intake.Himawari;

/// <summary>
/// Reads the 10-minute wildfire product of JAXA's P-Tree (L2WLF, CSV): two lines that begin with <c>#</c>, of which the second names the columns, then a row for
/// each hot cell of 0.02°. Format: README_Himawari_L2WLF.txt of JAXA/EORC, 2022-12-07. A file without rows is good.
/// </summary>
static partial class HimawariReader
{
    public const string Feed = "himawari";

    /// <param name="satellite">As <see cref="SatelliteOf"/> finds it in a name; null where no name tells it.</param>
    /// <exception cref="UnreadableBodyException"><c>not-himawari-csv</c> before the first row, or <c>line-too-long</c> after the rows that could be read.</exception>
    public static async IAsyncEnumerable<IntakeLine> ReadAsync(Stream unpacked, string? satellite, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        HimawariRowReader? rows = null;
        await foreach (var (line, text) in TextLines.ReadAsync(unpacked, cancellation))
        {
            var isComment = text.Span[0] == '#';
            if (rows is null && HimawariHeader.Read(text.Span) is { } header)
            {
                rows = new(header, satellite);
            }
            else if (!isComment)
            {
                yield return (rows ?? throw NotHimawari("The first row comes before a line that names the columns.")).Read(line, text.Span);
            }
        }

        if (rows is null)
        {
            throw NotHimawari("No line names the columns: even a file without fires has its header.");
        }
    }

    /// <summary><c>Himawari-9</c> of <c>H09_20251209_1900_L2WLF010_FLDK.06001_06001.csv</c>; null for another kind of name.</summary>
    public static string? SatelliteOf(string fileName) =>
        Named().Match(fileName) is { Success: true } match ? $"Himawari-{match.Groups["number"].Value}" : null;

    static UnreadableBodyException NotHimawari(string message) => new("not-himawari-csv", message);

    [GeneratedRegex(@"(^|/)H0?(?<number>[1-9]\d?)_\d{8}_\d{4}_", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
