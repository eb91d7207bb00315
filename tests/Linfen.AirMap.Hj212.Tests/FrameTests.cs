namespace Linfen.AirMap.Hj212.Tests;

/// <summary>What is noted of a frame that is not as the standard says.</summary>
public class FrameTests
{
    const string Segment = "QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&";

    [Theory]
    [InlineData("##0101{0}1C80\r\n", Defects.None)]
    [InlineData("##0101{0}1c80\r\n", Defects.CrcLowercase)]
    [InlineData("##0101{0}0759\r\n", Defects.CrcModbus)]
    [InlineData("##0101{0}1C08\r\n", Defects.CrcWrong)]
    [InlineData("##0101{0}\r\n", Defects.CrcMissing)]
    [InlineData("##0101{0}1C80\n", Defects.TailBareLineFeed)]
    [InlineData("##0101{0}1C80", Defects.TailMissing)]
    [InlineData("##0101{0}1C80\r", Defects.TailMissing)]
    [InlineData("##0099{0}1C80\r\n", Defects.LengthWrong)]
    [InlineData("##0103{0}1C80\r\n", Defects.LengthWrong)]
    [InlineData("##9999{0}1C80\r\n", Defects.LengthWrong)]
    [InlineData("##101{0}1C80\r\n", Defects.LengthWrong)]
    [InlineData("##{0}1C80\r\n", Defects.LengthMissing)]
    [InlineData("{0}1C80\r\n", Defects.HeaderMissing)]
    [InlineData("{0}", Defects.HeaderMissing | Defects.CrcMissing | Defects.TailMissing)]
    public void Each_deviation_has_its_name(string form, Defects expected)
    {
        var sent = Bytes.Of(form.Replace("{0}", Segment, StringComparison.Ordinal));
        var heard = Assert.Single(Bytes.Read(sent));
        Assert.Equal((Segment, expected, Fault.None), (heard.Segment, heard.Defects, heard.Fault));
        Assert.Equal(heard, Assert.Single(Bytes.Read(Bytes.OneByOne(sent))));
    }

    [Fact]
    public void A_segment_longer_than_the_standard_allows_is_read_up_to_four_kibibytes()
    {
        var longer = Bytes.Segment(1, string.Join(';', Enumerable.Range(0, 120).Select(i => $"a{i:00000}-Rtd={i}")));
        Assert.True(longer.Length > 1_024);
        Assert.Equal(Defects.SegmentTooLong, Assert.Single(Bytes.Read(Bytes.Frame(longer))).Defects);
        Assert.Equal(Fault.TooLong, Bytes.Read(Bytes.Of("##5000QN=1;CP=&&" + new string('a', 5_000) + "&&1C80\r\n"))[0].Fault);
    }

    [Fact]
    public void Text_after_an_end_that_the_check_sum_confirms_belongs_to_no_frame()
    {
        // A device that writes && inside CP: its length and check sum agree, so they say where it ends.
        const string Inner = "ST=39;CN=2011;MN=1;DataTime=20160801085857";
        var heard = Bytes.Read(Bytes.Frame(Inner));
        Assert.Equal((Inner, Fault.None), (Assert.Single(heard).Segment, heard[0].Fault));
        Assert.Equal(Fault.NoCp, heard[0].FirstFault);
    }
}
