namespace Linfen.AirMap.Hj212.Tests;

public class CrcTests
{
    const string Vector = "QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&";

    [Fact]
    public void The_vector_of_the_standard_has_1C80_and_not_what_its_prose_misprints()
    {
        Assert.Equal(101, Vector.Length);
        Assert.Equal(0x1C80, Crc.Of(Bytes.Of(Vector)));
        Assert.Equal(0x0759, Crc.Modbus(Bytes.Of(Vector)));
    }

    [Fact]
    public void Only_256_values_are_possible()
    {
        var random = new Random(1);
        var seen = new HashSet<ushort>();
        var segment = new byte[40];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(segment);
            seen.Add(Crc.Of(segment));
        }

        Assert.Equal(256, seen.Count);
    }

    [Theory]
    [InlineData("1C80", CrcState.Right)]
    [InlineData("1c80", CrcState.Right)]
    [InlineData("0759", CrcState.Modbus)]
    [InlineData("1C08", CrcState.Wrong)]
    [InlineData("1C8", CrcState.Missing)]
    [InlineData("+C80", CrcState.Missing)]
    [InlineData("", CrcState.Missing)]
    public void A_printed_sum_is_told_for_what_it_is(string printed, CrcState state) => Assert.Equal(state, Crc.Check(Bytes.Of(Vector), Bytes.Of(printed)));
}
