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
    public async Task Plants_of_a_file_join_the_register_and_the_same_file_changes_nothing()
    {
        var path = ground.Write("plants.geojson", Collection(Plant("一厂", "300", Here), Plant("二厂", "600.5", Here)));
        var before = await ground.StateAsync();
        await ground.ImportAsync("plants", path, dryRun: true);
        Assert.Equal(before, await ground.StateAsync());

        var head = await Server.HeadAsync();
        await ground.ImportAsync("plants", path);

        Assert.Equal(["一厂 300 POINT(111.5 36.1)", "二厂 600.5 POINT(111.5 36.1)"],
            await Server.AskAllAsync("select name || ' ' || (fields->>'capacityMegawatts') || ' ' || st_astext(shape) from airmap.subjects where name in ('一厂', '二厂') order by name collate \"C\""));
        Assert.Equal(["一厂", "二厂"], (await Server.EventsAsync(head)).Where(e => e.Type() == "subject.changed").Select(e => e.GetProperty("data").GetProperty("properties").GetProperty("name").GetString()), StringComparer.Ordinal);

        var after = await ground.StateAsync();
        await ground.ImportAsync("plants", path);
        Assert.Equal(after, await ground.StateAsync());
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
