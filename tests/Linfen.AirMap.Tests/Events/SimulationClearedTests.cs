using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Events;

public sealed class SimulationClearedTests(MigratedCluster cluster)
{
    static readonly string[] Tables = ["detections", "fires", "violations", "alarms", "undecidables", "quarantined_detections", "feeds"];

    [Fact]
    public async Task Clearing_removes_everything_simulated_and_nothing_else()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var shared = server.FreshPlace();
        for (var n = 0; n < 12; n++)
        {
            var place = n < 2 ? shared : server.FreshPlace();
            await server.ReportAsync(
                new Sighting($"real-{n}", server.Now.AddHours(-n * 3), place), new Sighting($"played-{n}", server.Now.AddHours(-n * 3), place) { Simulated = true });
        }

        await server.ReportAsync(new("real-early", server.Now.AddDays(1), shared), new Sighting("played-early", server.Now.AddDays(1), shared) { Simulated = true });
        var before = await RealAsync(server);
        var simulatedFires = await server.AskAsync<long>("select count(*) from airmap.fires where simulated");
        var simulatedViolations = await server.AskAsync<long>("select count(*) from airmap.violations where simulated");
        var head = await server.HeadAsync();

        var removed = (await server.DeleteAsync("api/simulated")).Json;

        Assert.Equal(12, removed.GetProperty("detections").GetInt64());
        Assert.Equal(simulatedFires, removed.GetProperty("fires").GetInt64());
        Assert.Equal(simulatedViolations, removed.GetProperty("violations").GetInt64());
        foreach (var table in Tables)
        {
            Assert.Equal(0L, await server.AskAsync<long>($"select count(*) from airmap.{table} where simulated"));
        }

        Assert.Equal(before, await RealAsync(server));
        Assert.Equal("simulation.cleared", Assert.Single(await server.EventsAsync(head)).Type());
    }

    [Fact]
    public async Task After_clearing_the_same_play_can_be_played_again()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var play = new Sighting("scene", server.Now, server.FreshPlace()) { Simulated = true };
        var first = await server.FireOfAsync(play);

        await server.DeleteAsync("api/simulated");
        (await server.GetAsync($"api/fires/{first.Id()}")).IsProblem(404, "not-found");
        var second = await server.FireOfAsync(play);

        Assert.NotEqual(first.Id(), second.Id(), StringComparer.Ordinal);
        Assert.Equal(1, second.Number("detections"));
        Assert.Equal("open", (await server.ViolationOfAsync(second)).Text("status"));
    }

    static async Task<List<string>> RealAsync(AirMapServer server)
    {
        var rows = new List<string>();
        foreach (var table in Tables)
        {
            rows.AddRange(await server.AskAllAsync($"select to_jsonb(t)::text from airmap.{table} t where not simulated order by 1"));
        }

        Assert.NotEmpty(rows);
        return rows;
    }
}
