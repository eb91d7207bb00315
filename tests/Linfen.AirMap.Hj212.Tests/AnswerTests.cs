using System.Text;

namespace Linfen.AirMap.Hj212.Tests;

public class AnswerTests
{
    const string Head = "QN=20160801085857223;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;";

    static string Text(byte[] frame) => Encoding.ASCII.GetString(frame);

    static Packet Packet(string segment) => PacketReader.Read(Bytes.Of(segment));

    [Fact]
    public void Data_are_answered_as_annex_C_does() => Assert.Equal(
        "##0087QN=20160801085857223;ST=91;CN=9014;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&3240\r\n",
        Text(Answer.ToData(Packet(Head + "Flag=5;CP=&&&&"))));

    [Fact]
    public void A_notice_is_answered_as_annex_C_does() => Assert.Equal(
        "##0087QN=20160801085857223;ST=91;CN=9013;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&2A80\r\n",
        Text(Answer.ToNotice(Packet(Head + "Flag=5;CP=&&&&"))));

    [Theory]
    [InlineData("Flag=1;", "Flag=0;")]
    [InlineData("Flag=5;", "Flag=4;")]
    [InlineData("Flag=9;", "Flag=8;")]
    [InlineData("", "Flag=4;")]
    public void The_answer_is_of_the_edition_of_the_device(string flag, string answered) =>
        Assert.Contains(answered, Text(Answer.ToData(Packet(Head + flag + "CP=&&&&"))), StringComparison.Ordinal);

    [Fact]
    public void A_device_that_asks_for_the_time_is_set_to_Beijing_time()
    {
        var asked = Packet(Head.Replace("2011", "1013", StringComparison.Ordinal) + "Flag=5;CP=&& PolId=w01018&&");
        var sent = Assert.Single(Bytes.Read(Answer.SetTime(asked, new DateTimeOffset(2026, 11, 24, 16, 30, 1, 250, TimeSpan.Zero))));
        Assert.Equal("QN=20261125003001250;ST=32;CN=1012;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&PolId=w01018;SystemTime=20261125003001&&", sent.Segment);
        Assert.Equal((CrcState.Right, Defects.None), (sent.Crc, sent.Defects));
    }

    [Fact]
    public void What_the_device_called_itself_is_said_back_unchanged() => Assert.Contains(
        "QN=201909262113836CST;ST=91;CN=9014;PW=YCZXJC;MN=SHEB866;Flag=0;",
        Text(Answer.ToData(Packet("ST=22;CN=2011;QN=201909262113836CST;PW=YCZXJC;MN=SHEB866;FLAG=1;CP=&&&&"))), StringComparison.Ordinal);
}
