using System.Text;

namespace Linfen.AirMap.Hj212.Tests;

/// <summary>Frames as they come over the wire, and what the reader makes of them.</summary>
static class Bytes
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Frame(string segment) => Answer.Frame(segment);

    public static string Segment(int second, string factors = "a34001-Rtd=101.5,a34001-Flag=N;a34002-Rtd=62.7,a34002-Flag=N", int flag = 5) =>
        $"QN=201608010858{second:00}223;ST=39;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag={flag};CP=&&DataTime=201608010858{second:00};{factors}&&";

    /// <summary>What is read from one delivery after the other; nothing comes after the last.</summary>
    public static List<Heard> Read(params IEnumerable<byte[]> deliveries)
    {
        var reader = new FrameReader();
        var heard = new List<Heard>();
        foreach (var delivery in deliveries)
        {
            ReadOnlySpan<byte> input = delivery;
            while (reader.TryRead(ref input, out var frame))
            {
                heard.Add(Heard.Of(frame));
            }

            Assert.True(reader.Kept <= FrameReader.Limit);
        }

        while (reader.TryFinish(Delivery.Ended, out var frame))
        {
            heard.Add(Heard.Of(frame));
        }

        Assert.Equal(0, reader.Kept);
        return heard;
    }

    public static IEnumerable<byte[]> OneByOne(byte[] bytes) => bytes.Select(b => new[] { b });
}

/// <summary>A frame kept for comparison.</summary>
sealed record Heard(string Raw, string Segment, Fault Fault, CrcState Crc, Defects Defects)
{
    public static Heard Of(Frame frame) => new(
        Encoding.Latin1.GetString(frame.Raw), Encoding.UTF8.GetString(frame.Segment), frame.Fault, frame.Crc, frame.Defects);

    public Packet Packet => PacketReader.Read(Bytes.Of(Segment));

    /// <summary>First what is wrong with the frame, then with the packet in it.</summary>
    public Fault FirstFault => Fault != Fault.None ? Fault : Packet.Fault;
}
