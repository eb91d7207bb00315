using System.Net;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>What is over leaves the map by itself, though nothing happens.</summary>
public sealed class EndedFireTileTests(MigratedCluster cluster)
{
    [Theory]
    [InlineData("out", null)]
    [InlineData("refuted", "industrial")]
    public async Task A_fire_that_ended_is_drawn_for_seven_days_and_then_only_listed(string verdict, string? reason)
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("ends", server.Now.AddMinutes(-5), place));
        Assert.Equal(HttpStatusCode.OK, (await server.VerdictAsync(fire, verdict, reason)).Status);
        string? tag = null;
        await Until.TrueAsync(
            async () =>
            {
                var tile = await DrawnTile.GetAsync(server, "fires", 12, place);
                tag = tile.ETag;
                return tile.Find("fires", fire.Id())?.Attributes["status"] as string == verdict;
            },
            "the tile shows the verdict");

        server.Clock!.Advance(TimeSpan.FromDays(7));
        Assert.NotNull((await DrawnTile.GetAsync(server, "fires", 12, place)).Find("fires", fire.Id()));

        server.Clock!.Advance(TimeSpan.FromDays(1));
        var later = await DrawnTile.GetAsync(server, "fires", 12, place, tag);
        Assert.NotEqual(HttpStatusCode.NotModified, later.Status);
        Assert.Null(later.Find("fires", fire.Id()));
        Assert.Single(await server.ListAsync("api/fires?status=" + verdict));
    }

    [Fact]
    public async Task How_long_ended_fires_are_drawn_is_a_setting()
    {
        await using var server = await StartAsync("Tiles:EndedDays=0");
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("ends-today", server.Now.AddMinutes(-5), place));
        await server.VerdictAsync(fire, "out");
        await Until.TrueAsync(async () => (await DrawnTile.GetAsync(server, "fires", 12, place)).Find("fires", fire.Id())?.Attributes["status"] as string == "out", "the tile shows the verdict");

        server.Clock!.Advance(TimeSpan.FromDays(1));

        Assert.Null((await DrawnTile.GetAsync(server, "fires", 12, place)).Find("fires", fire.Id()));
    }

    async Task<AirMapServer> StartAsync(params string[] settings) =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), settings);
}
