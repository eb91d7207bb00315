using System.Text;
using Linfen.AirMap.Commands;
using Linfen.AirMap.Hj212;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>What a support engineer sees of a file with frames.</summary>
public sealed class DecodeTests
{
    const string Segment = "QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&";

    static async Task<(int Code, string Told)> DecodeAsync(byte[] bytes)
    {
        await using var output = new StringWriter();
        var code = await Hj212Command.DecodeAsync(new MemoryStream(bytes), output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    [Fact]
    public async Task Every_frame_is_told_with_where_it_lies_and_what_is_wrong_with_it()
    {
        byte[] file = [.. Encoding.ASCII.GetBytes("noise\r\n"), .. Answer.Frame(Segment), .. Encoding.ASCII.GetBytes("##0101" + Segment + "1c80\n" + "##0101QN=2016")];
        var (code, told) = await DecodeAsync(file);
        Assert.Equal(0, code);
        Assert.Equal(["Bytes 0–6", "Bytes 7–119", "Bytes 120–231", "Bytes 232–244"], told.Split('\n').Where(line => line.StartsWith("Bytes", StringComparison.Ordinal)), StringComparer.Ordinal);
        Assert.Contains("refused    garbage", told, StringComparison.Ordinal);
        Assert.Contains("RtdInterval 30", told, StringComparison.Ordinal);
        Assert.Contains("defects    crc-lowercase, tail-bare-line-feed", told, StringComparison.Ordinal);
        Assert.Contains("refused    cut", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_longer_than_what_is_read_at_once_loses_no_frame()
    {
        var file = Enumerable.Repeat(Answer.Frame(Segment), 2_000).SelectMany(f => f).ToArray();
        var (_, told) = await DecodeAsync(file);
        Assert.Equal(2_000, told.Split("defects    none").Length - 1);
        Assert.Contains($"Bytes {file.Length - 113}–{file.Length - 1}", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_is_said_to_be_empty() => Assert.Equal((1, ""), await DecodeAsync([]));
}
