using Linfen.AirMap.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Xunit;

namespace Linfen.AirMap.Tests.Events;

public sealed class LiveHubTests(MigratedCluster cluster)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_rings_for_the_counties_that_a_client_watches_and_for_no_other(bool messagePack)
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        var (yaodu, anze) = (server.Places.NextIn("141028"), server.Places.NextIn("141026"));
        await using var all = await LiveMap.OpenAsync(server, messagePack);
        await using var inYaodu = await LiveMap.OpenAsync(server, messagePack, ["141028", "141002"]);
        await using var inAnze = await LiveMap.OpenAsync(server, messagePack, ["141026"]);
        await using var nowhere = await LiveMap.OpenAsync(server, messagePack, []);

        await server.ReportAsync(new Sighting("in-yaodu", server.Now, yaodu));
        var first = await server.HeadAsync();
        Assert.Equal(["141028"], (await all.RingForAsync(first)).Counties!, StringComparer.Ordinal);
        var ring = await inYaodu.RingForAsync(first);
        Assert.Equal(first, ring.Last);
        Assert.Equal((await server.OneAsync("api/events")).GetProperty("epoch").GetString(), ring.Epoch);

        await server.ReportAsync(new Sighting("in-anze", server.Now, anze));
        var second = await server.HeadAsync();
        await all.RingForAsync(second);
        var onlyRing = await inAnze.NextRingAsync();
        Assert.Equal((second, "141026"), (onlyRing.Last, Assert.Single(onlyRing.Counties!)));

        // What concerns the whole city is told to everybody, and shows that nothing else was told before.
        await server.DeleteAsync("api/simulated");
        var third = await server.HeadAsync();
        foreach (var map in new[] { inYaodu, nowhere })
        {
            var next = await map.NextRingAsync();
            Assert.Equal(third, next.Last);
            Assert.Null(next.Counties);
        }
    }

    [Fact]
    public async Task Watching_anew_replaces_what_was_watched()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        var (before, after) = (server.Places.NextIn("141028"), server.Places.NextIn("141026"));
        await using var all = await LiveMap.OpenAsync(server);
        await using var map = await LiveMap.OpenAsync(server, counties: ["141028"]);

        await map.WatchAsync(new { counties = new[] { "141026" } });
        await server.ReportAsync(new Sighting("before", server.Now, before));
        await all.RingForAsync(await server.HeadAsync());
        await server.ReportAsync(new Sighting("after", server.Now, after));

        Assert.Equal(await server.HeadAsync(), (await map.NextRingAsync()).Last);
    }

    [Theory]
    [InlineData("14102")]
    [InlineData("abcdef")]
    [InlineData("141002; drop table")]
    public async Task Watch_takes_six_digit_codes_only(string code)
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        await using var map = await LiveMap.OpenAsync(server);

        var refusal = await Assert.ThrowsAsync<HubException>(() => map.WatchAsync(new { counties = new[] { code } }));

        Assert.DoesNotContain("   at ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_was_cut_off_while_500_events_happened_ends_with_the_state_of_one_that_was_not()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        await using var steady = await LiveMap.OpenAsync(server);
        await using var cut = await LiveMap.OpenAsync(server, messagePack: true);
        using var done = new CancellationTokenSource();
        var following = FollowAsync(steady, done.Token);
        await PlayAsync(server, "before", 40);
        await cut.CatchUpAsync();
        var atTheCut = cut.Position;
        await cut.DisconnectAsync();

        await PlayAsync(server, "meanwhile", 180);
        await server.DeleteAsync("api/simulated");
        await PlayAsync(server, "after-clearing", 30);
        var head = await server.HeadAsync();
        Assert.True(head - atTheCut > 500, $"{head - atTheCut} events happened");

        await cut.ConnectAsync();
        await cut.CatchUpAsync();
        await Until.TrueAsync(() => Task.FromResult(steady.Position >= head), "the steady client follows the doorbell to the end");
        await done.CancelAsync();
        await following;
        await using var fresh = await LiveMap.OpenAsync(server);
        Assert.NotEmpty(fresh.Shown());
        Assert.Equal(fresh.Shown(), steady.Shown());
        Assert.Equal(fresh.Shown(), cut.Shown());
    }

    [Fact]
    public async Task The_doorbell_rings_again_after_its_database_connection_was_cut()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        await using var map = await LiveMap.OpenAsync(server);
        for (var round = 0; round < 3; round++)
        {
            await server.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'LISTEN%'");

            await server.ReportAsync(new Sighting($"unheard-{round}", server.Now, server.FreshPlace()));

            // Rung for in the gap, it is told once the listener is back.
            await map.RingForAsync(await server.HeadAsync());
        }

        await server.ReportAsync(new Sighting("heard", server.Now, server.FreshPlace()));
        await map.RingForAsync(await server.HeadAsync());
    }

    [Fact]
    public async Task Intake_goes_on_after_all_its_database_connections_were_cut()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), null);
        await server.ReportAsync(new Sighting("before", server.Now, server.FreshPlace()));

        await server.ExecuteAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and usename = 'airmap_app'");

        var sighting = Sighting.Array([new("after", server.Now, server.FreshPlace())]);
        await Until.TrueAsync(async () => await server.PostAsync(Reading.Detections, sighting) is { Status: System.Net.HttpStatusCode.OK }, "the intake recovers");
        Assert.Equal(1L, await server.AskAsync<long>("select count(*) from airmap.detections where detection_id = 'after'"));
    }

    static async Task FollowAsync(LiveMap map, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await map.Rings.ReadAsync(stop);
                await map.CatchUpAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The play is over.
        }
    }

    /// <summary>New fires, joining detections, verdicts; a third of them simulated.</summary>
    static async Task PlayAsync(AirMapServer server, string act, int scenes)
    {
        for (var n = 0; n < scenes; n++)
        {
            var sighting = new Sighting($"{act}-{n}", server.Now, server.FreshPlace()) { Simulated = n % 3 == 0 };
            await server.ReportAsync(sighting);
            if (n % 2 == 0)
            {
                var fire = await server.FireOfAsync(sighting with { DetectionId = $"{act}-{n}-again", SourceKind = "phone" });
                await server.VerdictAsync(fire, n % 4 == 0 ? "out" : "confirmed");
            }
        }
    }
}
