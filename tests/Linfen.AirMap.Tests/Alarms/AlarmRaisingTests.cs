using System.Text.Json;
using Linfen.AirMap.Tests.HeatSources;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Alarms;

/// <summary>What raises an alarm, what does not, and what ends it.</summary>
public sealed class AlarmRaisingTests(OwnServer own, MigratedCluster cluster) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    async Task<AirMapServer> StartAsync(params string[] settings) =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), settings);

    [Fact]
    public async Task A_fresh_fire_raises_an_alarm_in_the_commit_that_opens_its_violation()
    {
        var head = await server.HeadAsync();
        var place = server.Places.NextIn("141026");

        var fire = await server.FireOfAsync(new("a-1", server.Now.AddMinutes(-2), place));

        var alarm = await server.AlarmOfAsync(fire);
        var violation = await server.ViolationOfAsync(fire);
        Assert.Equal(("open", "critical", "141026", true), (alarm.Text("status"), alarm.Text("severity"), alarm.Text("county"), alarm.Property("sounds").GetBoolean()));
        Assert.Equal((violation.Id(), "A36.OpenBurning", 36, "全市严重违规"), (alarm.Text("violation"), alarm.Text("rule"), alarm.Number("article"), alarm.Text("raisedBy")));
        Assert.Contains("安泽县", alarm.Text("responsible"), StringComparison.Ordinal);
        Assert.Equal(JsonSerializer.Serialize(fire.GetProperty("geometry")), JsonSerializer.Serialize(alarm.GetProperty("geometry")));
        Assert.Equal((violation.Time("openedAt"), server.Now), (alarm.Time("openedAt"), alarm.Time("raisedAt")));
        var events = await server.EventsAsync(head);
        Assert.Equal(["fire.detected", "violation.opened", "alarm.raised"], events.Select(e => e.Type()), StringComparer.Ordinal);
        Assert.Equal((alarm.Id(), "141026"), (events[2].Id(), events[2].GetProperty("county").GetString()));
        Assert.True(JsonElement.DeepEquals(alarm, events[2].GetProperty("data")));
        Assert.Single(events.Select(e => e.GetProperty("at").GetRawText()).Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(31, 0)]
    [InlineData(600, 0)]
    public async Task What_began_long_ago_raises_none(int minutesAgo, int alarms)
    {
        var fire = await server.FireOfAsync(new(Guid.NewGuid().ToString(), server.Now.AddMinutes(-minutesAgo), server.FreshPlace()));
        Assert.Equal("open", (await server.ViolationOfAsync(fire)).Text("status"));
        Assert.Equal(alarms, (await server.AlarmsOfAsync(fire)).Count);
    }

    [Fact]
    public async Task An_archive_raises_none_and_how_fresh_fresh_is_can_be_set()
    {
        await using var strict = await StartAsync("Alarms:FreshFor=00:05:00");
        await strict.ReportAsync([.. Enumerable.Range(0, 300).Select(n => new Sighting($"old-{n}", strict.Now.AddDays(-30).AddMinutes(n), strict.FreshPlace()))]);
        await strict.FireOfAsync(new("six", strict.Now.AddMinutes(-6), strict.FreshPlace()));
        Assert.Empty(await strict.ListAsync("api/alarms"));
        var fresh = await strict.FireOfAsync(new("five", strict.Now.AddMinutes(-5), strict.FreshPlace()));
        Assert.Equal(fresh.Id(), Assert.Single(await strict.ListAsync("api/alarms")).Property("subject").GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_further_sighting_raises_no_second_alarm()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("once", server.Now, place));
        await server.ReportAsync(new Sighting("once-more", server.Now, place) { SourceKind = "phone" });
        await server.AlarmOfAsync(fire);
    }

    [Fact]
    public async Task A_fire_that_burns_again_weighs_more_and_its_new_alarm_takes_the_place_of_the_old()
    {
        await using var relit = await StartAsync("Fires:JoinHours=24");
        var place = relit.FreshPlace();
        var fire = await relit.FireOfAsync(new("first", relit.Now, place));
        await relit.PassAsync(TimeSpan.FromHours(13));
        Assert.Equal("serious", (await relit.ViolationOfAsync(fire)).Text("severity"));
        var head = await relit.HeadAsync();

        await relit.ReportAsync(new Sighting("again", relit.Now, place));

        Assert.Equal("critical", (await relit.ViolationOfAsync(fire)).Text("severity"));
        Assert.Equal(["fire.updated", "violation.updated", "alarm.ended", "alarm.raised"], (await relit.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);
        Assert.Equal(["ended", "open"], (await relit.AlarmsOfAsync(fire)).Select(a => a.Text("status")), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_file_that_tells_of_a_fire_first_too_late_and_then_just_now_calls_for_it()
    {
        var place = server.FreshPlace();
        await server.ReportAsync(
            new Sighting("file-old", server.Now.AddMinutes(-50), place) { SourceKind = "satellite" }, new Sighting("file-new", server.Now.AddMinutes(-2), place) { SourceKind = "satellite" });

        var fire = await server.FireOfDetectionAsync("file-new");
        Assert.Equal(2, fire.Number("detections"));
        Assert.Single(await server.AlarmsOfAsync(fire));
    }

    [Fact]
    public async Task A_fire_that_goes_on_in_another_calls_there_while_nobody_has_come()
    {
        var place = server.Places.NextWellInside(0.04);
        var elder = await server.FireOfAsync(new("goes-on-1", server.Now.AddMinutes(-120), place));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        var younger = await server.FireOfAsync(new("goes-on-2", server.Now.AddMinutes(-29), FreshPlaces.EastOf(place, 1_800)));
        Assert.Empty(await server.AlarmsOfAsync(elder));
        await server.AlarmOfAsync(younger);
        await server.PassAsync(TimeSpan.FromMinutes(5));

        await server.ReportAsync(new Sighting("goes-on-3", server.Now.AddMinutes(-60), FreshPlaces.EastOf(place, 900)) { SourceKind = "satellite" });

        Assert.Equal(elder.Id(), (await server.FireOfDetectionAsync("goes-on-2")).Id());
        Assert.Equal(JsonValueKind.Null, (await server.AlarmOfAsync(elder)).Property("endedAt").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, (await server.AlarmOfAsync(younger)).Property("endedAt").ValueKind);
    }

    [Fact]
    public async Task Where_somebody_has_come_a_merge_calls_nobody_again()
    {
        var place = server.Places.NextWellInside(0.04);
        var elder = await server.FireOfAsync(new("come-1", server.Now.AddMinutes(-120), place));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        var younger = await server.FireOfAsync(new("come-2", server.Now.AddMinutes(-10), FreshPlaces.EastOf(place, 3_000)));
        await server.PostAsync($"api/alarms/{(await server.AlarmOfAsync(younger)).Id()}/acknowledge", "{}");

        await server.PostAsync($"api/fires/{elder.Id()}/merge", $$"""{"with":"{{younger.Id()}}"}""");

        Assert.Equal("merged", (await server.AgainAsync(younger)).Text("status"));
        Assert.Empty(await server.AlarmsOfAsync(elder));
    }

    [Fact]
    public async Task An_officer_who_sees_a_fire_burn_that_was_told_of_too_late_calls()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("officer-late", server.Now.AddMinutes(-120), place));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        await server.VerdictAsync(fire, "confirmed");

        await server.AlarmOfAsync(fire);
        await server.ReportAsync(new Sighting("officer-seen", server.Now, place));
        await server.AlarmOfAsync(fire);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(31, 25)]
    public async Task What_escapes_a_source_by_late_evidence_and_was_seen_just_now_calls(int lateMinutes, int freshMinutes)
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-freshMinutes), place));
        Assert.NotNull(fire.AttributedTo());

        await server.ReportAsync(new Sighting($"escapes-{lateMinutes}", server.Now.AddMinutes(-lateMinutes), place) { SourceKind = "phone" });

        Assert.Null((await server.AgainAsync(fire)).AttributedTo());
        await server.AlarmOfAsync(fire);
    }

    [Fact]
    public async Task What_a_source_explained_and_an_officer_saw_burn_a_while_ago_calls_when_it_was_seen_just_now()
    {
        var place = server.FreshPlace();
        await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-60), place));
        await server.ReportAsync(HeatCalls.Pixel(server.Now.AddMinutes(-1), place));

        await server.VerdictAsync(fire, "confirmed", at: server.Now.AddMinutes(-40));

        await server.AlarmOfAsync(fire);
    }

    [Fact]
    public async Task What_a_source_no_longer_explains_and_was_seen_just_now_calls()
    {
        var place = server.FreshPlace();
        var source = await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(server.Now.AddMinutes(-120), place));
        await server.ReportAsync(HeatCalls.Pixel(server.Now.AddMinutes(-1), place));
        Assert.Empty(await server.AlarmsOfAsync(fire));

        await server.DismissAsync(source);

        await server.AlarmOfAsync(fire);
    }

    [Fact]
    public async Task A_fire_that_a_satellite_told_of_too_late_calls_once_somebody_sees_it_burn()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("late-pixel", server.Now.AddMinutes(-45), place) { SourceKind = "satellite" });
        await server.ReportAsync(new Sighting("late-too", server.Now.AddMinutes(-40), place) { SourceKind = "satellite" });
        Assert.Empty(await server.AlarmsOfAsync(fire));

        await server.ReportAsync(new Sighting("seen-by-camera", server.Now.AddMinutes(-1), FreshPlaces.EastOf(place, 200)));
        await server.AlarmOfAsync(fire);

        // Nobody is called twice.
        await server.ReportAsync(new Sighting("late-again", server.Now.AddMinutes(-39), place) { SourceKind = "satellite" });
        await server.ReportAsync(new Sighting("called-in", server.Now, place) { SourceKind = "phone" });
        await server.AlarmOfAsync(fire);
    }

    [Fact]
    public async Task A_late_sighting_that_lets_a_fire_burn_again_wakes_nobody()
    {
        await using var relit = await StartAsync("Fires:JoinHours=24");
        var place = relit.FreshPlace();
        var fire = await relit.FireOfAsync(new("first", relit.Now, place));
        await relit.PassAsync(TimeSpan.FromHours(13));

        await relit.ReportAsync(new Sighting("an hour late", relit.Now.AddHours(-1), place));

        Assert.Equal("critical", (await relit.ViolationOfAsync(fire)).Text("severity"));
        await relit.AlarmOfAsync(fire);
    }

    [Fact]
    public async Task An_alarm_ends_with_its_violation_in_one_commit()
    {
        var fire = await server.FireOfAsync(new("ends", server.Now, server.FreshPlace()));
        var head = await server.HeadAsync();

        await server.VerdictAsync(fire, "out");

        var alarm = await server.AlarmOfAsync(fire);
        Assert.Equal(("ended", server.Now), (alarm.Text("status"), alarm.Time("endedAt")));
        Assert.Equal(["fire.updated", "violation.closed", "alarm.ended"], (await server.EventsAsync(head)).Select(e => e.Type()), StringComparer.Ordinal);
        Assert.DoesNotContain(await server.OpenAlarmsAsync(), a => a.Id() == alarm.Id());
        Assert.Contains(await server.ListAsync("api/alarms?open=false"), a => a.Id() == alarm.Id());
    }

    [Fact]
    public async Task Simulated_alarms_are_marked_and_go_with_the_simulation()
    {
        await using var played = await StartAsync();
        var real = await played.FireOfAsync(new("real", played.Now, played.FreshPlace()));
        var fire = await played.FireOfAsync(new("played", played.Now, played.FreshPlace()) { Simulated = true });
        Assert.True((await played.AlarmOfAsync(fire)).Property("simulated").GetBoolean());
        Assert.Equal([real.Id()], (await played.ListAsync("api/alarms?simulated=exclude")).Select(a => a.Property("subject").GetProperty("id").GetString()!), StringComparer.Ordinal);

        await played.DeleteAsync("api/simulated");

        await played.AlarmOfAsync(real);
        Assert.Single(await played.ListAsync("api/alarms"));
    }

    [Fact]
    public async Task Whoever_was_cut_off_ends_with_the_same_open_alarms_by_the_log_alone()
    {
        await using var cut = await StartAsync();
        var (heard, kept) = (await cut.FireOfAsync(new("heard", cut.Now, cut.FreshPlace())), await cut.FireOfAsync(new("kept", cut.Now, cut.FreshPlace())));
        var snapshot = await cut.OneAsync("api/alarms?open=true");
        var position = snapshot.GetProperty("asOf").GetProperty("seq").GetInt64();
        var open = snapshot.GetProperty("features").EnumerateArray().Select(a => a.Id()).ToHashSet(StringComparer.Ordinal);

        using var officer = await Visitor.AsAsync(cut, AirMap.Accounts.Role.CityOfficer);
        await officer.AcknowledgeAsync((await cut.AlarmOfAsync(heard)).Id());
        var gone = await cut.FireOfAsync(new("gone", cut.Now, cut.FreshPlace()));
        await cut.VerdictAsync(gone, "out");
        var late = await cut.FireOfAsync(new("late", cut.Now, cut.FreshPlace()));

        foreach (var one in (await cut.EventsAsync(position)).Where(e => e.Type()!.StartsWith("alarm.", StringComparison.Ordinal)))
        {
            _ = one.GetProperty("data").Text("status") == "open" ? open.Add(one.Id()) : open.Remove(one.Id());
        }

        var now = (await cut.OpenAlarmsAsync()).Select(a => a.Id()).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(now, open);
        Assert.Equal(new[] { (await cut.AlarmOfAsync(kept)).Id(), (await cut.AlarmOfAsync(late)).Id() }.ToHashSet(StringComparer.Ordinal), now);
    }
}
