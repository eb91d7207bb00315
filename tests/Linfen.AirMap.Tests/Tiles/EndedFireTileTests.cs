using System.Globalization;
using System.Net;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.HeatSources;
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
    public async Task A_fire_that_a_heat_source_explains_is_told_apart_and_one_that_went_on_in_another_is_not_drawn()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var flare = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-5), place));
        var field = server.Places.NextIn(server.Places.CountyOf(place)!);
        var straw = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-5), field));
        var beside = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-4), FreshPlaces.EastOf(field, 3_000)));
        await server.VerdictAsync(beside, "confirmed");
        Assert.Equal(HttpStatusCode.OK, (await server.PostAsync($"api/fires/{straw.Id()}/merge", $$"""{"with":"{{beside.Id()}}"}""")).Status);

        await Until.TrueAsync(async () => (await DrawnTile.GetAsync(server, "fires", 12, field)).Find("fires", beside.Id()) is null, "what went on in another is not drawn");
        Assert.Equal(true, (await DrawnTile.GetAsync(server, "fires", 12, place)).Find("fires", flare.Id())!.Attributes["attributed"]);
        Assert.DoesNotContain("attributed", (await DrawnTile.GetAsync(server, "fires", 12, field)).Find("fires", straw.Id())!.Names(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Of_ended_fires_that_would_hide_each_other_one_is_drawn_far_out_and_each_of_them_near_and_what_burns_is_always_drawn()
    {
        await using var server = await StartAsync();
        // The same height, and these shares of a cell of the grid into it.
        const double Cell = 360.0 / 64 / (1 << 7);
        LonLat At(double cells) => new((Math.Floor(111.5 / Cell) + cells) * Cell, 36.1);
        var (first, second, place, apart) = (At(0.1), At(0.5), At(0.9), At(1.5));
        var burning = (await server.FireOfAsync(new("burns", server.Now.AddMinutes(-5), place))).Id();
        var ended = new List<string>();
        foreach (var (name, where) in new[] { ("first", first), ("second", second), ("apart", apart) })
        {
            var fire = await server.FireOfAsync(new(name, server.Now.AddMinutes(-5 + ended.Count), where));
            await server.VerdictAsync(fire, "out");
            ended.Add(fire.Id());
        }

        await Until.TrueAsync(
            async () => (await DrawnTile.GetAsync(server, "fires", 7, place)).Features("fires").Count(f => f.Attributes["status"] as string == "out") is 2,
            "two signs stand for the three");
        var far = await DrawnTile.GetAsync(server, "fires", 7, place);
        Assert.NotNull(far.Find("fires", burning));
        Assert.Equal(2, Convert.ToInt32(far.Find("fires", ended[1])!.Attributes["count"], CultureInfo.InvariantCulture));
        Assert.NotNull(far.Find("fires", ended[2]));
        foreach (var (fire, where) in new[] { (burning, place), (ended[0], first), (ended[1], second), (ended[2], apart) })
        {
            Assert.Equal(1, Convert.ToInt32((await DrawnTile.GetAsync(server, "fires", 12, where)).Find("fires", fire)!.Attributes["count"], CultureInfo.InvariantCulture));
        }
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
