using System.Net;
using Linfen.AirMap.Events;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>Kept tiles save work and are never old.</summary>
public sealed class TileFreshnessTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    [Fact]
    public async Task The_very_first_tile_has_a_tag_and_the_same_tag_answers_304()
    {
        var place = Server.FreshPlace();
        foreach (var layers in new[] { "counties", "fires", "counties,fires,violations" })
        {
            var first = await DrawnTile.GetAsync(Server, layers, 9, place);
            Assert.NotNull(first.ETag);
            Assert.Equal(HttpStatusCode.NotModified, (await DrawnTile.GetAsync(Server, layers, 9, place, first.ETag)).Status);
            Assert.Equal(HttpStatusCode.NotModified, (await DrawnTile.GetAsync(Server, layers, 9, place, $"\"other\", W/{first.ETag}")).Status);
            Assert.NotEqual(HttpStatusCode.NotModified, (await DrawnTile.GetAsync(Server, layers, 9, place, "\"other\"")).Status);
        }
    }

    [Fact]
    public async Task A_tag_changes_only_when_a_layer_of_the_tile_changed()
    {
        var place = Server.FreshPlace();
        await SettleAsync(place, "first-of-all");
        var before = await TagsAsync(place);

        var fire = await Server.FireOfAsync(new("opens", Server.Now.AddMinutes(-5), place));
        await Until.TrueAsync(async () => (await TagsAsync(place)).Violations != before.Violations, "the tag of violations changes");
        var opened = await TagsAsync(place);
        Assert.Equal(before.Counties, opened.Counties);
        Assert.NotEqual(before.Fires, opened.Fires, StringComparer.Ordinal);

        Assert.Equal(fire.Id(), (await Server.FireOfAsync(new("joins", Server.Now.AddMinutes(-4), place))).Id());
        await Until.TrueAsync(async () => (await TagsAsync(place)).Fires != opened.Fires, "the tag of fires changes");
        var joined = await TagsAsync(place);
        Assert.Equal((opened.Counties, opened.Violations), (joined.Counties, joined.Violations));

        Assert.Equal(joined, await TagsAsync(place));
    }

    [Fact]
    public async Task A_tile_asked_for_after_a_Changed_message_shows_what_that_message_told_of()
    {
        var place = Server.FreshPlace();
        var told = System.Threading.Channels.Channel.CreateUnbounded<long>();
        await using var hub = new HubConnectionBuilder().WithUrl(
            new Uri(Server.Client.BaseAddress!, "hubs/live"), options => options.Headers["Authorization"] = "Bearer " + Server.Key).Build();
        hub.On<Changed>("Changed", changed => told.Writer.TryWrite(changed.Last));
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync("Watch", new WatchRequest(null), TestContext.Current.CancellationToken);

        for (var i = 1; i <= 40; i++)
        {
            // Somebody else keeps the cache warm with the tile as it was.
            await DrawnTile.GetAsync(Server, "fires", 12, place);
            await Server.ReportAsync(new Sighting($"again-{i}", Server.Now.AddMinutes(-5), place));
            var head = await Server.HeadAsync();
            while (await told.Reader.ReadAsync(TestContext.Current.CancellationToken) < head)
            {
            }

            var fire = Assert.Single((await DrawnTile.GetAsync(Server, "fires", 12, place)).OwnPoints("fires"),
                f => Geodesic.DistanceMetres(place, new(f.Geometry.Coordinate.X, f.Geometry.Coordinate.Y)) < 100);
            Assert.Equal(i, Convert.ToInt32(fire.Attributes["detections"], System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Readers_of_a_changing_tile_never_see_it_step_back()
    {
        var place = Server.FreshPlace();
        var told = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = new List<long>();
            while (!told.IsCancellationRequested)
            {
                var tile = await DrawnTile.GetAsync(Server, "fires", 13, place);
                seen.Add(tile.OwnPoints("fires").Sum(f => Convert.ToInt64(f.Attributes["detections"], System.Globalization.CultureInfo.InvariantCulture)));
            }

            return seen;
        })).ToList();
        for (var i = 0; i < 50; i++)
        {
            await Server.ReportAsync(new Sighting($"growing-{i}", Server.Now.AddMinutes(-5), place));
        }

        await told.CancelAsync();
        Assert.All(await Task.WhenAll(readers), seen => Assert.Equal(seen.Order(), seen));
        told.Dispose();
    }

    [Fact]
    public async Task An_empty_tile_is_204_and_has_a_tag_too()
    {
        var tile = await DrawnTile.GetAsync(Server, "counties,fires,violations", 10, new(-60, -30));
        Assert.Equal(HttpStatusCode.NoContent, tile.Status);
        Assert.Equal(HttpStatusCode.NotModified, (await DrawnTile.GetAsync(Server, "counties,fires,violations", 10, new(-60, -30), tile.ETag)).Status);
    }

    async Task SettleAsync(LonLat place, string id)
    {
        var before = await TagsAsync(place);
        await Server.ReportAsync(new Sighting(id, Server.Now.AddDays(-3), Server.FreshPlace()));
        await Until.TrueAsync(async () => (await TagsAsync(place)).Fires != before.Fires, "the log is heard");
    }

    async Task<(string? Counties, string? Fires, string? Violations)> TagsAsync(LonLat place) => (
        (await DrawnTile.GetAsync(Server, "counties", 10, place)).ETag,
        (await DrawnTile.GetAsync(Server, "fires", 10, place)).ETag,
        (await DrawnTile.GetAsync(Server, "violations", 10, place)).ETag);
}
