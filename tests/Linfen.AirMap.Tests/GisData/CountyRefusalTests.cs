using Xunit;

namespace Linfen.AirMap.Tests.GisData;

/// <summary>Boundaries that would break the map are refused, every fault by name, and nothing changes.</summary>
public sealed class CountyRefusalTests(ImportGround ground) : IClassFixture<ImportGround>
{
    [Fact]
    public async Task A_file_without_a_fault_passes_the_check()
    {
        await ground.ImportAsync("counties", ground.Write("good.geojson", new CountyGridFile().ToString()), dryRun: true);
    }

    [Fact]
    public async Task A_polygon_that_crosses_itself_is_named()
    {
        var file = new CountyGridFile();
        file.SetCorners(5, (111.1, 36.1), (111.2, 36.2), (111.2, 36.1), (111.1, 36.2));
        Assert.Equal(["141005: the polygon is not valid"], await FaultsAsync(file));
    }

    [Theory]
    [InlineData(0.00001)]
    [InlineData(0.0003)]
    public async Task A_narrow_gap_between_two_neighbours_is_named_with_its_place(double degrees)
    {
        var file = new CountyGridFile();
        file.MoveCorner(5, 2, -degrees, 0);
        var faults = await FaultsAsync(file);
        Assert.Contains(faults, f => f.StartsWith("141005: gap or overlap with a neighbour near 111.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_overlap_is_named_at_both_neighbours()
    {
        var file = new CountyGridFile();
        file.SetCorners(5, (111.1, 36.1), (111.23, 36.1), (111.23, 36.2), (111.1, 36.2));
        var faults = await FaultsAsync(file);
        Assert.Contains(faults, f => f.StartsWith("141005: gap or overlap", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("141006: gap or overlap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_county_that_is_missing_in_the_middle_is_a_gap()
    {
        var file = new CountyGridFile();
        file.Remove(5);
        Assert.Equal(["gap among the counties around 111.15000, 36.15000"], await FaultsAsync(file));
    }

    [Fact]
    public async Task A_doubled_code_is_named_with_its_count()
    {
        var file = new CountyGridFile();
        file.SetCode(9, "141001");
        file.SetCode(8, "141001");
        Assert.Equal(["code 141001 stands in it 3 times"], await FaultsAsync(file));
    }

    [Fact]
    public async Task All_faults_of_a_file_are_named_at_once()
    {
        var file = new CountyGridFile();
        file.SetCode(1, "临汾");
        file.SetCode(2, null);
        file.SetPoint(3);
        file.SetCorners(4, (511_000, 3_985_000), (520_000, 3_985_000), (520_000, 3_995_000));
        file.SetCorners(5, (111.1, 36.1), (111.2, 36.2), (111.2, 36.1), (111.1, 36.2));
        file.MoveCorner(8, 1, 0.02, 0);
        file.SetCode(9, "141006");

        var faults = await FaultsAsync(file);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "code '临汾' is not six digits", "code '' is not six digits", "141003: the geometry is no polygon",
                "141004: the corners are not in degrees of longitude and latitude", "141005: the polygon is not valid", "code 141006 stands in it 2 times",
            },
            faults.ToHashSet(StringComparer.Ordinal));
        Assert.Contains(faults, f => f.StartsWith("141008: gap or overlap", StringComparison.Ordinal));
        Assert.DoesNotContain(faults, f => f.StartsWith("gap among", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[111,36]}")]
    [InlineData("{\"type\":\"FeatureCollection\"}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[null]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[7]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{}]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"}]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":null,\"geometry\":null}]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"141001\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]}}]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"141001\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]]]}}]}")]
    [InlineData("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"141001\"},\"geometry\":{\"type\":\"Blob\"}}]}")]
    [InlineData("\u001f\u008b\u0008\0\0")]
    public async Task What_is_no_GeoJSON_of_counties_is_refused_with_the_name_of_the_file(string text)
    {
        var said = await ground.RefusalAsync("counties", ground.Write("other.geojson", text));
        Assert.Contains("other.geojson", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_folder_are_refused()
    {
        Assert.Contains("nowhere.geojson", await ground.RefusalAsync("counties", "nowhere.geojson"), StringComparison.Ordinal);
        Assert.Contains("nowhere.geojson", await ground.RefusalAsync("counties", "nowhere.geojson", dryRun: true), StringComparison.Ordinal);
        await ground.RefusalAsync("counties", Path.GetTempPath());
    }

    [Fact]
    public async Task What_cannot_be_imported_is_answered_with_what_can()
    {
        var said = await ground.RefusalAsync("rivers", ground.Write("rivers.geojson", "{}"));
        Assert.Contains("counties, zones, parameters, firms, plants, boilers, sites", said, StringComparison.Ordinal);
    }

    /// <summary>What is said of the file, whether it is only checked or to be taken, line by line.</summary>
    async Task<List<string>> FaultsAsync(CountyGridFile file)
    {
        var path = ground.Write("spoiled.geojson", file.ToString());
        var said = await ground.RefusalAsync("counties", path);
        Assert.Equal(said, await ground.RefusalAsync("counties", path, dryRun: true));
        var lines = said.Split('\n');
        Assert.Equal("spoiled.geojson was not taken:", lines[0]);
        return [.. lines.Skip(1).Select(l => l[2..])];
    }
}
