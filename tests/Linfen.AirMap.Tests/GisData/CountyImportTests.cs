using System.Text.Json.Nodes;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.GisData;

public sealed class CountyImportTests(ImportGround ground) : IClassFixture<ImportGround>
{
    AirMapServer Server => ground.Server;

    [Fact]
    public async Task A_dry_run_of_the_shipped_file_finds_no_fault_and_changes_nothing()
    {
        var before = await ground.StateAsync();
        await ground.ImportAsync("counties", Checkout.File("gis-data", "counties.geojson"), dryRun: true);
        Assert.Equal(before, await ground.StateAsync());
    }

    [Fact]
    public async Task An_import_is_one_event_and_a_running_server_answers_by_the_new_boundaries_at_once()
    {
        // The two counties exchange their code and name, so a place moves from one to the other.
        var shipped = JsonNode.Parse(await File.ReadAllTextAsync(Checkout.File("gis-data", "counties.geojson"), TestContext.Current.CancellationToken))!;
        var properties = shipped["features"]!.AsArray().Select(f => f!["properties"]!).Where(p => (string)p["code"]! is "141002" or "141021").ToList();
        foreach (var name in new[] { "code", "name" })
        {
            (properties[0][name], properties[1][name]) = ((string)properties[1][name]!, (string)properties[0][name]!);
        }

        var place = Server.Places.NextIn("141002");
        await using var map = await LiveMap.OpenAsync(Server);
        var before = await TagAsync();
        var head = await Server.HeadAsync();
        Assert.Equal("141002", (await Server.FireOfAsync(new("before", Server.Now.AddMinutes(-5), place))).Text("county"));

        await ground.ImportAsync("counties", ground.Write("exchanged.geojson", shipped.ToJsonString()));

        var logged = (await Server.EventsAsync(head)).Single(e => e.Type() == "counties.imported");
        Assert.Equal(17, logged.GetProperty("data").GetProperty("counties").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, logged.GetProperty("county").ValueKind);
        await map.RingForAsync(logged.GetProperty("seq").GetInt64());
        // Who asks after the ring gets the new boundaries, under a new tag.
        var features = (await Server.OneAsync("api/counties")).GetProperty("features").EnumerateArray().ToList();
        var there = features.Single(f => f.Text("code") == "141021");
        Assert.NotEqual(before, await TagAsync(), StringComparer.Ordinal);
        Assert.InRange(Math.Abs(there.Property("label")[0].GetDouble() - place.Lon), 0, 0.5);
        Assert.Equal("141021", (await Server.FireOfAsync(new("after", Server.Now.AddMinutes(-5), Nearby(place)))).Text("county"));
        Assert.Equal(17, await Server.AskAsync<long>("select count(*) from airmap.counties"));
    }

    static Geo.LonLat Nearby(Geo.LonLat place) => FreshPlaces.EastOf(place, 2_500);

    async Task<string?> TagAsync()
    {
        using var answer = await Server.Client.GetAsync(new Uri("api/counties", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.Headers.ETag?.ToString();
    }
}
