using System.Globalization;
using System.Text;

namespace Linfen.AirMap.Hj212;

/// <summary>What a device is told: frames, ready to be sent.</summary>
public static class Answer
{
    const string System = "91";

    /// <summary>9014: the data are kept. Only after they are.</summary>
    public static byte[] ToData(Packet packet) => Frame(Segment(packet, CommandCode.DataAnswer, packet.Qn, System, wantsAnswer: false, ""));

    /// <summary>9013: a notice, or a heartbeat, was heard.</summary>
    public static byte[] ToNotice(Packet packet) => Frame(Segment(packet, CommandCode.NoticeAnswer, packet.Qn, System, wantsAnswer: false, ""));

    /// <summary>1012: set the clock. Follows the answer to a device that asked for the time.</summary>
    public static byte[] SetTime(Packet asked, DateTimeOffset now)
    {
        var pollutant = asked.Field("PolId") is { Length: > 0 } id ? $"PolId={id};" : "";
        return Frame(Segment(asked, CommandCode.SetTime, PacketTime.WriteQn(now), asked.St ?? System, wantsAnswer: true, $"{pollutant}SystemTime={PacketTime.Write(now)}"));
    }

    /// <summary>A segment with its head, length, check sum and line's end.</summary>
    public static byte[] Frame(string segment)
    {
        var text = Encoding.UTF8.GetBytes(segment);
        return
        [
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"##{text.Length:0000}")), .. text,
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Crc.Of(text):X4}\r\n")),
        ];
    }

    /// <summary>In the version of the device; without Flag it is taken for one of 2017.</summary>
    static string Segment(Packet packet, CommandCode command, string? qn, string st, bool wantsAnswer, string cp)
    {
        var flag = ((packet.Flag?.Version ?? (int)Edition.Y2017) << 2) | (wantsAnswer ? 1 : 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(qn is null ? "" : $"QN={qn};")}ST={st};CN={(int)command};{(packet.Password is null ? "" : $"PW={packet.Password};")}MN={packet.Mn};Flag={flag};CP=&&{cp}&&");
    }
}
