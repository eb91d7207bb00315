using System.Runtime.CompilerServices;

namespace Linfen.AirMap.Intake.Firms;

/// <summary>
/// Reads a FIRMS CSV of any edition line by line, in the memory of one line. Lines end with LF or CRLF and count from 1, the
/// header included; empty lines are passed over.
/// </summary>
public static class FirmsReader
{
    /// <summary>A FIRMS row has about 100 bytes.</summary>
    public const int LongestLineBytes = TextLines.LongestBytes;

    /// <param name="unpacked">The body after gzip; read once, from where it stands.</param>
    /// <param name="source">What the sender says the file is; null when he does not.</param>
    /// <param name="simulated">Marks every observation and keeps it in a feed of its own.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnreadableBodyException">
    /// <c>not-firms-csv</c> before the first row, or <c>line-too-long</c> after the rows that could be read.
    /// </exception>
    public static async IAsyncEnumerable<IntakeLine> ReadAsync(
        Stream unpacked, FirmsSource? source, bool simulated, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        FirmsRowReader? rows = null;
        await foreach (var (line, text) in TextLines.ReadAsync(unpacked, cancellationToken))
        {
            if (rows is null)
            {
                rows = new FirmsRowReader(FirmsHeader.Read(text.Span, source), source, simulated);
                continue;
            }

            yield return rows.Read(line, text.Span);
        }

        if (rows is null)
        {
            throw new UnreadableBodyException("not-firms-csv", "The body is empty: even a result without fires has a header.");
        }
    }
}
