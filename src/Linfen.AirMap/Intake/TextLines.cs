using System.Buffers;
using System.Runtime.CompilerServices;

namespace Linfen.AirMap.Intake;

/// <summary>
/// Lines of a text in the memory of one line, without a byte order mark (which a file joined from several may hold anywhere) and without blanks around.
/// Lines end with LF or CRLF and count from 1; empty ones are passed over.
/// </summary>
static class TextLines
{
    /// <summary>A row of any format of ours has some hundred bytes.</summary>
    public const int LongestBytes = 64 * 1024;

    /// <summary>The text of a line is good until the next is asked for.</summary>
    /// <exception cref="UnreadableBodyException"><c>line-too-long</c>, after the lines before it.</exception>
    public static async IAsyncEnumerable<(long Line, ReadOnlyMemory<byte> Text)> ReadAsync(Stream unpacked, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var line = 0L;
        var filled = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(2 * LongestBytes);
        try
        {
            for (var read = -1; read != 0;)
            {
                read = await unpacked.ReadAsync(buffer.AsMemory(filled), cancellation);
                filled += read;
                var consumed = 0;
                while (TakeLine(buffer, consumed, filled, isLast: read == 0, out var text, out var next))
                {
                    RefuseLongLine(next - consumed, line);
                    consumed = next;
                    line++;
                    if (!text.IsEmpty)
                    {
                        yield return (line, text);
                    }
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
    }

    static bool TakeLine(byte[] buffer, int start, int filled, bool isLast, out ReadOnlyMemory<byte> text, out int next)
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

    static ReadOnlyMemory<byte> Bare(ReadOnlyMemory<byte> line)
    {
        var mark = line.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
        return line[mark..].Trim(" \t\r"u8);
    }

    static void RefuseLongLine(int bytes, long linesBefore)
    {
        if (bytes > LongestBytes)
        {
            throw new UnreadableBodyException("line-too-long", $"Line {linesBefore + 1} is longer than {LongestBytes} bytes.");
        }
    }
}
