using System.Text;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Intake.Firms;
using Xunit;

namespace Linfen.AirMap.Tests.Intake.Firms;

public sealed class FirmsHostileInputTests
{
    [Theory]
    [InlineData("latitude", "NaN", "not-a-number")]
    [InlineData("latitude", "Infinity", "not-a-number")]
    [InlineData("longitude", "-Infinity", "not-a-number")]
    [InlineData("longitude", "∞", "not-a-number")]
    [InlineData("latitude", "36°05'", "not-a-number")]
    [InlineData("latitude", "", "not-a-number")]
    [InlineData("latitude", "1e999", "not-a-number")]
    [InlineData("latitude", "0x24", "not-a-number")]
    [InlineData("frp", "NaN", "not-a-number")]
    [InlineData("scan", "wide", "not-a-number")]
    [InlineData("latitude", "90.00001", "latitude-out-of-range")]
    [InlineData("latitude", "-181", "latitude-out-of-range")]
    [InlineData("latitude", "1e300", "latitude-out-of-range")]
    [InlineData("longitude", "180.00001", "longitude-out-of-range")]
    [InlineData("acq_date", "1999-12-31", "time-implausible")]
    [InlineData("acq_date", "1970-01-01", "time-implausible")]
    [InlineData("acq_date", "2026-02-29", "time-invalid")]
    [InlineData("acq_date", "0000-01-01", "time-invalid")]
    [InlineData("acq_date", "12/10/2026", "time-invalid")]
    [InlineData("acq_date", "", "time-invalid")]
    [InlineData("acq_time", "2400", "time-invalid")]
    [InlineData("acq_time", "1260", "time-invalid")]
    [InlineData("acq_time", "-048", "time-invalid")]
    [InlineData("acq_time", "00048", "time-invalid")]
    [InlineData("acq_time", "", "time-invalid")]
    [InlineData("satellite", "X9", "satellite-unknown")]
    [InlineData("satellite", "", "satellite-unknown")]
    [InlineData("satellite", "a satellite with a very long name", "satellite-unknown")]
    [InlineData("confidence", "101", "confidence-invalid")]
    [InlineData("confidence", "-1", "confidence-invalid")]
    [InlineData("confidence", "NaN", "confidence-invalid")]
    [InlineData("confidence", "sure", "confidence-invalid")]
    [InlineData("frp", "-0.1", "frp-negative")]
    [InlineData("frp", "1e308", "frp-implausible")]
    [InlineData("scan", "0", "footprint-out-of-range")]
    [InlineData("track", "400", "footprint-out-of-range")]
    [InlineData("daynight", "D,surplus", "columns-surplus")]
    [InlineData("version", "\0", "nul-byte")]
    public async Task A_bad_row_is_named_and_its_neighbours_are_read(string column, string cell, string reason)
    {
        var lines = await FirmsText.ReadAsync(string.Join('\n',
            FirmsText.Modis, FirmsText.ModisRow(), FirmsText.ModisRow((column, cell)), FirmsText.ModisRow(("satellite", "A"))));

        Assert.Equal([2, 3, 4], lines.Select(line => line.Line));
        Assert.Equal(["Terra", null, "Aqua"], lines.Select(line => line.Observation?.Instrument), StringComparer.Ordinal);
        Assert.Equal(reason, lines[1].Reason?.Split(':')[0]);
    }

    [Theory]
    [InlineData("90", "180")]
    [InlineData("-90", "-180")]
    public async Task The_ends_of_the_world_are_places(string lat, string lon) =>
        await FirmsText.ReadOneAsync(FirmsText.ModisFile(("latitude", lat), ("longitude", lon)));

    [Theory]
    [InlineData("2000-01-01")]
    [InlineData("2100-06-01")]
    public async Task The_year_2000_is_plausible_and_the_future_is_not_judged_here(string date) =>
        await FirmsText.ReadOneAsync(FirmsText.ModisFile(("acq_date", date)));

    [Fact]
    public async Task Swapped_coordinates_of_Linfen_are_recognised()
    {
        var line = Assert.Single(await FirmsText.ReadAsync(FirmsText.ModisFile(("latitude", "111.52456"), ("longitude", "36.08123"))));

        Assert.Equal("coordinates-swapped: latitude 111.52456, longitude 36.08123", line.Reason);
    }

    [Fact]
    public async Task An_instrument_that_the_satellite_does_not_carry_is_named()
    {
        var line = Assert.Single(await FirmsText.ReadAsync(
            FirmsText.ViirsApi + "\n36.08123,111.52456,330.1,0.4,0.36,2026-10-12,548,N20,MODIS,n,2.0NRT,290.2,3.25,D"));

        Assert.Equal("instrument-contradicts-satellite: MODIS on N20", line.Reason);
    }

    [Fact]
    public async Task A_row_that_was_cut_off_is_named()
    {
        var row = FirmsText.ModisRow();
        var lines = await FirmsText.ReadAsync(FirmsText.Modis + "\n" + row + "\n" + row[..40]);

        Assert.NotNull(lines[0].Observation);
        Assert.StartsWith("columns-missing", lines[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reason_shows_only_short_printable_text()
    {
        var line = Assert.Single(await FirmsText.ReadAsync(FirmsText.ModisFile(("latitude", "\u0007火" + new string('x', 5000)))));

        Assert.Equal("not-a-number: latitude ????" + new string('x', 36) + "…", line.Reason);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\r\n  \n", "empty")]
    [InlineData("\uFEFF", "empty")]
    [InlineData("<!DOCTYPE html><html><body>504 Gateway Time-out</body></html>", "HTML")]
    [InlineData("  \n <html>", "HTML")]
    [InlineData("Invalid MAP_KEY.", "spent quota")]
    [InlineData("{\"latitude\":36.1}", "lacks")]
    [InlineData("36.08123,111.52456,321.5,1.2,1.1,2026-10-12,0548,T,77,6.1NRT,290.1,12.5,D", "lacks latitude, longitude, acq_date, acq_time, satellite")]
    [InlineData("latitude,longitude,acq_date,satellite\n", "lacks acq_time.")]
    [InlineData("latitude,longitude,acq_date,acq_time,satellite,latitude\n", "twice: latitude")]
    [InlineData("latitude\0,longitude", "NUL")]
    [InlineData("\0\0\0\0\0\0\0\0", "NUL")]
    [InlineData(",,,,\n", "lacks")]
    public async Task What_is_no_firms_csv_is_refused_with_a_reason(string body, string message)
    {
        var refusal = await Assert.ThrowsAsync<UnreadableBodyException>(() => FirmsText.ReadAsync(body));

        Assert.Equal(("not-firms-csv", 400), (refusal.Type, refusal.StatusCode));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_of_thousands_of_columns_is_refused()
    {
        var header = FirmsText.Modis + string.Concat(Enumerable.Range(0, 5000).Select(index => ",c" + index));

        Assert.Equal("not-firms-csv", (await Assert.ThrowsAsync<UnreadableBodyException>(() => FirmsText.ReadAsync(header))).Type);
    }

    [Theory]
    [InlineData(0)]
    [InlineData((byte)'x')]
    [InlineData((byte)',')]
    public async Task A_gigabyte_without_a_line_end_is_refused_at_once(byte filler)
    {
        await using var endless = new GeneratedStream(new byte[1024].Select(_ => filler).ToArray(), times: 1024 * 1024);

        var refusal = await Assert.ThrowsAsync<UnreadableBodyException>(() => FirmsText.ReadAsync(endless));

        Assert.Equal("line-too-long", refusal.Type);
        Assert.True(endless.Served <= 4 * FirmsReader.LongestLineBytes, $"{endless.Served} bytes were read");
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_line_may_have_64_KiB_and_no_byte_more_and_the_rows_before_it_are_read(int more, bool read)
    {
        var row = FirmsText.ModisRow(("version", ""));
        var wide = FirmsText.ModisRow(("version", new string('v', FirmsReader.LongestLineBytes - 1 - row.Length + more))) + "\n";
        var rowsBefore = 0;

        async Task ReadAllAsync()
        {
            var body = new MemoryStream(Encoding.UTF8.GetBytes(FirmsText.ModisFile() + wide + FirmsText.ModisRow()));
            await foreach (var line in FirmsReader.ReadAsync(body, null, false, TestContext.Current.CancellationToken))
            {
                Assert.NotNull(line.Observation);
                rowsBefore++;
            }
        }

        if (read)
        {
            await ReadAllAsync();
            Assert.Equal(3, rowsBefore);
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<UnreadableBodyException>(ReadAllAsync);
            Assert.Equal(("line-too-long", 1), (refusal.Type, rowsBefore));
            Assert.Contains("Line 3", refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A body that exists only as it is read, so that a gigabyte needs no memory.</summary>
    internal sealed class GeneratedStream(byte[] part, long times, byte[]? prefix = null) : Stream
    {
        private readonly byte[] _prefix = prefix ?? [];

        public long Served { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => _prefix.Length + part.Length * times;

        public override long Position
        {
            get => Served;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, Length - Served);
            for (var index = 0; index < count; index++, Served++)
            {
                buffer[index] = Served < _prefix.Length ? _prefix[Served] : part[(Served - _prefix.Length) % part.Length];
            }

            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Task.FromResult(Read(buffer, offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
