using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Linfen.AirMap.Intake;

/// <summary>
/// Reads a body of detections, a JSON array or NDJSON, element by element in flat memory. A bad element is a rejected line and
/// stops nobody; a body that is no JSON at all is unreadable.
/// </summary>
static class DetectionReader
{
    /// <summary>One detection is some hundred bytes; what is larger than this is none.</summary>
    const int LongestElementBytes = 64 * 1024;

    static readonly JsonReaderOptions Options = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Disallow };

    public static IAsyncEnumerable<IntakeLine> ReadAsync(Stream body, string feed, CancellationToken cancellation) =>
        ReadAsync(body, (element, line) => Parse(element, line, feed), cancellation);

    /// <summary>Elements of any kind that come in the same two forms.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Stream body, Func<ReadOnlySequence<byte>, long, T> parse, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 4 * 1024));
        var cursor = new Cursor();
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellation);
                var buffer = read.Buffer;
                while (cursor.TryTake(ref buffer, read.IsCompleted, out var element))
                {
                    yield return parse(element, cursor.Line);
                }

                cursor.CheckLength(buffer.Length);
                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted)
                {
                    cursor.CheckEnd();
                    yield break;
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    static IntakeLine Parse(ReadOnlySequence<byte> element, long line, string feed)
    {
        if (element.Length > LongestElementBytes)
        {
            return IntakeLine.Rejected(line, $"too-long: one detection may have at most {LongestElementBytes.ToString(CultureInfo.InvariantCulture)} bytes");
        }

        try
        {
            using var document = JsonDocument.Parse(element, new JsonDocumentOptions { MaxDepth = Options.MaxDepth });
            return DetectionJson.Read(document.RootElement, line, feed);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return IntakeLine.Rejected(line, "malformed-json: " + Plain(e.Message));
        }
    }

    /// <summary>The parser's message without its own position, which counts within the element.</summary>
    static string Plain(string message) => message.Split(". Path:", 2)[0].Split(" LineNumber:", 2)[0];

    /// <summary>Where the reader stands in the body: which form it has, and how many elements it has given.</summary>
    sealed class Cursor
    {
        enum Form
        {
            Unknown,
            Array,
            Lines,
            Ended,
        }

        Form form;
        bool needsComma;

        public long Line { get; private set; }

        public bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> element)
        {
            element = default;
            if (form == Form.Unknown && !TryBegin(ref buffer))
            {
                return false;
            }

            return form switch
            {
                Form.Array => TryTakeElement(ref buffer, isLast, out element),
                Form.Lines => TryTakeLine(ref buffer, isLast, out element),
                Form.Ended => RefuseRest(ref buffer),
                _ => false,
            };
        }

        public void CheckLength(long waiting)
        {
            if (waiting > LongestElementBytes && form != Form.Unknown)
            {
                throw new UnreadableBodyException("element-too-long", $"Element {Line + 1} does not end within {LongestElementBytes} bytes.");
            }
        }

        public void CheckEnd()
        {
            if (form == Form.Unknown)
            {
                throw new UnreadableBodyException("empty-body", "The body is empty. Send a JSON array, or one JSON object a line (NDJSON).");
            }

            if (form == Form.Array)
            {
                throw new UnreadableBodyException("truncated", $"The array ends after element {Line} without its closing bracket.");
            }
        }

        bool TryBegin(ref ReadOnlySequence<byte> buffer)
        {
            var reader = new SequenceReader<byte>(buffer);
            if (reader.IsNext([0xEF, 0xBB, 0xBF], advancePast: true))
            {
                buffer = buffer.Slice(reader.Position);
            }

            reader.AdvancePastAny(" \t\r\n"u8);
            if (!reader.TryPeek(out var first))
            {
                buffer = buffer.Slice(buffer.End);
                return false;
            }

            if (first is not ((byte)'[' or (byte)'{'))
            {
                throw new UnreadableBodyException("not-json", "The body is neither a JSON array nor one JSON object a line.");
            }

            form = first == '[' ? Form.Array : Form.Lines;
            if (form == Form.Array)
            {
                // An array may follow white space; lines are counted from the first one of the file.
                reader.Advance(1);
                buffer = buffer.Slice(reader.Position);
            }

            return true;
        }

        bool TryTakeLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> element)
        {
            while (true)
            {
                element = default;
                var end = buffer.PositionOf((byte)'\n');
                if (end is null && (!isLast || buffer.IsEmpty))
                {
                    return false;
                }

                element = end is null ? buffer : buffer.Slice(0, end.Value);
                buffer = end is null ? buffer.Slice(buffer.End) : buffer.Slice(buffer.GetPosition(1, end.Value));
                Line++;
                if (!IsBlank(element))
                {
                    return true;
                }
            }
        }

        static bool IsBlank(ReadOnlySequence<byte> line)
        {
            var reader = new SequenceReader<byte>(line);
            reader.AdvancePastAny(" \t\r"u8);
            return reader.End;
        }

        bool TryTakeElement(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> element)
        {
            element = default;
            var start = new SequenceReader<byte>(buffer);
            start.AdvancePastAny(" \t\r\n"u8);
            if (start.TryPeek(out var next) && next == ']')
            {
                start.Advance(1);
                buffer = buffer.Slice(start.Position);
                form = Form.Ended;
                return RefuseRest(ref buffer);
            }

            if (needsComma)
            {
                if (!start.TryRead(out next))
                {
                    return false;
                }

                if (next != ',')
                {
                    throw new UnreadableBodyException("malformed-json", $"A comma or the closing bracket is expected after element {Line}.");
                }
            }

            return TrySkipValue(ref buffer, start.Position, isLast, out element);
        }

        bool TrySkipValue(ref ReadOnlySequence<byte> buffer, SequencePosition from, bool isLast, out ReadOnlySequence<byte> element)
        {
            element = default;
            var rest = buffer.Slice(from);
            var json = new Utf8JsonReader(rest, isFinalBlock: false, new JsonReaderState(Options));
            try
            {
                if (!json.Read() || !json.TrySkip())
                {
                    return isLast && !rest.IsEmpty
                        ? throw new UnreadableBodyException("truncated", $"The body ends inside element {Line + 1}.")
                        : false;
                }
            }
            catch (JsonException e)
            {
                throw new UnreadableBodyException("malformed-json", $"Element {Line + 1}: {Plain(e.Message)}");
            }

            element = rest.Slice(0, json.BytesConsumed);
            buffer = rest.Slice(json.BytesConsumed);
            needsComma = true;
            Line++;
            return true;
        }

        static bool RefuseRest(ref ReadOnlySequence<byte> buffer)
        {
            var reader = new SequenceReader<byte>(buffer);
            reader.AdvancePastAny(" \t\r\n"u8);
            if (!reader.End)
            {
                throw new UnreadableBodyException("malformed-json", "Something follows the end of the array.");
            }

            buffer = buffer.Slice(buffer.End);
            return false;
        }
    }
}
