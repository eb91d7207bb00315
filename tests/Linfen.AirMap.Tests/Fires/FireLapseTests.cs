using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>Each test has a city of its own, because the clock moves.</summary>
public sealed class FireLapseTests(MigratedCluster cluster)
{
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_fire_lapses_12_hours_after_it_was_last_seen_and_not_a_second_before()
    {
        await using var server = await StartAsync();
        var fire = await server.FireOfAsync(new("f", server.Now, server.FreshPlace()));
        var violation = await server.ViolationOfAsync(fire);

        await server.PassAsync(TimeSpan.FromHours(12) - Tick);
        Assert.Equal("suspected", (await server.AgainAsync(fire)).Text("status"));
        Assert.Equal("critical", (await server.ViolationOfAsync(fire)).Text("severity"));

        await server.PassAsync(Tick);
        var lapsed = await server.AgainAsync(fire);
        var lowered = await server.ViolationOfAsync(fire);
        Assert.Equal("lapsed", lapsed.Text("status"));
        Assert.Equal("serious", lowered.Text("severity"));
        Assert.Equal("open", lowered.Text("status"));
        Assert.Equal(violation.Time("dueAt"), lowered.Time("dueAt"));
        Assert.Equal(["fire.updated", "violation.updated"], (await server.EventsAsync()).TakeLast(2).Select(e => e.Type()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_further_sighting_puts_the_lapse_off()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("f-1", server.Now, place));
        await server.PassAsync(TimeSpan.FromHours(5));
        await server.ReportAsync(new Sighting("f-2", server.Now, place));

        await server.PassAsync(TimeSpan.FromHours(12) - Tick);
        Assert.Equal("suspected", (await server.AgainAsync(fire)).Text("status"));
        await server.PassAsync(Tick);
        Assert.Equal("lapsed", (await server.AgainAsync(fire)).Text("status"));
    }

    [Fact]
    public async Task A_lapsed_fire_burns_again_when_a_late_report_says_so_and_weighs_as_before()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("f-1", server.Now, place));
        await server.PassAsync(TimeSpan.FromHours(13));
        Assert.Equal("lapsed", (await server.AgainAsync(fire)).Text("status"));

        var again = await server.FireOfAsync(new("f-2", server.Now.AddHours(-8), place));

        Assert.Equal(fire.Id(), again.Id());
        Assert.Equal("suspected", again.Text("status"));
        var changes = (await server.GetAsync($"api/fires/{fire.Id()}/history")).Json.GetProperty("changes").EnumerateArray();
        Assert.Equal(["known", "lapsed", "burning"], changes.Select(c => c.GetProperty("what").GetString()!), StringComparer.Ordinal);
        Assert.Equal("critical", (await server.ViolationOfAsync(again)).Text("severity"));
        await server.PassAsync(TimeSpan.FromHours(4) - Tick);
        Assert.Equal("suspected", (await server.AgainAsync(fire)).Text("status"));
        await server.PassAsync(Tick);
        Assert.Equal("lapsed", (await server.AgainAsync(fire)).Text("status"));
    }

    [Fact]
    public async Task A_late_report_older_than_the_lapse_time_joins_and_does_not_relight()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("f-1", server.Now, place));
        await server.PassAsync(TimeSpan.FromHours(14));

        var again = await server.FireOfAsync(new("f-2", server.Now.AddHours(-13), place));

        Assert.Equal(fire.Id(), again.Id());
        Assert.Equal("lapsed", again.Text("status"));
        Assert.Equal("serious", (await server.ViolationOfAsync(again)).Text("severity"));
    }

    [Fact]
    public async Task A_confirmed_fire_that_lapsed_and_burns_again_is_confirmed_still()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("f-1", server.Now, place));
        await server.VerdictAsync(fire, "confirmed");
        await server.PassAsync(TimeSpan.FromHours(12));
        Assert.Equal("lapsed", (await server.AgainAsync(fire)).Text("status"));

        var again = await server.FireOfAsync(new("f-2", server.Now.AddHours(-7), place));

        Assert.Equal("confirmed", again.Text("status"));
    }

    [Fact]
    public async Task The_violation_of_a_lapsed_fire_closes_as_unverified_after_72_hours_and_not_a_second_before()
    {
        await using var server = await StartAsync();
        var fire = await server.FireOfAsync(new("f", server.Now, server.FreshPlace()));
        await server.PassAsync(TimeSpan.FromHours(12));

        await server.PassAsync(TimeSpan.FromHours(60) - Tick);
        Assert.Equal("open", (await server.ViolationOfAsync(fire)).Text("status"));

        await server.PassAsync(Tick);
        var closed = await server.ViolationOfAsync(fire);
        Assert.Equal("closed", closed.Text("status"));
        Assert.Equal("unverified", closed.Text("closedReason"));
        Assert.Equal(server.Now, closed.Time("closedAt"));
        Assert.Equal("lapsed", (await server.AgainAsync(fire)).Text("status"));
        Assert.Equal(["violation.closed", "alarm.ended"], (await server.EventsAsync()).TakeLast(2).Select(e => e.Type()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task What_lapsed_while_the_server_was_down_lapses_when_it_comes_back()
    {
        var database = await cluster.CreateDatabaseAsync();
        var clock = new FakeTimeProvider(AirMapServer.Morning);
        string path;
        await using (var server = await AirMapServer.StartAsync(cluster, database, clock))
        {
            path = $"api/fires/{(await server.FireOfAsync(new("f", server.Now, server.FreshPlace()))).Id()}";
        }

        clock.Advance(TimeSpan.FromHours(80));
        await using var later = await AirMapServer.StartAsync(cluster, database, clock);
        await Until.TrueAsync(async () => (await later.OneAsync(path)).Text("status") == "lapsed", "the fire lapses at the start");
        await later.TickAsync();
        await later.TickAsync();
        Assert.Equal("unverified", (await later.ViolationOfAsync(await later.OneAsync(path))).Text("closedReason"));
    }

    [Fact]
    public async Task Every_one_of_many_fires_due_at_once_lapses()
    {
        await using var server = await StartAsync();
        const int many = 1_203;
        await server.FireOfAsync(new("model", server.Now, server.FreshPlace()));
        await server.ExecuteAsync(
            $"""
            insert into airmap.fires (id, name, status, county, position, radius_metres, first_seen_at, last_seen_at, known_at, updated_at, detections, seen_by, simulated)
            select gen_random_uuid(), 'copied', 0, county, position, radius_metres, first_seen_at, last_seen_at, known_at, updated_at, 1, seen_by, false
            from airmap.fires, generate_series(1, {many})
            """);

        await server.PassAsync(TimeSpan.FromHours(13));

        Assert.Equal(0L, await server.AskAsync<long>("select count(*) from airmap.fires where status <> 2"));
    }

    async Task<AirMapServer> StartAsync() =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
}
