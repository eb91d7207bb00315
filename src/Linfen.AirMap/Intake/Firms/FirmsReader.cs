using System.Buffers;
using System.Runtime.CompilerServices;

namespace Linfen.AirMap.Intake.Firms;

/// <summary>
/// Reads a FIRMS CSV of any edition line by line, in the memory of one line. Lines end with LF or CRLF and count from 1, the
/// header included; empty lines are passed over.
/// </summary>
public static class FirmsReader
{
    /// <summary>A FIRMS row has about 100 bytes.</summary>
    public const int LongestLineBytes = 64 * 1024;

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
        var line = 0L;
        var filled = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(2 * LongestLineBytes);
        try
        {
            for (var read = -1; read != 0;)
            {
                read = await unpacked.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                filled += read;
                var consumed = 0;
                while (TakeLine(buffer, consumed, filled, isLast: read == 0, out var text, out var next))
                {
                    RefuseLongLine(next - consumed, line);
                    consumed = next;
                    line++;
                    if (text.IsEmpty)
                    {
                        continue;
                    }

                    if (rows is null)
                    {
                        rows = new FirmsRowReader(FirmsHeader.Read(text.Span, source), source, simulated);
                        continue;
                    }

                    yield return rows.Read(line, text.Span);
                }

                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
                RefuseLongLine(filled, line);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (rows is null)
        {
            throw new UnreadableBodyException("not-firms-csv", "The body is empty: even a result without fires has a header.");
        }
    }

    private static bool TakeLine(
        byte[] buffer, int start, int filled, bool isLast, out ReadOnlyMemory<byte> text, out int next)
    {
        var length = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
        next = length >= 0 ? start + length + 1 : filled;
        text = default;
        if (length < 0 && (!isLast || start == filled))
        {
            return false;
        }

        text = Bare(buffer.AsMemory(start, length >= 0 ? length : filled - start));
        return true;
    }

    /// <summary>Without a byte order mark, which a file joined from several may hold anywhere, and without blanks around.</summary>
    private static ReadOnlyMemory<byte> Bare(ReadOnlyMemory<byte> line)
    {
        var mark = line.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        return line[mark..].Trim(" \t\r"u8);
    }

    private static void RefuseLongLine(int bytes, long linesBefore)
    {
        if (bytes > LongestLineBytes)
        {
            throw new UnreadableBodyException("line-too-long", $"Line {linesBefore + 1} is longer than {LongestLineBytes} bytes.");
        }
    }
}
