using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Air;

/// <summary>A41.Station: a township station is online and delivers; parks along the Fen have one that is.</summary>
public sealed class StationSilenceTests(MigratedCluster cluster)
{
    /// <summary>As shipped.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromHours(24);

    async Task<AirMapServer> StartAsync() => await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    static Task<JsonElement> TownshipAsync(AirMapServer server, bool? online = true) =>
        server.StationAsync(server.Places.NextIn("141028"), ("kind", "township"), ("online", online), ("installedOn", "2024-01-01"));

    [Fact]
    public async Task A_station_is_silent_only_after_the_limit_and_data_end_it_at_their_own_time()
    {
        await using var server = await StartAsync();
        var station = await TownshipAsync(server);
        // Without any data yet it has been silent since it was installed.
        Assert.Equal(["A41.Station"], await server.OpenRulesAsync(station));
        await server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", AirMapServer.Morning, 30));
        Assert.Empty(await server.OpenRulesAsync(station));

        server.Clock!.Advance(Limit);
        await server.JudgeAsync();
        Assert.Empty(await server.OpenRulesAsync(station));

        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await server.JudgeAsync();
        Assert.Equal(["A41.Station"], await server.OpenRulesAsync(station));
        var violation = Assert.Single(await server.ListAsync("api/violations?rule=A41.Station&status=open"));
        Assert.InRange(violation.Time("openedAt"), AirMapServer.Morning + Limit, AirMapServer.Morning + Limit + TimeSpan.FromMilliseconds(1));

        server.Clock.Advance(TimeSpan.FromHours(3));
        var back = AirMapServer.Morning + Limit + TimeSpan.FromHours(2);
        await server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", back, 30));
        Assert.Empty(await server.OpenRulesAsync(station));
        Assert.Equal(back, (await server.OneAsync($"api/violations/{violation.Id()}")).Time("closedAt"));
    }

    [Fact]
    public async Task Late_values_of_the_past_do_not_end_a_silence()
    {
        await using var server = await StartAsync();
        var station = await TownshipAsync(server);
        await server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", AirMapServer.Morning, 30));
        server.Clock!.Advance(Limit + TimeSpan.FromHours(1));
        await server.JudgeAsync();
        Assert.Equal(["A41.Station"], await server.OpenRulesAsync(station));

        await server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", AirMapServer.Morning.AddHours(-6), 31));

        Assert.Equal(["A41.Station"], await server.OpenRulesAsync(station));
    }

    [Fact]
    public async Task A_station_that_is_not_online_violates_however_it_delivers()
    {
        await using var server = await StartAsync();
        var station = await TownshipAsync(server, online: false);
        await server.SendAsync(AirCalls.Value(station.Code(), "PM2.5", AirMapServer.Morning, 30));
        Assert.Equal(["A41.Station"], await server.OpenRulesAsync(station));

        await server.ChangeAsync("stations", station, ("online", true));

        Assert.Empty(await server.OpenRulesAsync(station));
    }

    [Fact]
    public async Task A_park_along_the_Fen_needs_a_station_that_is_online_and_one_elsewhere_none()
    {
        await using var server = await StartAsync();
        var (along, off) = (server.Places.NextIn("141024"), server.Places.NextIn("141028"));
        var park = await server.AddAsync("parks", new { name = "洪洞园区", lon = along.Lon, lat = along.Lat });
        var other = await server.AddAsync("parks", new { name = "吉县园区", lon = off.Lon, lat = off.Lat });
        Assert.Equal(["A41.Station"], await server.OpenRulesAsync(park));
        Assert.Empty(await server.OpenRulesAsync(other));

        var station = await server.StationAsync(along, ("kind", "park"), ("online", true), ("parkId", park.Key()));
        Assert.Empty(await server.OpenRulesAsync(park));

        await server.ChangeAsync("stations", station, ("online", false));
        Assert.Equal(["A41.Station"], await server.OpenRulesAsync(park));
    }
}
