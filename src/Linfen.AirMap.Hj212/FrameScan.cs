namespace Linfen.AirMap.Hj212;

/// <summary>
/// Finds the first frame in bytes. Its end is where the length says if the check sum agrees there, otherwise where its content ends; which of
/// them is asked does not depend on how many bytes have arrived, so that every way of delivery gives the same frames.
/// </summary>
static class FrameScan
{
    /// <summary>Longer than the standard's 1,024, since devices exceed it.</summary>
    public const int LongestSegment = 4_096;

    public const int StandardSegment = 1_024;

    const int CrcLength = 4;

    /// <summary>At this length something is always found: a frame, or that there is none.</summary>
    public const int Limit = 2 + 4 + LongestSegment + CrcLength + 2;

    /// <summary>Line ends, blanks and zeros between frames are of no interest.</summary>
    public static ReadOnlySpan<byte> TrimStart(ReadOnlySpan<byte> bytes) => bytes.TrimStart("\r\n \t\0"u8);

    /// <param name="bytes">Beginning with something other than a blank.</param>
    public static bool Next(ReadOnlySpan<byte> bytes, Delivery delivery, out Frame frame)
    {
        if (bytes.Length > Limit)
        {
            bytes = bytes[..Limit];
            delivery = Delivery.Running;
        }

        if (bytes.IsEmpty)
        {
            frame = default;
            return false;
        }

        // Of three signs the last two begin the frame.
        var found = !bytes.StartsWith("##"u8) ? Headless(bytes, delivery, out frame)
            : bytes.Length > 2 && bytes[2] == '#' ? Refuse(bytes[..1], Fault.Garbage, out frame)
            : Headed(bytes, delivery, out frame);
        return found || (bytes.Length == Limit && Refuse(UpToSign(bytes), BeginsLikeOne(bytes) ? Fault.TooLong : Fault.Garbage, out frame));
    }

    static bool BeginsLikeOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith("##"u8) || BeginsLikeASegment(bytes);

    static bool Headed(ReadOnlySpan<byte> bytes, Delivery delivery, out Frame frame)
    {
        var digits = Digits(bytes[2..]);
        if (digits == bytes.Length - 2 && digits < 6)
        {
            return delivery == Delivery.Ended ? Refuse(bytes, Fault.Cut, out frame) : Wait(out frame);
        }

        int? declared = digits == 0 ? null : Number(bytes.Slice(2, digits));
        var body = new Body(bytes, 2 + digits, declared)
        {
            Defects = digits == 0 ? Defects.LengthMissing : digits != 4 ? Defects.LengthWrong : Defects.None,
        };
        var content = body.Bytes;
        var closing = Closing(content);
        var stop = Stop(content);
        if (declared is { } length and > 0 && content.Length >= length + CrcLength && (closing < 0 || length < closing) && (stop < 0 || stop >= length)
            && Crc.Check(content[..length], content.Slice(length, CrcLength)) is CrcState.Right or CrcState.Modbus)
        {
            return body.End(length, delivery, out frame);
        }

        if (closing >= 0 && (stop < 0 || closing <= stop))
        {
            return body.End(closing, delivery, out frame);
        }

        if (stop >= 0)
        {
            var isNext = content[stop] == '#';
            return Refuse(bytes[..(body.Start + stop + (isNext ? 0 : 1))], isNext || Opened(content[..stop]) ? Fault.Cut : Fault.NoCp, out frame);
        }

        return delivery == Delivery.Ended
            ? Refuse(bytes, content.EndsWith("&&"u8) && !Opened(content) ? Fault.NoCp : Fault.Cut, out frame)
            : Wait(out frame);
    }

    /// <summary>A segment without <c>##</c> and length, as a few devices send it, or garbage up to the next sign or line.</summary>
    static bool Headless(ReadOnlySpan<byte> bytes, Delivery delivery, out Frame frame)
    {
        var stop = Stop(bytes);
        var beginsLikeOne = BeginsLikeASegment(bytes);
        if (beginsLikeOne && Closing(bytes) is var closing and >= 0 && (stop < 0 || closing <= stop))
        {
            return new Body(bytes, 0, null) { Defects = Defects.HeaderMissing }.End(closing, delivery, out frame);
        }

        if (stop >= 0)
        {
            var chunk = bytes[..(stop + (bytes[stop] == '#' ? 0 : 1))];
            return Refuse(chunk, NameOf(chunk, beginsLikeOne), out frame);
        }

        return delivery == Delivery.Ended ? Refuse(bytes, NameOf(bytes, beginsLikeOne), out frame) : Wait(out frame);
    }

    /// <summary>The rest of a frame ends as a frame does.</summary>
    static Fault NameOf(ReadOnlySpan<byte> chunk, bool beginsLikeOne) => beginsLikeOne || chunk.IndexOf("&&"u8) >= 0 ? Fault.Cut : Fault.Garbage;

    /// <summary>Where something else begins: the next frame, or the next line.</summary>
    static int Stop(ReadOnlySpan<byte> bytes)
    {
        var line = bytes.IndexOf((byte)'\n');
        var sign = (line < 0 ? bytes : bytes[..line]).IndexOf("##"u8);
        return sign >= 0 ? sign : line;
    }

    /// <summary>Behind the <c>&amp;&amp;</c> that closes CP; negative when it is not there.</summary>
    static int Closing(ReadOnlySpan<byte> bytes)
    {
        var opened = SegmentText.OpeningOfCp(bytes);
        if (opened < 0)
        {
            return -1;
        }

        var closed = bytes[opened..].IndexOf("&&"u8);
        return closed < 0 ? -1 : opened + closed + 2;
    }

    static bool Opened(ReadOnlySpan<byte> bytes) => SegmentText.OpeningOfCp(bytes) >= 0;

    static bool BeginsLikeASegment(ReadOnlySpan<byte> bytes) => bytes.Length > 2 && bytes[2] == '='
        && ((char)(bytes[0] | 0x20), (char)(bytes[1] | 0x20)) is ('q' or 'c' or 'm', 'n') or ('s', 't') or ('p', 'w');

    static int Digits(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (count < bytes.Length && count < 6 && char.IsAsciiDigit((char)bytes[count]))
        {
            count++;
        }

        return count;
    }

    static int Number(ReadOnlySpan<byte> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = number * 10 + (digit - '0');
        }

        return number;
    }

    /// <summary>A last sign may be the first of two.</summary>
    static ReadOnlySpan<byte> UpToSign(ReadOnlySpan<byte> bytes) => bytes[^1] == '#' ? bytes[..^1] : bytes;

    static bool Refuse(ReadOnlySpan<byte> raw, Fault fault, out Frame frame)
    {
        frame = new Frame { Raw = raw, Fault = fault };
        return true;
    }

    static bool Wait(out Frame frame)
    {
        frame = default;
        return false;
    }

    /// <summary>What follows the head of a frame.</summary>
    readonly ref struct Body(ReadOnlySpan<byte> all, int start, int? declared)
    {
        readonly ReadOnlySpan<byte> all = all;

        public int Start { get; } = start;

        public Defects Defects { get; init; }

        public ReadOnlySpan<byte> Bytes => all[Start..];

        /// <summary>The segment ends here: what of check sum and line's end follows?</summary>
        public bool End(int length, Delivery delivery, out Frame frame)
        {
            var rest = Bytes[length..];
            var printed = Printed(rest, delivery);
            if (printed < 0)
            {
                return Wait(out frame);
            }

            var (tail, tailDefect) = Tail(rest[printed..], delivery);
            if (tail < 0)
            {
                return Wait(out frame);
            }

            var segment = Bytes[..length];
            var crc = Crc.Check(segment, rest[..printed]);
            frame = new Frame
            {
                Raw = all[..(Start + length + printed + tail)],
                Segment = segment,
                DeclaredLength = declared,
                PrintedCrc = rest[..printed],
                Crc = crc,
                Defects = Defects | tailDefect | CrcDefects(crc, rest[..printed])
                    | (length > StandardSegment ? Defects.SegmentTooLong : Defects.None)
                    | (declared is { } said && said != length ? Defects.LengthWrong : Defects.None),
            };
            return true;
        }

        /// <summary>0 or 4 digits of a check sum; negative when they may still come.</summary>
        static int Printed(ReadOnlySpan<byte> rest, Delivery delivery)
        {
            var count = 0;
            while (count < rest.Length && count < CrcLength && char.IsAsciiHexDigit((char)rest[count]))
            {
                count++;
            }

            return count == CrcLength ? CrcLength
                : count < rest.Length || delivery == Delivery.Ended || (delivery == Delivery.Paused && count == 0) ? 0
                : -1;
        }

        static (int Length, Defects Defect) Tail(ReadOnlySpan<byte> rest, Delivery delivery) => rest switch
        {
            [(byte)'\r', (byte)'\n', ..] => (2, Defects.None),
            [(byte)'\r', _, ..] => (1, Defects.TailMissing),
            [(byte)'\n', ..] => (1, Defects.TailBareLineFeed),
            [] or [(byte)'\r'] when delivery == Delivery.Running => (-1, Defects.None),
            _ => (0, Defects.TailMissing),
        };

        static Defects CrcDefects(CrcState crc, ReadOnlySpan<byte> printed) => crc switch
        {
            CrcState.Missing => Defects.CrcMissing,
            CrcState.Wrong => Defects.CrcWrong,
            CrcState.Modbus => Defects.CrcModbus | Case(printed),
            _ => Case(printed),
        };

        static Defects Case(ReadOnlySpan<byte> printed) => printed.IndexOfAnyInRange((byte)'a', (byte)'f') >= 0 ? Defects.CrcLowercase : Defects.None;
    }
}
