using System.Text;

namespace Linfen.AirMap.Hj212.Tests;

public class PacketTests
{
    const string Head = "QN=20240801085857223;ST=39;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=5;";
    const string Time = "DataTime=20240801085857;";

    static Packet Read(string segment) => PacketReader.Read(Bytes.Of(segment));

    [Fact]
    public void A_packet_as_the_standard_writes_it_has_no_defects()
    {
        var packet = Read(Head + "CP=&&" + Time + "a34002-Rtd=62.7,a34002-Flag=N;LA-Rtd=51,LA-Flag=D&&");
        Assert.Equal((Fault.None, Defects.None), (packet.Fault, packet.Defects));
        Assert.Equal(("20240801085857223", "39", CommandCode.RealTime, "123456", "010000A8900016F000169DC0"), (packet.Qn, packet.St, packet.Command, packet.Password, packet.Mn));
        Assert.Equal(new DateTimeOffset(2024, 8, 1, 8, 58, 57, TimeSpan.FromHours(8)), packet.DataTime);
        Assert.Equal((true, false, Edition.Y2017), (packet.Flag!.Value.WantsAnswer, packet.Flag.Value.HasPacketNumbers, packet.Flag.Value.Edition));
        Assert.Equal([("a34002", 62.7, DataState.Valid), ("LA", 51, DataState.Faulty)], packet.Factors.Select(f => (f.Code, f.Rtd!.Value, f.Flag)));
    }

    [Theory]
    [InlineData("0", Edition.Y2005)]
    [InlineData("1", Edition.Y2005)]
    [InlineData("4", Edition.Y2017)]
    [InlineData("7", Edition.Y2017)]
    [InlineData("8", Edition.Y2025)]
    [InlineData("9", Edition.Y2025)]
    [InlineData("12", null)]
    public void The_edition_is_in_the_flag(string flag, Edition? edition) =>
        Assert.Equal(edition, Read(Head.Replace("Flag=5", "Flag=" + flag, StringComparison.Ordinal) + "CP=&&&&").Flag!.Value.Edition);

    [Theory]
    [InlineData("20240801085857", 0, Defects.None)]
    [InlineData("202408010858571", 100, Defects.DataTimeDigits)]
    [InlineData("2024080108585712", 120, Defects.DataTimeDigits)]
    [InlineData("20240801085857123", 123, Defects.DataTimeDigits)]
    public void A_time_of_14_to_17_digits_is_read(string digits, int milliseconds, Defects defects)
    {
        var packet = Read(Head + "CP=&&DataTime=" + digits + ";a34002-Rtd=1&&");
        Assert.Equal((new DateTimeOffset(2024, 8, 1, 8, 58, 57, TimeSpan.FromHours(8)).AddMilliseconds(milliseconds), defects), (packet.DataTime, packet.Defects));
    }

    [Theory]
    [InlineData("DataTime=20240801255857;", Fault.DataTimeUnreadable)]
    [InlineData("DataTime=20240230085857;", Fault.DataTimeUnreadable)]
    [InlineData("DataTime=201909262113836;", Fault.DataTimeUnreadable)]
    [InlineData("DataTime=;", Fault.DataTimeUnreadable)]
    [InlineData("DataTime=2024080108585700000;", Fault.DataTimeUnreadable)]
    [InlineData("", Fault.NoDataTime)]
    public void Values_without_their_time_are_refused(string time, Fault fault) => Assert.Equal(fault, Read(Head + "CP=&&" + time + "a34002-Rtd=1&&").Fault);

    [Theory]
    [InlineData("MN=010000A8900016F000169DC0;", "MN=;", Fault.NoMn)]
    [InlineData("MN=010000A8900016F000169DC0;", "MN=null;", Fault.NoMn)]
    [InlineData("MN=010000A8900016F000169DC0;", "", Fault.NoMn)]
    [InlineData("MN=010000A8900016F000169DC0;", "MN=临汾;", Fault.MnUnreadable)]
    [InlineData("CN=2011;", "", Fault.NoCn)]
    [InlineData("CN=2011;", "CN=20x1;", Fault.CnUnreadable)]
    public void A_packet_of_nobody_or_of_no_command_is_refused(string from, string to, Fault fault) =>
        Assert.Equal(fault, Read(Head.Replace(from, to, StringComparison.Ordinal) + "CP=&&" + Time + "a34002-Rtd=1&&").Fault);

    [Theory]
    [InlineData("QN=20240801085857223;", "", Defects.QnMissing)]
    [InlineData("QN=20240801085857223;", "QN=20240801085857;", Defects.QnDigits)]
    [InlineData("QN=20240801085857223;", "QN=202408010858572234;", Defects.QnDigits | Defects.QnNoTime)]
    [InlineData("QN=20240801085857223;", "QN=20240801085857223CST;", Defects.QnTimeZone)]
    [InlineData("Flag=5;", "", Defects.FlagMissing)]
    [InlineData("Flag=5;", "Flag=x;", Defects.FlagUnreadable)]
    [InlineData("Flag=5;", "Flag=5", Defects.SeparatorMissing)]
    [InlineData("Flag=5;", "Flag=7;PNUM=2;PNO=1;", Defects.None)]
    [InlineData("Flag=5;", "Flag=7;PNO=1;PNUM=2;", Defects.PacketNumbersReversed)]
    [InlineData("Flag=5;", "Flag=7;", Defects.PacketNumbersMissing)]
    [InlineData("Flag=5;", "Flag=5;PNUM=2;PNO=1;", Defects.PacketNumbersUnannounced)]
    [InlineData("Flag=5;", "flag=5;", Defects.UpperCase)]
    [InlineData("Flag=5;", " Flag=5;", Defects.SpaceInside)]
    [InlineData("ST=39;", "ST=null;", Defects.StMissing)]
    [InlineData("ST=39;", "ST=39;ST=22;", Defects.DuplicateKey)]
    [InlineData("PW=123456;", "", Defects.PwMissing)]
    [InlineData("MN=010000A8900016F000169DC0;", "MN=LD1301;", Defects.MnLength)]
    public void What_is_odd_in_the_head_is_noted(string from, string to, Defects defects)
    {
        var packet = Read(Head.Replace(from, to, StringComparison.Ordinal) + "CP=&&" + Time + "a34002-Rtd=1&&");
        Assert.Equal((Fault.None, defects), (packet.Fault, packet.Defects));
        Assert.Equal(1, Assert.Single(packet.Factors).Rtd);
    }

    [Theory]
    [InlineData("a34002-Rtd=1;", Defects.TrailingSeparator)]
    [InlineData(" a34002-Rtd=1", Defects.SpaceInside)]
    [InlineData("a34002-Rtd =1", Defects.SpaceInside)]
    [InlineData("A34002-RTD=1", Defects.UpperCase)]
    [InlineData("a34002-Rtd-Rtd=1", Defects.SuffixRepeated)]
    [InlineData("a34002-Avg=1", Defects.SuffixForeign)]
    [InlineData("a34002-Rtd=1,a34002-Avg=2", Defects.SuffixForeign)]
    [InlineData("a34002-Rtd=1,a34002-Flag=n", Defects.FlagLowercase)]
    [InlineData("a34002-Rtd=1,a34002-Flag=?", Defects.FlagUnknown)]
    [InlineData("a34002-Rtd=1,a34002-Rtd=2", Defects.DuplicateKey)]
    [InlineData("a34002-Rtd=1,longitude=111.5", Defects.UnknownField)]
    [InlineData("a34002-Rtd=1,a34002-Ori=178", Defects.UnknownField)]
    [InlineData("a34002-Rtd=1,a34001-Rtd=--", Defects.ValueUnreadable)]
    [InlineData("a34002-Rtd=1,a34001-Rtd=1e300", Defects.ValueUnreadable)]
    [InlineData("a34002-Rtd=1,a34001-Rtd=NaN", Defects.ValueUnreadable)]
    [InlineData("a34002-Rtd=1,a34002-SampleTime=never", Defects.SampleTimeUnreadable)]
    [InlineData("a34002-Rtd=1,QN=20240801085857223", Defects.DuplicateKey)]
    public void What_is_odd_in_the_data_is_noted(string factors, Defects defects)
    {
        var packet = Read(Head + "CP=&&" + Time + factors + "&&");
        Assert.Equal((Fault.None, defects), (packet.Fault, packet.Defects));
        Assert.Equal(1, packet.Factors[0].Value(CommandCode.RealTime));
    }

    [Fact]
    public void The_head_may_stand_inside_CP()
    {
        var packet = Read("ST=39;CN=2011;PW=123456;MN=010000A8900016F000169DC0;CP=&&QN=20240801085857223;Flag=5;" + Time + "a34002-Rtd=1&&");
        Assert.Equal(("20240801085857223", true, Defects.QnInsideCp | Defects.FlagInsideCp), (packet.Qn, packet.Flag!.Value.WantsAnswer, packet.Defects));
    }

    [Fact]
    public void Chinese_is_read_as_UTF8_and_as_GBK()
    {
        const string Cp = "CN=3020;MN=010000A8900016F000169DC0;CP=&&i11001-Info=//清洗管路//&&";
        Assert.Equal("//清洗管路//", Read(Cp).Field("i11001-Info"));
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!.GetBytes(Cp);
        Assert.Equal("//清洗管路//", PacketReader.Read(gbk).Field("i11001-Info"));
        Assert.True(PacketReader.Read(gbk).Defects.HasFlag(Defects.EncodingForeign));
        Assert.Equal("//清洗管路//", PacketReader.Read(gbk, preferGbk: true).Field("i11001-Info"));
    }

    [Fact]
    public void Every_fault_and_defect_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<Fault>().Select(Names.Of).Concat(Enum.GetValues<Defects>().SelectMany(d => Names.Of(d))).ToList();
        Assert.Equal(["no-mn", "crc-lowercase"], names.Where(n => n is "no-mn" or "crc-lowercase"), StringComparer.Ordinal);
        Assert.All(Enum.GetValues<Defects>().Where(d => d != Defects.None), d => Assert.Single(Names.Of(d)));
    }
}
