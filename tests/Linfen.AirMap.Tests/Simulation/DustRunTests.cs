using Linfen.AirMap.Simulator;
using Linfen.AirMap.Simulator.Dust;
using Linfen.AirMap.Simulator.Server;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Simulation;

/// <summary>Simulated monitors, many of them with something amiss, against a real server.</summary>
public sealed class DustRunTests(MigratedCluster cluster)
{
    [Fact]
    public async Task Every_packet_of_every_edition_and_fault_is_answered_kept_once_marked_and_cleared()
    {
        await using var server = await Support.AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null);
        using var client = new Simulator.Server.AirMapServer(
            new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", server.Key) } }, new Tally(), TimeSpan.Zero);
        var settings = new DustSettings(30, null, 0.5, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(4), 7);
        var city = await client.CityAsync(null, TestContext.Current.CancellationToken);

        var tally = await new DustRun(client, settings, "127.0.0.1", server.DevicePort, TextWriter.Null).PerformAsync(city, TestContext.Current.CancellationToken);

        Assert.True(tally.Clean, tally.Summary());
        // Several packets of a device within a second bear the same DataTime: they are one reading.
        Assert.Equal(
            await server.AskAsync<long>("select count(distinct (mn, at)) * 8 from airmap.readings where simulated"),
            await server.AskAsync<long>("select count(*) from airmap.readings"));
        Assert.Equal(30, await server.AskAsync<long>("select count(distinct mn) from airmap.readings"));
        Assert.Empty(server.TakeErrors());
        Assert.True((await client.ClearAsync(TestContext.Current.CancellationToken))["subjects"] >= 30);
        Assert.Equal(0, await server.AskAsync<long>("select count(*) from airmap.readings"));
    }

    [Fact]
    public async Task Devices_that_fall_behind_and_send_many_packets_in_one_millisecond_are_answered_to_each()
    {
        await using var server = await Support.AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), clock: null);
        using var client = new Simulator.Server.AirMapServer(
            new HttpClient { BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = new("Bearer", server.Key) } }, new Tally(), TimeSpan.Zero);
        var settings = new DustSettings(2, null, 0, TimeSpan.FromMilliseconds(0.1), TimeSpan.FromMilliseconds(50), 7);
        var city = await client.CityAsync(null, TestContext.Current.CancellationToken);

        var tally = await new DustRun(client, settings, "127.0.0.1", server.DevicePort, TextWriter.Null).PerformAsync(city, TestContext.Current.CancellationToken);

        Assert.True(tally.Clean, tally.Summary());
    }
}
