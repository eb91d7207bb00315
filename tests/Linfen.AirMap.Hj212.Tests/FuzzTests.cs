namespace Linfen.AirMap.Hj212.Tests;

/// <summary>Whatever comes: no exception, no standstill, bounded memory. 200,000 inputs in every run, ten million with <c>AIRMAP_TEST_FULL=1</c>.</summary>
public class FuzzTests
{
    static readonly long Inputs = Environment.GetEnvironmentVariable("AIRMAP_TEST_FULL") == "1" ? 10_000_000 : 200_000;

    static readonly byte[][] Seeds =
    [
        Bytes.Frame(Bytes.Segment(1)), Bytes.Frame(Bytes.Segment(2, "A34001-RTD=1e9;LEQ-RTD-RTD=--;longitude=1", 7)), Bytes.Of(Bytes.Segment(3) + "1C80\n"),
        Bytes.Frame("QN=20160801085857223;ST=91;CN=9014;PW=1;MN=1;Flag=4;CP=&&&&"), Bytes.Of("##0035SN=271909;DATETIME=20180904163444&&"), Bytes.Of("清洗管路##9999CP=&&"),
    ];

    static readonly byte[] Signs = [.. "#&=;,-\r\n09AFcpCPqn"u8];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_input_stops_the_reader_or_the_codec(int half)
    {
        var random = new Random(half);
        var reader = new FrameReader();
        var keptMost = 0;
        for (var i = 0L; i < Inputs / 2; i++)
        {
            var input = Broken(random);
            var taken = Deliver(reader, input, random);
            keptMost = Math.Max(keptMost, reader.Kept);
            Assert.True(taken <= input.Length + FrameReader.Limit, "Bytes were read that nobody sent.");
        }

        Assert.InRange(keptMost, 1, FrameReader.Limit);
    }

    [Fact]
    public void Broken_input_gives_the_same_frames_whole_and_byte_by_byte()
    {
        var random = new Random(2);
        for (var i = 0; i < 2_000; i++)
        {
            byte[] input = [.. Broken(random), .. Broken(random)];
            Assert.Equal(Bytes.Read(input), Bytes.Read(Bytes.OneByOne(input)));
        }
    }

    /// <returns>Bytes of all that was found.</returns>
    static int Deliver(FrameReader reader, byte[] input, Random random)
    {
        var taken = 0;
        for (var from = 0; from < input.Length;)
        {
            var length = random.Next(4) == 0 ? random.Next(1, 20) : input.Length;
            ReadOnlySpan<byte> piece = input.AsSpan(from, Math.Min(length, input.Length - from));
            from += piece.Length;
            while (reader.TryRead(ref piece, out var frame))
            {
                taken += Take(frame);
            }
        }

        while (random.Next(8) == 0 && reader.TryFinish(random.Next(2) == 0 ? Delivery.Paused : Delivery.Ended, out var frame))
        {
            taken += Take(frame);
        }

        return taken;
    }

    static int Take(Frame frame)
    {
        if (frame.Raw.IsEmpty)
        {
            throw new InvalidOperationException("Nothing was taken: the reader stands still.");
        }

        if (frame.Fault == Fault.None)
        {
            var packet = PacketReader.Read(frame.Segment, (frame.Segment.Length & 1) == 0);
            _ = Answer.ToData(packet);
        }

        return frame.Raw.Length;
    }

    static byte[] Broken(Random random)
    {
        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(1, 64)];
            random.NextBytes(noise);
            return noise;
        }

        var bytes = (byte[])Seeds[random.Next(Seeds.Length)].Clone();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? Signs[random.Next(Signs.Length)] : (byte)random.Next(256);
        }

        return random.Next(3) switch
        {
            0 => bytes[..random.Next(1, bytes.Length)],
            1 => bytes[random.Next(bytes.Length - 1)..],
            _ => bytes,
        };
    }
}
