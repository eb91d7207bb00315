using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Hosting;
using Linfen.AirMap.Tiles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

/// <summary>Every door says whom it lets in; the test walks all that the server has.</summary>
public sealed class DoorTests(HostedCity city) : IClassFixture<HostedCity>
{
    static List<string> WithoutPolicy(IEnumerable<RouteEndpoint> routes) =>
        [.. routes.Where(r => r.Metadata.GetMetadata<OpenDoor>() is null && r.Metadata.GetOrderedMetadata<IAuthorizeData>().All(a => string.IsNullOrEmpty(a.Policy))).Select(r => r.RoutePattern.RawText!)];

    [Fact]
    public void Every_endpoint_and_the_hub_say_what_they_ask_for()
    {
        Assert.Empty(WithoutPolicy(city.Server.Routes));
        Assert.True(city.Server.Routes.Count > 80, $"only {city.Server.Routes.Count} routes were looked at");
        Assert.All(city.Server.Routes.Select(r => r.Metadata.GetMetadata<OpenDoor>()).OfType<OpenDoor>(), door => Assert.True(door.Reason.Length >= 8, door.Reason));
    }

    [Fact]
    public void An_endpoint_that_says_nothing_is_reported()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/silent", () => "").WithSummary("Says nothing of who may come");
        app.MapGet("/said", () => "").Needs(Permission.View);
        app.MapGet("/open", () => "").Open("for this test");

        Assert.Equal(["/silent"], WithoutPolicy(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()));
    }

    [Fact]
    public void Every_layer_of_tiles_says_what_it_asks_for() =>
        Assert.Equal(TileSql.Layers.Order(StringComparer.Ordinal), TileSql.Needs.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Only_what_is_public_by_decree_is_open() => Assert.Equal(
        [
            "/api/counties", "/api/kiosks", "/api/kiosks/claim", "/api/session", "/api/session/oidc", "/api/zones",
            "/docs", "/health/live", "/health/ready", "/openapi/{documentName}.json", "/tiles/{layers}", "/tiles/{layers}/{z:int}/{x:int}/{y:int}.mvt",
        ],
        city.Server.Routes.Where(r => r.Metadata.GetMetadata<OpenDoor>() is not null).Select(r => "/" + r.RoutePattern.RawText!.Trim('/'))
            .Select(p => p.StartsWith("/docs", StringComparison.Ordinal) ? "/docs" : p == "/" ? "" : p).Where(p => p.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList());
}
