using Linfen.AirMap.Tests.GisData;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Zones;

/// <summary>Zones come by the import command too, beside a running server.</summary>
public sealed class ZoneFileTests(ImportGround ground) : IClassFixture<ImportGround>
{
    const string File = """
        {"type":"FeatureCollection","features":[{"type":"Feature",
         "properties":{"kind":"coalFree","name":"文件导入","documentNumber":"临政办〔2025〕3号","effectiveFrom":"2025-01-01"},
         "geometry":{"type":"Polygon","coordinates":[[[111.5,36.1],[111.52,36.1],[111.52,36.12],[111.5,36.12],[111.5,36.1]]]}}]}
        """;

    [Fact]
    public async Task A_file_of_zones_is_law_in_a_running_server_and_the_same_file_changes_nothing()
    {
        var boiler = await ground.Server.AddBoilerAsync(new(111.51, 36.11));
        var before = await ground.Server.OpenRulesAsync(boiler);
        var path = ground.Write("zones.geojson", File);
        await ground.ImportAsync("zones", path, dryRun: true);
        Assert.Empty(await ground.Server.ZoneIdsAsync("kind=coalFree"));

        await ground.ImportAsync("zones", path);

        Assert.Equal([.. before, "A20.CoalFacility"], await ground.Server.OpenRulesAsync(boiler), StringComparer.Ordinal);
        Assert.Single(await ground.Server.ZoneIdsAsync("kind=coalFree"));
        var head = await ground.Server.HeadAsync();
        await ground.ImportAsync("zones", path);
        Assert.Equal(head, await ground.Server.HeadAsync());
        Assert.Contains("FeatureCollection", await ground.RefusalAsync("zones", ground.Write("broken.geojson", "{")), StringComparison.Ordinal);
    }
}
