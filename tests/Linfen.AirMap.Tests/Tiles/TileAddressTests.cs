using System.Net;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

public sealed class TileAddressTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    [Theory]
    [InlineData("tiles/rivers/8/207/99.mvt")]
    [InlineData("tiles/fires,rivers/8/207/99.mvt")]
    [InlineData("tiles/fires,fires/8/207/99.mvt")]
    [InlineData("tiles/fires,/8/207/99.mvt")]
    [InlineData("tiles/Fires/8/207/99.mvt")]
    [InlineData("tiles/fires/17/0/0.mvt")]
    [InlineData("tiles/fires/-1/0/0.mvt")]
    [InlineData("tiles/fires/99/0/0.mvt")]
    [InlineData("tiles/fires/8/256/0.mvt")]
    [InlineData("tiles/fires/8/0/256.mvt")]
    [InlineData("tiles/fires/8/-1/0.mvt")]
    [InlineData("tiles/fires/8/0/-1.mvt")]
    [InlineData("tiles/fires/0/0/2147483647.mvt")]
    [InlineData("tiles/fires/0/0/99999999999999.mvt")]
    [InlineData("tiles/fires/8/a/0.mvt")]
    [InlineData("tiles/fires/8/0/0.pbf")]
    [InlineData("tiles/rivers")]
    [InlineData("tiles/fires';select")]
    [InlineData("tiles")]
    public async Task What_is_no_tile_is_404(string path) => (await Server.GetAsync(path)).IsProblem(404, "not-found");

    [Theory]
    [InlineData("a")]
    [InlineData("a136")]
    [InlineData("A36")]
    [InlineData("a36;drop")]
    [InlineData("severe")]
    [InlineData("county:14102")]
    [InlineData("county:14102x")]
    [InlineData("closed")]
    public async Task What_is_no_filter_is_refused(string filter) => (await Server.GetAsync($"tiles/violations/8/207/99.mvt?f={Uri.EscapeDataString(filter)}")).IsProblem(400, "query-invalid");

    [Fact]
    public async Task A_filter_of_endless_parts_is_refused() =>
        (await Server.GetAsync("tiles/violations/8/207/99.mvt?f=" + string.Join(',', Enumerable.Range(0, 41).Select(n => $"county:{141_000 + n}")))).IsProblem(400, "query-invalid");

    [Theory]
    [InlineData("tiles/counties,fires,violations/0/0/0.mvt")]
    [InlineData("tiles/violations,counties/16/65535/65535.mvt")]
    public async Task The_corners_of_the_pyramid_are_tiles(string path) =>
        Assert.Contains((await Server.GetAsync(path)).Status, new[] { HttpStatusCode.OK, HttpStatusCode.NoContent });

    [Fact]
    public async Task TileJSON_names_addresses_bounds_zooms_and_fields()
    {
        var json = await Server.OneAsync("tiles/counties,fires,violations");

        Assert.Equal("3.0.0", json.GetProperty("tilejson").GetString());
        Assert.Equal($"{Server.Client.BaseAddress}tiles/counties,fires,violations/{{z}}/{{x}}/{{y}}.mvt", json.GetProperty("tiles")[0].GetString());
        Assert.Equal((0, 16), (json.GetProperty("minzoom").GetInt32(), json.GetProperty("maxzoom").GetInt32()));
        var bounds = json.GetProperty("bounds").EnumerateArray().Select(b => b.GetDouble()).ToArray();
        Assert.True(bounds[0] is > 110 and < 111 && bounds[1] is > 35 and < 36 && bounds[2] is > 112 and < 113 && bounds[3] is > 36 and < 37.5, string.Join(' ', bounds));
        var layers = json.GetProperty("vector_layers").EnumerateArray().ToDictionary(l => l.GetProperty("id").GetString()!, Fields, StringComparer.Ordinal);
        Assert.Equal(["code", "name"], layers["counties"]);
        Assert.Equal(["attributed", "count", "county", "detections", "first_seen", "id", "last_seen", "radius_m", "simulated", "status"], layers["fires"]);
        Assert.Equal(["article", "count", "county", "critical", "due_at", "id", "kind", "opened_at", "ordinary", "rule", "serious", "severity", "simulated"], layers["violations"]);
    }

    [Fact]
    public async Task TileJSON_of_one_layer_names_only_that() =>
        Assert.Equal("fires", Assert.Single((await Server.OneAsync("tiles/fires")).GetProperty("vector_layers").EnumerateArray()).GetProperty("id").GetString());

    static IReadOnlyList<string> Fields(JsonElement layer) => [.. layer.GetProperty("fields").EnumerateObject().Select(f => f.Name).Order(StringComparer.Ordinal)];
}
