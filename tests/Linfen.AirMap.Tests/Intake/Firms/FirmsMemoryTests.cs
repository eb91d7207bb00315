using System.Text;
using Linfen.AirMap.Intake.Firms;
using Linfen.AirMap.Tests.Tables;
using Xunit;

namespace Linfen.AirMap.Tests.Intake.Firms;

[Collection<MeasuredAlone>]
public sealed class FirmsMemoryTests
{
    [Fact]
    public async Task Forty_thousand_rows_are_read_in_flat_memory()
    {
        var row = Encoding.UTF8.GetBytes(FirmsText.ModisRow() + "\n");
        await using var body = new FirmsHostileInputTests.GeneratedStream(row, times: 40_000, prefix: Encoding.UTF8.GetBytes(FirmsText.Modis + "\n"));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rows = 0;
        var farthestAhead = 0L;

        await foreach (var line in FirmsReader.ReadAsync(body, null, false, TestContext.Current.CancellationToken))
        {
            Assert.NotNull(line.Observation);
            rows++;
            farthestAhead = Math.Max(farthestAhead, body.Served - (FirmsText.Modis.Length + 1) - (long)rows * row.Length);
        }

        Assert.Equal(40_000, rows);
        Assert.True(farthestAhead <= 4 * FirmsReader.LongestLineBytes, $"read {farthestAhead} bytes ahead");
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(held < 16 * 1024 * 1024, $"{held} bytes are held after reading");
    }
}
