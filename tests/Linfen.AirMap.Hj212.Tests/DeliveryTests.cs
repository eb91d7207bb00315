namespace Linfen.AirMap.Hj212.Tests;

/// <summary>However the network cuts and glues what a device sent, the same frames come out.</summary>
public class DeliveryTests
{
    static readonly string[] Segments = [Bytes.Segment(1), Bytes.Segment(2, "LA-Rtd=50.1"), Bytes.Segment(3, "a34001-Rtd=3,a34001-Flag=N;;")];

    static readonly byte[] Three = [.. Segments.SelectMany(Bytes.Frame)];

    [Fact]
    public void Three_frames_in_one_packet_are_three_frames() => Assert.Equal(Segments, Bytes.Read(Three).Select(h => h.Segment), StringComparer.Ordinal);

    [Fact]
    public void Byte_by_byte_gives_the_same_frames() => Assert.Equal(Bytes.Read(Three), Bytes.Read(Bytes.OneByOne(Three)));

    [Fact]
    public void Cut_in_two_at_every_position_gives_the_same_frames()
    {
        var whole = Bytes.Read(Three);
        for (var at = 0; at <= Three.Length; at++)
        {
            Assert.Equal(whole, Bytes.Read(Three[..at], Three[at..]));
        }
    }

    [Fact]
    public void Whatever_is_left_of_a_frame_cut_off_the_next_ones_are_read()
    {
        var first = Bytes.Frame(Segments[0]);
        var rest = Three[first.Length..];
        for (var at = 0; at < first.Length; at++)
        {
            var heard = Bytes.Read([.. first[..at], .. rest]);
            Assert.Equal(Segments[1..], heard.TakeLast(2).Select(h => h.Segment), StringComparer.Ordinal);
            // Without its check sum it is whole but not to be believed; without its line's end it is.
            Assert.All(heard.SkipLast(2), h => Assert.True(h.Fault is Fault.Cut or Fault.Garbage || h.Segment == Segments[0]));
            Assert.Equal(heard, Bytes.Read(Bytes.OneByOne([.. first[..at], .. rest])));
        }
    }

    [Fact]
    public void Whatever_is_missing_of_the_beginning_the_next_ones_are_read()
    {
        var first = Bytes.Frame(Segments[0]);
        for (var at = 1; at < first.Length; at++)
        {
            Assert.Equal(Segments[1..], Bytes.Read(Three[at..]).TakeLast(2).Select(h => h.Segment), StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("#")]
    [InlineData("##")]
    [InlineData("###")]
    [InlineData("##01")]
    [InlineData("##0101")]
    [InlineData("##9999")]
    [InlineData("##0101QN=20160801")]
    [InlineData("\r\n\r\n \0")]
    [InlineData("&&1C80\r\n")]
    [InlineData("CP=&&")]
    [InlineData("QN=1")]
    [InlineData("\u00e9\u00ff&&&&\n\n##")]
    public void Garbage_between_frames_takes_no_frame_with_it(string garbage)
    {
        byte[] sent = [.. Bytes.Of(garbage), .. Bytes.Frame(Segments[0]), .. Bytes.Of(garbage), .. Bytes.Frame(Segments[1]), .. Bytes.Of(garbage)];
        var heard = Bytes.Read(sent);
        Assert.Equal(Segments[..2], heard.Where(h => h.Fault == Fault.None).Select(h => h.Segment), StringComparer.Ordinal);
        Assert.Equal(heard, Bytes.Read(Bytes.OneByOne(sent)));
    }

    [Fact]
    public void Endless_garbage_and_an_endless_frame_keep_memory_bounded_and_end()
    {
        foreach (var text in new[] { "x", "##0101QN=", "QN=1;CP=&&a", "##" })
        {
            byte[] endless = [.. Bytes.Of(text), .. Enumerable.Repeat((byte)'x', 300_000)];
            var heard = Bytes.Read([.. endless, .. Three]);
            Assert.Equal(Segments, heard.TakeLast(3).Select(h => h.Segment), StringComparer.Ordinal);
            Assert.All(heard.SkipLast(3), h => Assert.NotEqual(Fault.None, h.Fault));
        }
    }

    [Fact]
    public void A_pause_ends_a_frame_that_lacks_only_its_line_end()
    {
        var reader = new FrameReader();
        ReadOnlySpan<byte> input = Bytes.Frame(Segments[0]).AsSpan()[..^2];
        Assert.False(reader.TryRead(ref input, out _));
        Assert.True(reader.TryFinish(Delivery.Paused, out var frame));
        Assert.Equal((CrcState.Right, Defects.TailMissing), (frame.Crc, frame.Defects));
        Assert.False(reader.TryFinish(Delivery.Paused, out _));
        // The line's end that comes late is no garbage.
        input = "\r\n"u8;
        Assert.False(reader.TryRead(ref input, out _));
        Assert.Equal(0, reader.Kept);
    }

    [Theory]
    [InlineData("##0101QN=20160801085857223;ST=32;CN=1062;CP=&&Rtd")]
    [InlineData("##0101QN=20160801085857223;ST=32;CN=1062;CP=&&RtdInterval=30&&1C")]
    public void A_pause_in_the_middle_of_a_frame_ends_nothing(string begun)
    {
        var reader = new FrameReader();
        ReadOnlySpan<byte> input = Bytes.Of(begun);
        Assert.False(reader.TryRead(ref input, out _));
        Assert.False(reader.TryFinish(Delivery.Paused, out _));
        Assert.Equal(begun.Length, reader.Kept);
    }
}
