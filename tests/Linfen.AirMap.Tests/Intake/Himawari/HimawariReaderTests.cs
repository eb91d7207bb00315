using System.Text;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Himawari;
using Xunit;

namespace Linfen.AirMap.Tests.Intake.Himawari;

/// <summary>Wildfire files in the columns that JAXA documents, with made-up rows.</summary>
public sealed class HimawariReaderTests
{
    internal const string Header = "# 2026 03 15 01 40 UTC  2026 03 15 02 10 UTC\n# ID,Year,Month,Day,Time(UTC),Lat,Lon,Area(km^2),Volcano,Level,Reliability,FRP(Wm^-2),QF,Hot(ID)\n";

    static async Task<List<IntakeLine>> ReadAsync(string text, string? satellite = null)
    {
        var lines = new List<IntakeLine>();
        await foreach (var line in HimawariReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), satellite, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }

    [Fact]
    public async Task A_row_becomes_an_observation_of_its_whole_cell()
    {
        var seen = Assert.Single(await ReadAsync(Header + "1,2026, 3,15,142,36.10,111.52,4.00,0,2,3,2.50,0,1\n")).Observation!;

        Assert.Equal(("himawari", SourceKind.Satellite, "Himawari-9"), (seen.Feed, seen.SourceKind, seen.Instrument));
        Assert.Equal("Himawari-9|AHI|20260315T0142Z|36.10|111.52", seen.DetectionId);
        Assert.Equal(new DateTimeOffset(2026, 3, 15, 1, 42, 0, TimeSpan.Zero), seen.OccurredAt);
        Assert.Equal((111.52, 36.10), (seen.Position.Lon, seen.Position.Lat));
        // A cell of 2 km by 2 km: half its diagonal; and 2.5 W/m² over 4 km² are 10 MW.
        Assert.Equal(1_414.2, seen.RadiusMetres, 0.1);
        Assert.Equal((10, 0.5), (seen.FrpMegawatts!.Value, seen.Confidence!.Value));
        Assert.True(seen.MayOpenFire);
    }

    [Fact]
    public async Task Columns_are_found_by_name_in_any_order_and_what_is_not_needed_may_be_absent()
    {
        var seen = Assert.Single(await ReadAsync("# x\n#LON,lat,time,day,month,year,FRP(MW),new\n111.52,36.10,0142,15,3,2026,7.5,?\n")).Observation!;
        Assert.Equal((111.52, 7.5), (seen.Position.Lon, seen.FrpMegawatts!.Value));
        Assert.Null(seen.Confidence);
    }

    [Fact]
    public async Task The_satellite_is_that_of_the_name_or_else_of_the_time()
    {
        Assert.Equal("Himawari-9", HimawariReader.SatelliteOf("H09_20251209_1900_L2WLF010_FLDK.06001_06001.csv"));
        Assert.Equal("Himawari-8", HimawariReader.SatelliteOf("/mirror/202208/H08_20220801_0000_L2WLF010_FLDK.06001_06001.csv.gz"));
        Assert.Null(HimawariReader.SatelliteOf("fires.csv"));
        Assert.Equal("Himawari-8", Assert.Single(await ReadAsync(Header + "1,2022,8,1,0000,36.10,111.52,4,0,2,5,1,0,1\n")).Observation!.Instrument);
        Assert.Equal("Himawari-10", Assert.Single(await ReadAsync(Header + "1,2026,8,1,0000,36.10,111.52,4,0,2,5,1,0,1\n", "Himawari-10")).Observation!.Instrument);
    }

    [Fact]
    public async Task A_volcano_opens_no_fire_and_a_power_that_is_not_relied_on_is_left_out()
    {
        var seen = Assert.Single(await ReadAsync(Header + "1,2026,3,15,0142,36.10,111.52,4.00,1,2,1,2.50,2,1\n")).Observation!;
        Assert.False(seen.MayOpenFire);
        Assert.Equal((null, 0.2), (seen.FrpMegawatts, seen.Confidence!.Value));
    }

    [Fact]
    public async Task Bad_rows_are_told_apart_and_stop_nobody()
    {
        var lines = await ReadAsync(Header + "1,2026,3,15,2560,36.10,111.52,4,0,2,3,1,0,1\n2,2026,3,15,0142,96.10,111.52,4,0,2,3,1,0,1\n3,2026,3,15,0142,x,111.52,4,0,2,3,1,0,1\n4,2026,3\n5,2026,3,15,0142,36.12,111.52,4,0,2,3,.53,0,1\n");
        Assert.Equal(["time-invalid", "coordinates-out-of-range", "not-a-number", "columns-missing", null], lines.Select(l => l.Reason?.Split(':')[0]), StringComparer.Ordinal);
        Assert.Equal([3L, 4, 5, 6, 7], lines.Select(l => l.Line));
    }

    [Fact]
    public async Task A_file_without_fires_is_good_and_one_without_its_header_is_none()
    {
        Assert.Empty(await ReadAsync(Header));
        foreach (var text in new[] { "", "# only a remark\n", "1,2026,3,15,0142,36.10,111.52,4,0,2,3,1,0,1\n", "# ID,Year,Month,Day,Hour,Lat,Lon\n", "<html>\n" })
        {
            Assert.Equal("not-himawari-csv", (await Assert.ThrowsAsync<UnreadableBodyException>(() => ReadAsync(text))).Type);
        }
    }
}
