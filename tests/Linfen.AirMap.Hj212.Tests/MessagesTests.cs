using System.Globalization;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Hj212.Tests;

/// <summary>Frames that nobody on this project wrote; a fresh clone does not have them.</summary>
public class MessagesTests
{
    /// <summary>Number of the frame, then why it is refused, or its factors and what was noted. 15 and 27 tell no time: their hours or seconds do not exist.</summary>
    static readonly string[] Expected =
    [
        "1: 7 crc-lowercase mn-length",
        "3: 3 crc-wrong qn-missing flag-missing",
        "5: 7 crc-lowercase mn-length",
        "7: 1 crc-wrong flag-missing packet-numbers-reversed unknown-field",
        "9: 3 qn-missing flag-missing data-time-digits",
        "11: 3 tail-bare-line-feed qn-missing flag-missing data-time-digits",
        "13: 11 crc-lowercase mn-length",
        "15: data-time-unreadable",
        "17: 9 header-missing crc-missing tail-missing",
        "19: 1 crc-wrong tail-missing trailing-separator unknown-field",
        "21: no-cp",
        "23: 5 tail-missing qn-digits flag-missing",
        "25: 12 header-missing crc-missing tail-missing qn-missing mn-length flag-inside-cp",
        "27: data-time-unreadable",
        "29: 11 mn-length",
        "31: 8 crc-wrong flag-missing",
        "33: 8 tail-missing flag-missing trailing-separator",
        "35: 0 crc-modbus packet-numbers-missing",
        "37: 7 header-missing crc-missing tail-missing flag-missing data-time-digits suffix-foreign",
        "39: 9 header-missing tail-missing",
        "41: 15 mn-length",
        "43: 0",
        "45: cut",
    ];

    static string[][] Rows(string file)
    {
        var path = Path.Combine(Checkout.Shared ?? ".", "data", "hj212", file);
        Assert.SkipUnless(File.Exists(path), "../shared/data/hj212 is not there: the frames from the field are not part of the repository.");
        return [.. File.ReadAllLines(path).Skip(1).Select(line => line.Split('\t'))];
    }

    [Fact]
    public void Every_frame_from_the_field_is_read_or_refused_by_name()
    {
        var told = Rows("messages.tsv").Select(row => $"{row[0]}: {Tell(Unescaped(row[^1]))}").ToList();
        Assert.Equal(Expected, told, StringComparer.Ordinal);
    }

    static string Tell(byte[] bytes)
    {
        var heard = Assert.Single(Bytes.Read(bytes));
        var packet = heard.Packet;
        return heard.FirstFault != Fault.None
            ? Names.Of(heard.FirstFault)
            : string.Create(CultureInfo.InvariantCulture, $"{packet.Factors.Count} {string.Join(' ', Names.Of(heard.Defects | packet.Defects))}").Trim();
    }

    static byte[] Unescaped(string text) => Bytes.Of(text.Replace("\\r", "\r", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal));

    [Fact]
    public void Every_complete_segment_of_annex_C_has_the_check_sum_of_the_standard_and_is_read()
    {
        var complete = Rows("hj212_2017_annexC_segments.tsv").Where(row => !row[2].Contains('…', StringComparison.Ordinal)).ToList();
        Assert.True(complete.Count > 50);
        Assert.All(complete, row =>
        {
            var segment = row[2];
            Assert.Equal(row[1], Crc.Of(Bytes.Of(segment)).ToString("X4", CultureInfo.InvariantCulture));
            var heard = Assert.Single(Bytes.Read(Bytes.Frame(segment)));
            Assert.Equal((segment, CrcState.Right, Fault.None), (heard.Segment, heard.Crc, heard.FirstFault));
        });
    }
}
