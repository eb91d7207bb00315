namespace Linfen.AirMap.Hj212.Tests;

public class ExplanationTests
{
    static string Explain(byte[] bytes)
    {
        var reader = new FrameReader();
        ReadOnlySpan<byte> input = bytes;
        return reader.TryRead(ref input, out var frame) || reader.TryFinish(Delivery.Ended, out frame) ? Explanation.Of(frame, 0) : "";
    }

    [Fact]
    public void A_sound_frame_is_told_field_by_field() => Assert.Equal(
        """
        Bytes 0–151
          length     140 said, 140 found
          CRC        BDC1 said and computed
          QN         20160801085801223
          ST         39 扬尘 construction dust
          CN         2011 实时数据, real-time data
          PW         123456
          MN         010000A8900016F000169DC0 (24 characters)
          Flag       5: edition 2017, wants an answer
          DataTime   2016-08-01 08:58:01 +08:00
          a34002     可吸入颗粒物 PM10: Rtd 62.7; C calibrating
          defects    none
          taken      1 factors

        """,
        Explain(Bytes.Frame(Bytes.Segment(1, "a34002-Rtd=62.7,a34002-Flag=C"))));

    [Fact]
    public void Every_defect_and_the_reason_of_a_refusal_are_named()
    {
        var told = Explain(Bytes.Of("##0136ST=39;CN=2011;MN=null;CP=&&A34002-RTD=x;longitude=111.5;&&1234\n"));
        Assert.Contains("136 said, 58 found", told, StringComparison.Ordinal);
        Assert.Contains("longitude  111.5", told, StringComparison.Ordinal);
        Assert.Contains("length-wrong, crc-wrong, tail-bare-line-feed, qn-missing, pw-missing, flag-missing, upper-case, trailing-separator, value-unreadable, unknown-field", told, StringComparison.Ordinal);
        Assert.Contains("refused    no-mn: it does not say which device it is from", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_frame_are_quoted_without_what_moves_a_terminal()
    {
        var told = Explain(Bytes.Of("d=16;a34001-Rtd=29&&84C1\u001b[2J"));
        Assert.Contains("refused    cut", told, StringComparison.Ordinal);
        Assert.Contains("\\x1b[2J", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_whose_check_sum_is_wrong_needs_leniency() => Assert.Contains(
        "only of a device whose check sum is taken leniently", Explain(Bytes.Of("##0033ST=39;CN=2011;MN=1;Flag=0;CP=&&&&0000\r\n")), StringComparison.Ordinal);
}
