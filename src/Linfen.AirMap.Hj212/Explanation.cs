using System.Globalization;
using System.Text;

namespace Linfen.AirMap.Hj212;

/// <summary>A frame told to a person, field by field, with everything that is wrong with it.</summary>
public static class Explanation
{
    const int LongestQuote = 200;

    /// <param name="at">Number of the byte at which it begins.</param>
    public static string Of(Frame frame, long at)
    {
        var text = new StringBuilder();
        Line(text, $"Bytes {at}–{at + frame.Raw.Length - 1}");
        if (frame.Fault != Fault.None)
        {
            Pair(text, "refused", $"{Names.Of(frame.Fault)}: {Sentence(frame.Fault)}");
            Pair(text, "bytes", Quote(frame.Raw));
            return text.ToString();
        }

        var packet = PacketReader.Read(frame.Segment);
        Envelope(text, frame);
        Head(text, packet);
        Further(text, packet);
        foreach (var factor in packet.Factors)
        {
            Factor(text, factor);
        }

        Pair(text, "defects", frame.Defects == Defects.None && packet.Defects == Defects.None ? "none" : string.Join(", ", Names.Of(frame.Defects | packet.Defects)));
        Pair(text, packet.Fault == Fault.None ? "taken" : "refused", Verdict(frame, packet));
        return text.ToString();
    }

    static void Envelope(StringBuilder text, Frame frame)
    {
        Pair(text, "length", frame.DeclaredLength is { } said ? $"{said} said, {frame.Segment.Length} found" : $"none said, {frame.Segment.Length} found");
        var computed = Crc.Of(frame.Segment).ToString("X4", CultureInfo.InvariantCulture);
        Pair(text, "CRC", frame.Crc switch
        {
            CrcState.Missing => $"none said, {computed} computed",
            CrcState.Right => $"{Encoding.ASCII.GetString(frame.PrintedCrc)} said and computed",
            CrcState.Modbus => $"{Encoding.ASCII.GetString(frame.PrintedCrc)} said, which is the Modbus sum; {computed} computed",
            _ => $"{Encoding.ASCII.GetString(frame.PrintedCrc)} said, {computed} computed (Modbus {Crc.Modbus(frame.Segment):X4})",
        });
    }

    static void Head(StringBuilder text, Packet packet)
    {
        Pair(text, "QN", packet.Qn ?? "none");
        Pair(text, "ST", packet.St is { } st ? $"{st} {StationType(st)}" : "none");
        Pair(text, "CN", packet.Command == default ? "none" : $"{(int)packet.Command} {(packet.Command.Title() is { } title ? $"{title.Chinese}, {title.English}" : "a command unknown here")}");
        Pair(text, "PW", packet.Password ?? "none");
        Pair(text, "MN", packet.Mn.Length > 0 ? $"{packet.Mn} ({packet.Mn.Length} characters)" : "none");
        Pair(text, "Flag", packet.Flag is { } flag
            ? $"{flag.Value}: edition {(flag.Edition is { } edition ? edition.ToString()[1..] : $"unknown ({flag.Version})")}, {(flag.WantsAnswer ? "wants an answer" : "wants no answer")}"
                + (flag.HasPacketNumbers ? ", has packet numbers" : "")
            : "none");
        if (packet.PacketNumber is { } number)
        {
            Pair(text, "packet", $"{number} of {packet.PacketCount}");
        }

        if (packet.DataTime is { } time)
        {
            Pair(text, "DataTime", time.ToString("yyyy-MM-dd HH:mm:ss.FFF zzz", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Fields that are neither of the head nor values of factors.</summary>
    static void Further(StringBuilder text, Packet packet)
    {
        string[] told = ["QN", "ST", "CN", "PW", "MN", "Flag", "PNUM", "PNO"];
        foreach (var field in packet.Fields)
        {
            var key = field.Key.ToString();
            var isTold = told.Contains(key, StringComparer.OrdinalIgnoreCase) || (packet.DataTime is not null && key.Equals("DataTime", StringComparison.OrdinalIgnoreCase));
            if (!isTold && !packet.Factors.Any(f => key.StartsWith(f.Code + "-", StringComparison.OrdinalIgnoreCase)))
            {
                Pair(text, key, field.Value.ToString());
            }
        }
    }

    static void Factor(StringBuilder text, FactorValues factor)
    {
        var values = new (string Name, double? Value)[] { ("Rtd", factor.Rtd), ("Avg", factor.Avg), ("Min", factor.Min), ("Max", factor.Max), ("Cou", factor.Cou) }
            .Where(v => v.Value is not null).Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Name} {v.Value}"));
        var name = FactorCode.Find(factor.Code) is { } known ? $"{known.Chinese} {known.English}" : "a factor unknown here";
        var flag = factor.Flag == DataState.None ? "no flag" : $"{DataStates.Letter(factor.Flag) ?? '?'} {Words(factor.Flag.ToString())}";
        Pair(text, factor.Code, $"{name}: {string.Join(", ", values)}; {flag}" + (factor.EFlag is { } maker ? $"; EFlag {maker}" : ""));
    }

    static string Verdict(Frame frame, Packet packet) => packet.Fault != Fault.None ? $"{Names.Of(packet.Fault)}: {Sentence(packet.Fault)}"
        : frame.Crc is CrcState.Missing or CrcState.Wrong ? "only of a device whose check sum is taken leniently"
        : packet.Factors.Count > 0 ? $"{packet.Factors.Count} factors"
        : "no values in it";

    static string Sentence(Fault fault) => fault switch
    {
        Fault.Garbage => "these bytes are no frame",
        Fault.Cut => "a part of the frame is missing",
        Fault.TooLong => $"no end within {FrameReader.Limit} bytes",
        Fault.NoCp => "there is no CP=&&…&&",
        Fault.NoMn => "it does not say which device it is from",
        Fault.MnUnreadable => "its MN is no name of a device",
        Fault.NoCn => "it does not say what it is",
        Fault.CnUnreadable => "its CN is no number of four digits",
        Fault.NoDataTime => "its values have no DataTime",
        Fault.DataTimeUnreadable => "its DataTime tells no time",
        Fault.CrcMissing => "it has no check sum",
        Fault.CrcWrong => "its check sum is wrong",
        _ => "",
    };

    static string StationType(string st) => st switch
    {
        "22" => "空气质量 air quality",
        "23" => "噪声 noise",
        "31" => "大气污染源 air pollution source",
        "39" => "扬尘 construction dust",
        "91" => "系统交互 system",
        _ => "",
    };

    static string Words(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>Nothing of it moves a terminal.</summary>
    static string Quote(ReadOnlySpan<byte> bytes) =>
        string.Concat(Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, LongestQuote)]).Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString()))
        + (bytes.Length > LongestQuote ? " …" : "");

    static void Pair(StringBuilder text, string name, string value) => Line(text, $"  {Plain(name),-10} {Plain(value).TrimEnd()}");

    static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString())) : text;

    static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
