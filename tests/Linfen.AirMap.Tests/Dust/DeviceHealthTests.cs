using System.Text.Json;
using Linfen.AirMap.Dust;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Faults of devices stand in their own list with their own events, and accuse nobody; a dusty site is told all the same.</summary>
public sealed class DeviceHealthTests(MigratedCluster cluster)
{
    Task<AirMapServer> StartAsync(string database, DateTimeOffset? at = null) => AirMapServer.StartAsync(cluster, database, new FakeTimeProvider(at ?? AirMapServer.Morning));

    async Task<AirMapServer> StartAsync() => await StartAsync(await cluster.CreateDatabaseAsync());

    static Task TickAsync(AirMapServer server) => server.Services.GetRequiredService<DeviceClock>().TickAsync(CancellationToken.None);

    static Task<List<string>> ToldAsync(AirMapServer server, JsonElement monitor) =>
        server.AskAllAsync($"select type from airmap.events where type like 'monitor.%' and subject_id = '{monitor.GetProperty("id").GetString()}' order by seq");

    [Fact]
    public async Task A_spark_in_the_sensor_is_no_exceedance_and_stands_in_the_health_list()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        await server.SendMinutesAsync(mn, 60, ago => DustCalls.Tsp(ago % 12 == 5 ? 19_000 : 100)(ago));
        await server.JudgeDustAsync();
        Assert.Empty(await server.OpenRulesAsync(monitor));
        Assert.Equal(["jump"], (await server.HealthAsync(mn)).Reasons(), StringComparer.Ordinal);
        Assert.Equal(5, await server.AskAsync<long>($"select count(*) from airmap.readings where mn = '{mn}' and quality = 6"));
    }

    [Fact]
    public async Task A_site_that_becomes_dusty_at_once_is_told_within_its_averaging_time_and_once()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        var told = 0;
        await server.SendMinutesAsync(mn, 60, DustCalls.Tsp(100));
        for (var minute = 1; minute <= 60; minute++)
        {
            server.Clock!.Advance(TimeSpan.FromMinutes(1));
            await server.SendMinutesAsync(mn, 1, _ => DustCalls.Tsp(2_000)(minute));
            await server.JudgeDustAsync();
            told = told == 0 && (await server.OpenRulesAsync(monitor)).Count > 0 ? minute : told;
        }

        // The mean passes 800 when a good third of the hour is at 2,000.
        Assert.InRange(told, 20, 25);
        Assert.Single(await server.AskAllAsync($"select rule from airmap.violations where subject_id = '{monitor.GetProperty("id").GetString()}'"));
        Assert.Equal("ok", (await server.HealthAsync(mn)).GetProperty("state").GetString());
        // The first of the high values was borne out by the second.
        Assert.Equal(0, await server.AskAsync<long>($"select count(*) from airmap.readings where mn = '{mn}' and quality <> 0"));
    }

    [Fact]
    public async Task An_instrument_that_gets_stuck_on_a_dusty_day_accuses_nobody_and_none_of_its_row_counts()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        await server.SendMinutesAsync(mn, 60, DustCalls.Tsp(500));
        for (var minute = 1; minute <= 60; minute++)
        {
            server.Clock!.Advance(TimeSpan.FromMinutes(1));
            await server.SendMinutesAsync(mn, 1, _ => "a34001-Rtd=900,a34001-Flag=N");
            await server.JudgeDustAsync();
        }

        Assert.Empty(await server.AskAllAsync($"select rule from airmap.violations where subject_id = '{monitor.GetProperty("id").GetString()}'"));
        Assert.Equal(["flatLine"], (await server.HealthAsync(mn)).Reasons(), StringComparer.Ordinal);
        Assert.Equal(60, await server.AskAsync<long>($"select count(*) from airmap.readings where mn = '{mn}' and quality = 7"));
    }

    [Fact]
    public async Task A_site_far_above_its_neighbours_is_told_and_its_instrument_is_suspect()
    {
        await using var server = await StartAsync();
        var (_, monitor, mn) = await server.MonitorAsync();
        await server.SendMinutesAsync(mn, 60, DustCalls.Tsp(1_500));
        foreach (var level in new[] { 100, 120, 140 })
        {
            var (_, _, other) = await server.MonitorAsync();
            await server.SendMinutesAsync(other, 60, DustCalls.Tsp(level));
        }

        await server.JudgeDustAsync();
        Assert.Equal(["A28.Dust"], await server.OpenRulesAsync(monitor), StringComparer.Ordinal);
        var health = await server.HealthAsync(mn);
        Assert.Equal("suspect", health.GetProperty("state").GetString());
        Assert.Equal(["farAboveNeighbours"], health.Reasons(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_device_whose_clock_is_an_hour_behind_is_suspect_not_silent_and_not_believed()
    {
        await using var server = await StartAsync();
        var (site, monitor, mn) = await server.MonitorAsync(("installedOn", "2026-01-01"));
        for (var minute = 0; minute < 60; minute++)
        {
            server.Clock!.Advance(TimeSpan.FromMinutes(1));
            await server.SendMinutesAsync(mn, 1, _ => DustCalls.Tsp(1_500)(minute), TimeSpan.FromHours(-1));
        }

        await server.JudgeDustAsync();
        await TickAsync(server);
        var health = await server.HealthAsync(mn);
        Assert.Equal("suspect", health.GetProperty("state").GetString());
        Assert.Contains("clockBehind", health.Reasons(), StringComparer.Ordinal);
        Assert.Empty(await server.OpenRulesAsync(monitor));
        Assert.Empty(await server.OpenRulesAsync(site));
        Assert.Empty(await ToldAsync(server, monitor));
        Assert.InRange(await server.AskAsync<long>($"select count(*) from airmap.readings where mn = '{mn}' and quality = 5"), 25, 35);

        // Set right, it is well again.
        await server.SendMinutesAsync(mn, 1, DustCalls.Tsp(100));
        Assert.Equal("ok", (await server.HealthAsync(mn)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_is_sent_in_after_an_outage_is_no_fault_of_the_clock()
    {
        await using var server = await StartAsync();
        var (_, _, mn) = await server.MonitorAsync();
        for (var minute = 0; minute < 50; minute++)
        {
            server.Clock!.Advance(TimeSpan.FromMinutes(1));
            await server.SendMinutesAsync(mn, 5, DustCalls.Tsp(100), TimeSpan.FromMinutes(-300 + minute * 5));
        }

        Assert.Equal("ok", (await server.HealthAsync(mn)).GetProperty("state").GetString());
        Assert.Equal(0, await server.AskAsync<long>($"select count(*) from airmap.readings where mn = '{mn}' and quality <> 0"));
    }

    [Fact]
    public async Task Silence_and_return_are_told_once_each_whatever_restarts_meanwhile()
    {
        var database = await cluster.CreateDatabaseAsync();
        var (now, mn) = (AirMapServer.Morning, "");
        JsonElement monitor, never;
        await using (var server = await StartAsync(database))
        {
            (_, monitor, mn) = await server.MonitorAsync();
            (_, never, _) = await server.MonitorAsync();
            await server.SendMinutesAsync(mn, 1, DustCalls.Tsp(100));
            server.Clock!.Advance(TimeSpan.FromMinutes(89));
            await TickAsync(server);
            Assert.Empty(await ToldAsync(server, monitor));
            server.Clock.Advance(TimeSpan.FromMinutes(2));
            await TickAsync(server);
            await TickAsync(server);
            Assert.Equal(["monitor.silent"], await ToldAsync(server, monitor), StringComparer.Ordinal);
            Assert.Empty(await ToldAsync(server, never));
            now = server.Now;
        }

        await using (var server = await StartAsync(database, now))
        {
            server.Clock!.Advance(TimeSpan.FromMinutes(200));
            await TickAsync(server);
            Assert.Equal(["monitor.silent"], await ToldAsync(server, monitor), StringComparer.Ordinal);
            Assert.Equal("silent", (await server.HealthAsync(mn)).GetProperty("state").GetString());

            var head = await server.HeadAsync();
            await server.SendMinutesAsync(mn, 1, DustCalls.Tsp(100));
            await TickAsync(server);
            await TickAsync(server);
            Assert.Equal(["monitor.silent", "monitor.back"], await ToldAsync(server, monitor), StringComparer.Ordinal);
            var back = (await server.EventsAsync(head)).Single(e => e.Type() == "monitor.back");
            Assert.Equal("141024", back.GetProperty("county").GetString());
            Assert.Equal((await server.HealthAsync(mn)).GetRawText(), back.GetProperty("data").GetRawText());
            now = server.Now;
        }

        await using (var server = await StartAsync(database, now.AddMinutes(1)))
        {
            await TickAsync(server);
            Assert.Equal(["monitor.silent", "monitor.back"], await ToldAsync(server, monitor), StringComparer.Ordinal);
            Assert.Empty(await server.AskAllAsync("select rule from airmap.violations where rule = 'A28.Dust'"));
        }
    }

    [Fact]
    public async Task Devices_that_could_not_be_heard_because_the_server_was_away_did_not_fall_silent()
    {
        var database = await cluster.CreateDatabaseAsync();
        JsonElement monitor;
        string mn;
        await using (var server = await StartAsync(database))
        {
            (_, monitor, mn) = await server.MonitorAsync();
            await server.SendMinutesAsync(mn, 1, DustCalls.Tsp(100));
        }

        await using (var server = await StartAsync(database, AirMapServer.Morning.AddHours(5)))
        {
            await TickAsync(server);
            Assert.Empty(await ToldAsync(server, monitor));
            server.Clock!.Advance(TimeSpan.FromMinutes(91));
            await TickAsync(server);
            Assert.Equal(["monitor.silent"], await ToldAsync(server, monitor), StringComparer.Ordinal);
        }
    }
}
