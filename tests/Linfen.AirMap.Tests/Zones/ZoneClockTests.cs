using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Zones;

/// <summary>Zones that begin and end by the clock, and zones that another process published.</summary>
public sealed class ZoneClockTests(MigratedCluster cluster)
{
    const string Facility = "A20.CoalFacility";

    [Fact]
    public async Task A_zone_that_begins_tomorrow_opens_at_its_first_instant_and_ends_after_its_last_day()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var place = server.Places.NextWellInside(0.03);
        var boiler = await server.AddBoilerAsync(place);
        var effect = await server.PublishAsync(await server.DraftAsync("coalFree", "明日起", ZoneCalls.Square(place)), "2026-03-16", "2026-03-17");
        Assert.Equal((1, 0), (effect.GetProperty("judged").GetInt32(), effect.GetProperty("opened").GetInt32()));
        Assert.Empty(await server.ViolationsOfAsync(boiler, Facility));

        // 23:59:50 in Beijing.
        server.Clock!.Advance(new TimeSpan(13, 59, 50));
        Assert.Empty(await server.ViolationsOfAsync(boiler, Facility));
        server.Clock.Advance(TimeSpan.FromSeconds(15));
        await Until.TrueAsync(async () => (await server.ViolationsOfAsync(boiler, Facility)).Count == 1, "the zone begins");
        var opened = Assert.Single(await server.ViolationsOfAsync(boiler, Facility));
        Assert.Equal(new(2026, 3, 16, 0, 0, 0, TimeSpan.FromHours(8)), opened.Time("openedAt"));

        server.Clock.Advance(TimeSpan.FromDays(2));
        await Until.TrueAsync(async () => (await server.ViolationsOfAsync(boiler, Facility))[0].Text("status") == "closed", "the zone ends");
        var closed = Assert.Single(await server.ViolationsOfAsync(boiler, Facility));
        Assert.Equal("law-changed", closed.Text("closedReason"));
        Assert.Equal(new(2026, 3, 18, 0, 0, 0, TimeSpan.FromHours(8)), closed.Time("closedAt"));
    }

    [Fact]
    public async Task Two_processes_on_one_database_both_judge_by_the_new_zone()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var one = await AirMapServer.StartAsync(cluster, database, new FakeTimeProvider(AirMapServer.Morning));
        await using var other = await AirMapServer.StartAsync(cluster, database, new FakeTimeProvider(AirMapServer.Morning));
        var place = one.FreshPlace();
        var before = await other.AddBoilerAsync(place);
        var zone = await one.DraftAsync("coalFree", "两处", ZoneCalls.Square(place));

        await one.PublishAsync(zone, "2026-01-01");

        // At once, whether or not the other one has heard of it.
        var after = await other.AddBoilerAsync(place with { Lon = place.Lon + 0.001 });
        Assert.Equal([Facility], await other.OpenRulesAsync(before), StringComparer.Ordinal);
        Assert.Equal([Facility], await other.OpenRulesAsync(after), StringComparer.Ordinal);
        await other.RetireAsync(zone);
        Assert.Empty(await one.OpenRulesAsync(await one.AddBoilerAsync(place with { Lon = place.Lon + 0.002 })));
        Assert.Empty(await one.OpenRulesAsync(after));
    }

    [Fact]
    public async Task Where_two_persons_are_needed_the_author_does_not_publish()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), "Zones:TwoPersons=true");
        var draft = await server.DraftAsync("coalFree", "待审", ZoneCalls.Square(server.Places.NextWellInside(0.03)));
        (await server.DoAsync(draft.Id(), "publish", new { documentNumber = "x", effectiveFrom = "2026-03-15" })).IsProblem(409, "approval-required");
        Assert.Equal("draft", (await server.OneAsync($"api/zones/{draft.Id()}")).Text("status"));
    }
}
