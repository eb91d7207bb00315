using System.Globalization;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Dust;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NetTopologySuite.Features;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>Dust monitors on the map by what they really sent, by the clock that everyone has.</summary>
public sealed class MonitorTileTests(MigratedCluster cluster)
{
    const int Zoom = 12;

    static async Task<(string Id, string Mn, LonLat Place)> MonitorAsync(AirMapServer server)
    {
        var place = server.Places.NextIn("141024");
        var (_, monitor, mn) = await server.MonitorAsync(("lon", place.Lon), ("lat", place.Lat));
        return (monitor.GetProperty("id").GetString()!, mn, place);
    }

    static async Task SendAsync(AirMapServer server, string mn, int minutes, Func<int, string> factors)
    {
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        var now = server.Now;
        for (var ago = minutes - 1; ago >= 0; ago--)
        {
            await device.SendAsync(DustCalls.Frame(DustCalls.Segment(mn, now.AddMinutes(-ago), factors(ago))));
            Assert.NotNull(await device.AnswerAsync());
        }
    }

    static async Task<IFeature> DrawnAsync(AirMapServer server, (string Id, string Mn, LonLat Place) monitor, string state)
    {
        await Until.TrueAsync(async () => (await DrawnTile.GetAsync(server, "monitors", Zoom, monitor.Place)).Find("monitors", monitor.Id)?.Attributes["state"] as string == state, $"the monitor is {state}");
        return (await DrawnTile.GetAsync(server, "monitors", Zoom, monitor.Place)).Find("monitors", monitor.Id)!;
    }

    [Fact]
    public async Task A_monitor_is_silent_then_ok_then_doubted_and_above_its_limit_as_its_data_are()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null, "Hj212:EventSeconds=0");
        var (good, doubted, dusty) = (await MonitorAsync(server), await MonitorAsync(server), await MonitorAsync(server));
        await DrawnAsync(server, good, "silent");

        await SendAsync(server, good.Mn, 3, ago => string.Create(CultureInfo.InvariantCulture, $"a34001-Rtd={181 + ago},a34001-Flag=N;a34002-Rtd={63 + ago},a34002-Flag=N"));
        var drawn = await DrawnAsync(server, good, "ok");
        Assert.Equal((181, 63), (Convert.ToInt32(drawn.Attributes["tsp"], CultureInfo.InvariantCulture), Convert.ToInt32(drawn.Attributes["pm10"], CultureInfo.InvariantCulture)));

        await SendAsync(server, doubted.Mn, 3, _ => "a34001-Rtd=1500,a34001-Flag=C");
        await DrawnAsync(server, doubted, "suspect");

        await SendAsync(server, dusty.Mn, 60, ago => string.Create(CultureInfo.InvariantCulture, $"a34001-Rtd={1000 + ago % 5},a34001-Flag=N"));
        await server.Services.GetRequiredService<DustClock>().TickAsync(CancellationToken.None);
        Assert.Equal("serious", (await DrawnAsync(server, dusty, "exceeding")).Attributes["severity"]);
    }

    [Fact]
    public async Task Far_out_monitors_are_counted_as_other_entries_are()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        var monitor = await MonitorAsync(server);
        await Until.TrueAsync(async () => (await DrawnTile.GetAsync(server, "monitors", 9, monitor.Place)).OwnPoints("monitors").Any(), "the monitor is counted");
        Assert.All((await DrawnTile.GetAsync(server, "monitors", 9, monitor.Place)).OwnPoints("monitors"), f => Assert.False(f.Attributes.Exists("id")));
    }
}
