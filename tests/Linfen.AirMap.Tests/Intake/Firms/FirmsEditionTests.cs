using System.Text;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Intake;
using Xunit;

namespace Linfen.AirMap.Tests.Intake.Firms;

public sealed class FirmsEditionTests
{
    [Fact]
    public async Task Modis_gives_place_time_percent_and_power()
    {
        var fire = await FirmsText.ReadOneAsync(FirmsText.ModisFile());

        Assert.Equal(new LonLat(111.52456, 36.08123), fire.Position);
        Assert.Equal(new DateTimeOffset(2026, 10, 12, 5, 48, 0, TimeSpan.Zero), fire.OccurredAt);
        Assert.Equal((0.77, 12.5, "Terra"), (fire.Confidence, fire.FrpMegawatts, fire.Instrument));
        Assert.Equal(("firms", SourceKind.Satellite, true, false), (fire.Feed, fire.SourceKind, fire.MayOpenFire, fire.Simulated));
        Assert.Equal("Terra|MODIS|20261012T0548Z|36.08123|111.52456", fire.DetectionId);
        Assert.Null(fire.ContentDigest);
        // Half the diagonal of 1.2 km x 1.1 km.
        Assert.Equal(813.941, fire.RadiusMetres, 3);
    }

    [Theory]
    [InlineData(FirmsText.ViirsApi, "36.08123,111.52456,330.1,0.4,0.36,2026-10-12,548,N20,VIIRS,n,2.0NRT,290.2,3.25,D")]
    [InlineData(FirmsText.ViirsApi, "36.08123,111.52456,330.1,0.4,0.36,2026-10-12,548,1,VIIRS,nominal,2.0URT,290.2,3.25,D")]
    [InlineData(FirmsText.ViirsGlobal, "36.08123,111.52456,330.1,0.4,0.36,2026-10-12,0548,N20,nominal,2.0NRT,290.2,3.25,D")]
    [InlineData(FirmsText.ViirsGlobal, "36.08123,111.52456,330.1,0.4,0.36,2026-10-12,0548,NOAA-20,nominal,2.0NRT,290.2,3.25,D")]
    [InlineData(FirmsText.ViirsArchive, "36.08123,111.52456,330.4,0.4,0.36,2026-10-12,0548,N20,VIIRS,n,2,290.2,3.25,D,0")]
    [InlineData(FirmsText.ViirsCountry, "CHN,36.08123,111.52456,330.1,0.4,0.36,2026-10-12,548,1,VIIRS,n,2.0NRT,290.2,3.25,D")]
    public async Task One_detection_is_the_same_in_every_viirs_edition(string header, string row)
    {
        foreach (var source in new[] { null, "VIIRS_NOAA20_NRT", "VIIRS_SNPP_SP", "MODIS_NRT" })
        {
            var fire = await FirmsText.ReadOneAsync(header + "\n" + row, source);

            Assert.Equal("N20|VIIRS|20261012T0548Z|36.08123|111.52456", fire.DetectionId);
            Assert.Equal((0.5, 3.25, true), (fire.Confidence, fire.FrpMegawatts, fire.MayOpenFire));
            Assert.Equal(269.072, fire.RadiusMetres, 3);
        }
    }

    [Theory]
    [InlineData("T", "Terra|MODIS")]
    [InlineData("Terra", "Terra|MODIS")]
    [InlineData("A", "Aqua|MODIS")]
    [InlineData("aqua", "Aqua|MODIS")]
    [InlineData("N", "SNPP|VIIRS")]
    [InlineData("SNPP", "SNPP|VIIRS")]
    [InlineData("Suomi NPP", "SNPP|VIIRS")]
    [InlineData("Suomi-NPP", "SNPP|VIIRS")]
    [InlineData("1", "N20|VIIRS")]
    [InlineData("N20", "N20|VIIRS")]
    [InlineData("NOAA-20", "N20|VIIRS")]
    [InlineData("2", "N21|VIIRS")]
    [InlineData("NOAA21", "N21|VIIRS")]
    public async Task A_satellite_has_one_name_however_it_is_spelt(string spelling, string identity)
    {
        var fire = await FirmsText.ReadOneAsync(FirmsText.ModisFile(("satellite", spelling)));

        Assert.StartsWith(identity + "|", fire.DetectionId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("5", 0, 5)]
    [InlineData("48", 0, 48)]
    [InlineData("0048", 0, 48)]
    [InlineData("659", 6, 59)]
    [InlineData("0659", 6, 59)]
    [InlineData("2359", 23, 59)]
    [InlineData("00:48", 0, 48)]
    [InlineData(" 548 ", 5, 48)]
    public async Task A_time_may_be_padded_or_not(string written, int hour, int minute)
    {
        var fire = await FirmsText.ReadOneAsync(FirmsText.ModisFile(("acq_time", written)));

        Assert.Equal(new DateTimeOffset(2026, 10, 12, hour, minute, 0, TimeSpan.Zero), fire.OccurredAt);
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("100", 1.0)]
    [InlineData("l", 0.2)]
    [InlineData("low", 0.2)]
    [InlineData("n", 0.5)]
    [InlineData("Nominal", 0.5)]
    [InlineData("h", 0.9)]
    [InlineData("high", 0.9)]
    [InlineData("", null)]
    public async Task Confidence_is_a_fraction(string written, double? fraction) =>
        Assert.Equal(fraction, (await FirmsText.ReadOneAsync(FirmsText.ModisFile(("confidence", written)))).Confidence);

    [Theory]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("2.5")]
    [InlineData("99999999999")]
    public async Task What_is_no_type_is_a_fault_of_its_row(string type)
    {
        var lines = await FirmsText.ReadAsync(FirmsText.ViirsArchive + "\n36.08123,111.52456,330.4,0.4,0.36,2026-10-12,0548,N,VIIRS,n,2,290.2,3.25,D," + type);
        Assert.Matches("^(type-invalid|not-a-number): ", Assert.Single(lines).Reason);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1", false)]
    [InlineData("2", false)]
    [InlineData("3", false)]
    [InlineData("", true)]
    public async Task A_volcano_a_static_source_and_an_offshore_flare_open_no_fire(string type, bool mayOpenFire)
    {
        var fire = await FirmsText.ReadOneAsync(
            FirmsText.ViirsArchive + "\n36.08123,111.52456,330.4,0.4,0.36,2026-10-12,0548,N,VIIRS,n,2,290.2,3.25,D," + type);

        Assert.Equal(mayOpenFire, fire.MayOpenFire);
    }

    [Fact]
    public async Task A_power_of_zero_is_genuine_and_an_absent_one_is_unknown()
    {
        Assert.Equal(0, (await FirmsText.ReadOneAsync(FirmsText.ModisFile(("frp", "0")))).FrpMegawatts);
        Assert.Null((await FirmsText.ReadOneAsync(FirmsText.ModisFile(("frp", "")))).FrpMegawatts);
    }

    [Theory]
    [InlineData("T", 707.107)]
    [InlineData("N", 265.165)]
    public async Task Without_a_footprint_the_pixel_at_nadir_counts(string satellite, double radiusMetres)
    {
        var fire = await FirmsText.ReadOneAsync(FirmsText.ModisFile(("scan", ""), ("track", ""), ("satellite", satellite)));

        Assert.Equal(radiusMetres, fire.RadiusMetres, 3);
    }

    [Fact]
    public async Task Columns_stand_in_any_order_and_unknown_ones_are_passed_over()
    {
        var fire = await FirmsText.ReadOneAsync("""
            FRP,Satellite,新列,acq_time,ACQ_DATE,longitude,latitude
            7.5,N,任意 text,48,2026-10-12,111.5,36.1
            """);

        Assert.Equal("SNPP|VIIRS|20261012T0048Z|36.10000|111.50000", fire.DetectionId);
        Assert.Equal(7.5, fire.FrpMegawatts);
        Assert.Null(fire.Confidence);
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\r\n", "\uFEFF")]
    public async Task Line_ends_and_byte_order_mark_do_not_matter(string lineEnd, string mark)
    {
        var lines = await FirmsText.ReadAsync(mark + string.Join(lineEnd, FirmsText.Modis, FirmsText.ModisRow(), FirmsText.ModisRow(("satellite", "A")), "", ""));

        Assert.Equal([2, 3], lines.Select(line => line.Line));
        Assert.Equal(["Terra", "Aqua"], lines.Select(line => line.Observation?.Instrument), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Quotes_and_commas_at_the_end_of_a_line_are_tolerated()
    {
        var quoted = string.Join(',', FirmsText.ModisRow(("version", "6.1,NRT")).Split(',').Select(cell => '"' + cell + '"'))
            .Replace("\"6.1\",\"NRT\"", "\"6.1,NRT\"", StringComparison.Ordinal);

        Assert.Equal("Terra|MODIS|20261012T0548Z|36.08123|111.52456", (await FirmsText.ReadOneAsync(FirmsText.Modis + "\n" + quoted)).DetectionId);
        Assert.Equal(12.5, (await FirmsText.ReadOneAsync(FirmsText.Modis + ",\n" + FirmsText.ModisRow() + ",\n")).FrpMegawatts);
        Assert.Equal(12.5, (await FirmsText.ReadOneAsync(FirmsText.Modis + ",\n" + FirmsText.ModisRow())).FrpMegawatts);
    }

    [Fact]
    public async Task The_source_names_the_satellite_where_the_file_does_not()
    {
        const string file = "latitude,longitude,acq_date,acq_time\n36.1,111.5,2026-10-12,48";

        Assert.Equal("N21|VIIRS|20261012T0048Z|36.10000|111.50000", (await FirmsText.ReadOneAsync(file, "VIIRS_NOAA21_NRT")).DetectionId);
        var refusal = await Assert.ThrowsAsync<UnreadableBodyException>(() => FirmsText.ReadAsync(file, "MODIS_NRT"));
        Assert.Contains("satellite", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simulated_rows_carry_their_mark_and_a_feed_of_their_own()
    {
        var fire = await FirmsText.ReadOneAsync(FirmsText.ModisFile(), simulated: true);

        Assert.Equal(("firms-simulated", true), (fire.Feed, fire.Simulated));
    }

    [Theory]
    [InlineData("36.1", "111.5", "36.10000|111.50000")]
    [InlineData("36.100000", "+111.50", "36.10000|111.50000")]
    [InlineData("-0.000001", "-91.0163", "0.00000|-91.01630")]
    [InlineData("36.123454", "111.523456", "36.12345|111.52346")]
    public async Task Identity_rounds_to_five_decimals_and_knows_no_negative_zero(string lat, string lon, string end)
    {
        var fire = await FirmsText.ReadOneAsync(FirmsText.ModisFile(("latitude", lat), ("longitude", lon)));

        Assert.EndsWith("|" + end, fire.DetectionId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_alone_is_a_result_without_fires()
    {
        Assert.Empty(await FirmsText.ReadAsync(FirmsText.ViirsApi));
        Assert.Empty(await FirmsText.ReadAsync(FirmsText.ViirsApi + "\r\n"));
    }

    [Fact]
    public async Task A_body_that_arrives_byte_by_byte_reads_the_same()
    {
        var body = Encoding.UTF8.GetBytes(FirmsText.ModisFile() + "\r\n" + FirmsText.ModisRow(("latitude", "x")) + "\r\n" + FirmsText.ModisRow(("satellite", "A")));

        var whole = await FirmsText.ReadAsync(new MemoryStream(body));
        var dripped = await FirmsText.ReadAsync(new DrippingStream(body));

        Assert.Equal(3, whole.Count);
        Assert.Equal(whole, dripped);
    }

    private sealed class DrippingStream(byte[] body) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
