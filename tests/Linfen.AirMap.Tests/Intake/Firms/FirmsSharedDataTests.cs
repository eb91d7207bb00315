using Linfen.AirMap.Intake;
using Xunit;

namespace Linfen.AirMap.Tests.Intake.Firms;

/// <summary>Files that nobody on this project wrote; a fresh clone does not have them.</summary>
public sealed class FirmsSharedDataTests
{
    [Theory]
    [InlineData("modis_nrt_north_china_2021-2023.csv", 4318)]
    [InlineData("modis_nrt_global24h_2022-05-26T0517Z.csv", 6183)]
    [InlineData("modis_nrt_global24h_2022-05-26T0617Z.csv", 6471)]
    [InlineData("viirs_noaa_nrt_2024-04-24T0601Z.csv", 396)]
    [InlineData("viirs_country_api_sample_MEX_2023-06-12.csv", 4)]
    [InlineData("viirs_snpp_archive_sample.csv", 8)]
    public async Task Every_row_of_a_real_file_is_read_and_has_its_own_identity(string file, int rows)
    {
        var lines = await ReadAsync(file);

        Assert.Equal(rows, lines.Count);
        Assert.DoesNotContain(lines, line => line.Reason is not null);
        Assert.Equal(rows, lines.Select(line => line.Observation!.DetectionId).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(2, rows).Select(line => (long)line), lines.Select(line => line.Line));
        Assert.All(lines, line => Assert.InRange(line.Observation!.RadiusMetres, 200, 3000));
        Assert.All(lines, line => Assert.InRange(line.Observation!.Confidence ?? -1, 0, 1));
    }

    [Fact]
    public async Task Two_files_an_hour_apart_share_the_rows_that_stand_in_both()
    {
        var earlier = await ReadAsync("modis_nrt_global24h_2022-05-26T0517Z.csv");
        var later = await ReadAsync("modis_nrt_global24h_2022-05-26T0617Z.csv");
        var shared = File.ReadLines(PathOf("modis_nrt_global24h_2022-05-26T0517Z.csv")).Skip(1)
            .Intersect(File.ReadLines(PathOf("modis_nrt_global24h_2022-05-26T0617Z.csv")), StringComparer.Ordinal).Count();

        var both = earlier.Select(line => line.Observation!.DetectionId)
            .Intersect(later.Select(line => line.Observation!.DetectionId), StringComparer.Ordinal).Count();

        Assert.True(shared > 5000);
        Assert.Equal(shared, both);
    }

    [Fact]
    public async Task The_unpadded_times_of_the_country_api_are_minutes_past_the_hour()
    {
        var lines = await ReadAsync("viirs_country_api_sample_MEX_2023-06-12.csv");

        Assert.Equal(["06:59", "06:59", "06:59", "07:48"], lines.Select(line => line.Observation!.OccurredAt.ToString("HH:mm")), StringComparer.Ordinal);
        Assert.Equal(["N20", "N20", "N20", "SNPP"], lines.Select(line => line.Observation!.Instrument), StringComparer.Ordinal);
    }

    private static async Task<List<IntakeLine>> ReadAsync(string file)
    {
        await using var body = File.OpenRead(PathOf(file));
        return await FirmsText.ReadAsync(body);
    }

    private static string PathOf(string file)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Linfen.AirMap.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine(root?.FullName ?? ".", "..", "shared", "data", "firms", file);
        Assert.SkipUnless(File.Exists(path), "../shared/data/firms is not there: the real satellite files are not part of the repository.");
        return path;
    }
}
