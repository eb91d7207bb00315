using System.Text.Json.Nodes;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.GisData;

/// <summary>Plants and parameters come by file like the counties.</summary>
public sealed class RegisterImportTests(ImportGround ground) : IClassFixture<ImportGround>
{
    const string Feature = """{"type":"Feature","properties":{"name":"NAME","capacityMegawatts":CAPACITY,"source":"test"},"geometry":GEOMETRY}""";

    const string Here = """{"type":"Point","coordinates":[111.5,36.1]}""";

    AirMapServer Server => ground.Server;

    [Fact]
    public async Task Plants_are_replaced_as_a_whole_with_one_event()
    {
        var path = ground.Write("plants.geojson", Collection(Plant("一厂", "300", Here), Plant("二厂", "600.5", Here)));
        var before = await ground.StateAsync();
        await ground.ImportAsync("plants", path, dryRun: true);
        Assert.Equal(before, await ground.StateAsync());

        var head = await Server.HeadAsync();
        await ground.ImportAsync("plants", path);

        Assert.Equal(["一厂 300 POINT(111.5 36.1)", "二厂 600.5 POINT(111.5 36.1)"],
            await Server.AskAllAsync("select name || ' ' || capacity_megawatts || ' ' || st_astext(position) from airmap.plants order by name collate \"C\""));
        var logged = Assert.Single(await Server.EventsAsync(head), e => e.Type() == "subject.changed");
        Assert.Equal("plants", logged.GetProperty("data").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task All_faults_of_plants_are_named_at_once()
    {
        var said = await ground.RefusalAsync("plants", ground.Write("bad-plants.geojson", Collection(
            Plant("一厂", "300", Here), Plant("一厂", "300", Here), Plant("无", "\"many\"", Here), Plant("面", "1", "null"), Plant("远", "1", """{"type":"Point","coordinates":[511000,3985000]}"""))));
        foreach (var part in new[] { "bad-plants.geojson", "一厂 stands in it 2 times", "plant 3 (无)", "plant 4 (面)", "plant 5 (远)" })
        {
            Assert.Contains(part, said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task New_parameters_are_in_force_in_a_running_server_without_a_restart()
    {
        var shipped = JsonNode.Parse(await File.ReadAllTextAsync(Checkout.File("gis-data", "parameters.json"), TestContext.Current.CancellationToken))!;
        var parameter = shipped["parameters"]![0]!;
        var code = (string)parameter["code"]!;
        parameter["values"]![0]!["citation"] = "a new ground";
        var path = ground.Write("parameters.json", shipped.ToJsonString());
        var before = await ground.StateAsync();
        await ground.ImportAsync("parameters", path, dryRun: true);
        Assert.Equal(before, await ground.StateAsync());

        var head = await Server.HeadAsync();
        await ground.ImportAsync("parameters", path);

        Assert.Single(await Server.EventsAsync(head), e => e.Type() == "parameter.changed");
        await Until.TrueAsync(async () => await CitationAsync(code) == "a new ground", "the parameters are read again");
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("{}")]
    [InlineData("{\"parameters\":[{\"code\":\"X\"}]}")]
    [InlineData("{\"parameters\":[{\"code\":\"X\",\"unit\":\"h\",\"title\":\"x\",\"citation\":\"y\",\"values\":[{\"effectiveFrom\":\"soon\",\"value\":1,\"citation\":\"z\"}]}]}")]
    public async Task Parameters_that_cannot_be_law_are_refused(string text) =>
        Assert.Contains("law.json", await ground.RefusalAsync("parameters", ground.Write("law.json", text)), StringComparison.Ordinal);

    async Task<string?> CitationAsync(string code) => (await Server.OneAsync("api/parameters")).GetProperty("parameters").EnumerateArray()
        .Single(p => p.GetProperty("code").GetString() == code).GetProperty("values")[0].GetProperty("citation").GetString();

    static string Plant(string name, string capacity, string geometry) => Feature.Replace("NAME", name, StringComparison.Ordinal)
        .Replace("CAPACITY", capacity, StringComparison.Ordinal).Replace("GEOMETRY", geometry, StringComparison.Ordinal);

    static string Collection(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";
}
