using System.Text.Json;
using Linfen.AirMap.Tests.Alarms;
using Linfen.AirMap.Tests.HeatSources;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Fires;

public sealed class VerdictTests(OwnServer own, MigratedCluster cluster) : IClassFixture<OwnServer>
{
    readonly AirMapServer server = own.Server;

    [Fact]
    public async Task A_confirmed_fire_goes_on_burning_and_its_violation_stays_critical()
    {
        var fire = await server.FireOfAsync(new("c-1", server.Now, server.FreshPlace()));

        var answer = await server.VerdictAsync(fire, "confirmed", "三名队员到场");

        Assert.Equal("confirmed", answer.Json.Text("status"));
        Assert.Equal("三名队员到场", answer.Json.Property("verdict").GetProperty("reason").GetString());
        Assert.True(JsonElement.DeepEquals(answer.Json, await server.AgainAsync(fire)));
        var violation = await server.ViolationOfAsync(fire);
        Assert.Equal(("open", "critical"), (violation.Text("status"), violation.Text("severity")));
    }

    [Fact]
    public async Task A_fire_that_is_out_closes_its_violation_at_the_time_of_the_verdict()
    {
        var fire = await server.FireOfAsync(new("o-1", server.Now.AddHours(-1), server.FreshPlace()));
        var head = await server.HeadAsync();

        await server.VerdictAsync(fire, "out", at: server.Now.AddMinutes(-10));

        var violation = await server.ViolationOfAsync(fire);
        Assert.Equal("out", (await server.AgainAsync(fire)).Text("status"));
        Assert.Equal(("closed", "out"), (violation.Text("status"), violation.Text("closedReason")));
        Assert.Equal(server.Now.AddMinutes(-10), violation.Time("closedAt"));
        var events = await server.EventsAsync(head);
        Assert.Equal(["fire.updated", "violation.closed"], events.Select(e => e.Type()), StringComparer.Ordinal);
        Assert.All(events, e => Assert.Equal(server.Now, e.GetProperty("at").GetDateTimeOffset()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_fire_is_not_refuted_without_a_reason(string? reason)
    {
        var fire = await server.FireOfAsync(new(Guid.NewGuid().ToString(), server.Now, server.FreshPlace()));

        (await server.VerdictAsync(fire, "refuted", reason)).IsProblem(400, "reason-missing");

        Assert.Equal("suspected", (await server.AgainAsync(fire)).Text("status"));
    }

    [Fact]
    public async Task A_refuted_fire_closes_its_violation()
    {
        var fire = await server.FireOfAsync(new("r-1", server.Now, server.FreshPlace()));

        await server.VerdictAsync(fire, "refuted", "industrial");

        Assert.Equal("refuted", (await server.AgainAsync(fire)).Text("status"));
        Assert.Equal("refuted", (await server.ViolationOfAsync(fire)).Text("closedReason"));
    }

    [Theory]
    [InlineData("out", "refuted")]
    [InlineData("out", "confirmed")]
    [InlineData("refuted", "out")]
    public async Task The_same_closing_verdict_again_changes_nothing_and_another_or_one_for_another_reason_is_refused(string first, string other)
    {
        var fire = await server.FireOfAsync(new(Guid.NewGuid().ToString(), server.Now, server.FreshPlace()));
        var taken = await server.VerdictAsync(fire, first, "because", server.Now);
        var head = await server.HeadAsync();

        var repeated = await server.VerdictAsync(fire, first, "because", server.Now);

        Assert.True(JsonElement.DeepEquals(taken.Json, repeated.Json));
        (await server.VerdictAsync(fire, other, "no")).IsProblem(409, "fire-closed");
        (await server.VerdictAsync(fire, first, "for another reason")).IsProblem(409, "fire-closed");
        Assert.Equal(head, await server.HeadAsync());
    }

    [Fact]
    public async Task A_confirmation_that_is_sent_twice_counts_once()
    {
        var fire = await server.FireOfAsync(new("twice", server.Now, server.FreshPlace()));
        var taken = await server.VerdictAsync(fire, "confirmed", "seen", server.Now);
        var head = await server.HeadAsync();

        var repeated = await server.VerdictAsync(fire, "confirmed", "seen", server.Now);

        Assert.True(JsonElement.DeepEquals(taken.Json, repeated.Json));
        Assert.Equal(head, await server.HeadAsync());
    }

    [Fact]
    public async Task A_verdict_is_neither_of_the_future_nor_from_before_the_fire()
    {
        var seen = server.Now.AddHours(-1);
        var fire = await server.FireOfAsync(new("times", seen, server.FreshPlace()));

        (await server.VerdictAsync(fire, "out", at: server.Now.AddMinutes(6))).IsProblem(400, "time-impossible");
        (await server.VerdictAsync(fire, "out", at: seen.AddSeconds(-1))).IsProblem(400, "time-impossible");
        Assert.Equal("out", (await server.VerdictAsync(fire, "out", at: seen)).Json.Text("status"));
    }

    [Theory]
    [InlineData("""{"verdict":"burned"}""", "verdict-invalid")]
    [InlineData("""{"verdict":"1"}""", "verdict-invalid")]
    [InlineData("""{"verdict":"out,refuted"}""", "verdict-invalid")]
    [InlineData("""{"verdict":"Confirmed, out","reason":"both"}""", "verdict-invalid")]
    [InlineData("""{"verdict":"out","at":"2026-03-15T08:42:58"}""", "time-invalid")]
    [InlineData("""{"verdict":"out","at":"08:50Z"}""", "time-invalid")]
    [InlineData("""{}""", "verdict-invalid")]
    [InlineData("""{"verdict":"out","at":"yesterday"}""", "time-invalid")]
    [InlineData("""{"verdict":7}""", "bad-request")]
    [InlineData("{\"verdict\":\"", "bad-request")]
    public async Task A_verdict_that_cannot_be_understood_is_refused(string body, string type)
    {
        var fire = await server.FireOfAsync(new(Guid.NewGuid().ToString(), server.Now, server.FreshPlace()));

        (await server.PostAsync($"api/fires/{fire.Id()}/verdict", body)).IsProblem(400, type);

        Assert.Empty(server.TakeErrors());
    }

    [Fact]
    public async Task A_reason_with_a_NUL_is_refused_like_any_other_nonsense()
    {
        var fire = await server.FireOfAsync(new("nul-reason", server.Now, server.FreshPlace()));

        var answer = await server.PostAsync($"api/fires/{fire.Id()}/verdict", """{"verdict":"refuted","reason":"a\u0000b"}""");

        Assert.Equal(400, (int)answer.Status);
        Assert.Equal("suspected", (await server.AgainAsync(fire)).Text("status"));
    }

    [Fact]
    public async Task What_is_seen_after_the_verdict_is_a_new_fire_with_a_new_violation()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("again-1", server.Now.AddHours(-1), place));
        await server.VerdictAsync(fire, "out", at: server.Now.AddMinutes(-30));

        var next = await server.FireOfAsync(new("again-2", server.Now.AddMinutes(-29), place));

        Assert.NotEqual(fire.Id(), next.Id(), StringComparer.Ordinal);
        Assert.Equal("open", (await server.ViolationOfAsync(next)).Text("status"));
        Assert.Equal("closed", (await server.ViolationOfAsync(fire)).Text("status"));
    }

    [Fact]
    public async Task What_was_seen_before_the_verdict_belongs_to_the_closed_fire_however_late_it_comes()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("before-1", server.Now.AddHours(-1), place));
        await server.VerdictAsync(fire, "out", at: server.Now.AddMinutes(-30));

        var joined = await server.FireOfAsync(new("before-2", server.Now.AddMinutes(-31), place));

        Assert.Equal(fire.Id(), joined.Id());
        Assert.Equal("out", joined.Text("status"));
        Assert.Equal("closed", (await server.ViolationOfAsync(fire)).Text("status"));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("refuted")]
    public async Task What_was_seen_after_the_moment_of_a_late_verdict_burns_on_as_another_fire(string verdict)
    {
        var (place, now) = (server.FreshPlace(), server.Now);
        var fire = await server.FireOfAsync(new($"{verdict}-0800", now.AddMinutes(-60), place));
        await server.ReportAsync(new Sighting($"{verdict}-0830", now.AddMinutes(-30), place));
        await server.ReportAsync(new Sighting($"{verdict}-0850", now.AddMinutes(-10), FreshPlaces.EastOf(place, 100)) { FrpMegawatts = 7 });
        await server.ReportAsync(new Sighting($"{verdict}-0851", now.AddMinutes(-9), FreshPlaces.EastOf(place, 50)));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        var head = await server.HeadAsync();

        var answer = await server.VerdictAsync(fire, verdict, "not-found", now.AddMinutes(-20));

        Assert.Equal((verdict, 2, now.AddMinutes(-30)), (answer.Json.Text("status"), answer.Json.Number("detections"), answer.Json.Time("lastSeenAt")));
        var burning = await server.FireOfDetectionAsync($"{verdict}-0850");
        Assert.Equal(("suspected", 2, now.AddMinutes(-10), 7.0), (burning.Text("status"), burning.Number("detections"), burning.Time("firstSeenAt"), burning.Property("frpMegawatts").GetDouble()));
        Assert.Equal("open", (await server.ViolationOfAsync(burning)).Text("status"));
        Assert.Equal("closed", (await server.ViolationOfAsync(answer.Json)).Text("status"));
        var events = await server.EventsAsync(head);
        Assert.Equal(["fire.detected", "fire.updated", "violation.opened", "violation.closed", "alarm.ended", "alarm.raised"], events.Select(e => e.Type()), StringComparer.Ordinal);
        var parted = (await server.OneAsync($"api/fires/{fire.Id()}/history")).GetProperty("changes").EnumerateArray().Single(c => c.GetProperty("what").GetString() == "parted");
        Assert.Equal(burning.Id(), parted.GetProperty("other").GetString());
        Assert.Equal(burning.Id(), (await server.FireOfAsync(new($"{verdict}-0855", now.AddMinutes(-5), place))).Id());
    }

    [Fact]
    public async Task A_fire_that_was_refuted_by_mistake_burns_again_with_a_violation_of_its_own()
    {
        var fire = await server.FireOfAsync(new("wrong", server.Now.AddMinutes(-20), server.FreshPlace()));
        await server.VerdictAsync(fire, "refuted", "industrial");
        var first = await server.ViolationOfAsync(await server.AgainAsync(fire));
        (await server.CorrectAsync(fire, "confirmed", null)).IsProblem(400, "reason-missing");

        var corrected = await server.CorrectAsync(fire, "confirmed", "看错了：田里在烧");

        Assert.Equal(("confirmed", "看错了：田里在烧"), (corrected.Json.Text("status"), corrected.Json.Property("verdict").GetProperty("reason").GetString()));
        var violation = await server.ViolationOfAsync(corrected.Json);
        Assert.NotEqual(first.Id(), violation.Id(), StringComparer.Ordinal);
        Assert.Equal(("open", server.Now.AddMinutes(-20)), (violation.Text("status"), violation.Time("openedAt")));
        Assert.Equal("refuted", (await server.OneAsync($"api/violations/{first.Id()}")).Text("closedReason"));
        Assert.True(JsonElement.DeepEquals(corrected.Json, (await server.CorrectAsync(fire, "confirmed", "看错了：田里在烧", server.Now)).Json));
        Assert.Equal("out", (await server.VerdictAsync(fire, "out")).Json.Text("status"));
    }

    [Fact]
    public async Task A_fire_that_was_out_and_was_none_is_told_so_with_its_violation()
    {
        var fire = await server.FireOfAsync(new("none", server.Now.AddMinutes(-20), server.FreshPlace()));
        var at = (await server.VerdictAsync(fire, "out", at: server.Now.AddMinutes(-10))).Json.Property("verdict").GetProperty("at").GetString();
        await server.PassAsync(TimeSpan.FromMinutes(5));

        var corrected = await server.CorrectAsync(fire, "refuted", "permitted");

        Assert.Equal(("refuted", at), (corrected.Json.Text("status"), corrected.Json.Property("verdict").GetProperty("at").GetString()));
        Assert.Equal(("closed", "refuted"), ((await server.ViolationOfAsync(fire)).Text("status"), (await server.ViolationOfAsync(fire)).Text("closedReason")));
    }

    [Fact]
    public async Task A_correction_takes_what_was_seen_after_the_wrong_verdict_back()
    {
        var place = server.FreshPlace();
        var fire = await server.FireOfAsync(new("back-1", server.Now.AddMinutes(-60), place));
        await server.VerdictAsync(fire, "out", at: server.Now.AddMinutes(-30));
        var second = await server.FireOfAsync(new("back-2", server.Now.AddMinutes(-20), place));
        Assert.NotEqual(fire.Id(), second.Id(), StringComparer.Ordinal);

        var corrected = await server.CorrectAsync(fire, "confirmed", "没有灭");

        Assert.Equal((fire.Id(), "confirmed", 2), (corrected.Json.Id(), corrected.Json.Text("status"), corrected.Json.Number("detections")));
        Assert.Equal(("merged", fire.Id()), ((await server.AgainAsync(second)).Text("status"), (await server.AgainAsync(second)).Text("mergedInto")));
        var violations = await server.ListAsync($"api/violations?subject={fire.Id()}");
        Assert.Equal(["closed", "open"], violations.Select(v => v.Text("status")).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal("merged", (await server.ListAsync($"api/violations?subject={second.Id()}"))[0].Text("closedReason"));
    }

    [Fact]
    public async Task Who_called_an_alarm_off_by_mistake_calls_again_with_the_correction()
    {
        var (place, now) = (server.FreshPlace(), server.Now);
        var fire = await server.FireOfAsync(new("call-1", now.AddMinutes(-60), place));
        await server.ReportAsync(new Sighting("call-2", now.AddMinutes(-5), place));
        await server.VerdictAsync(fire, "refuted", "solar", now.AddMinutes(-30));
        Assert.NotEqual(fire.Id(), (await server.FireOfDetectionAsync("call-2")).Id(), StringComparer.Ordinal);

        var corrected = await server.CorrectAsync(fire, "confirmed", "在烧");

        Assert.Equal((fire.Id(), 2), ((await server.FireOfDetectionAsync("call-2")).Id(), corrected.Json.Number("detections")));
        Assert.Single(await server.AlarmsOfAsync(fire), a => a.Property("endedAt").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task What_was_judged_as_one_fire_stays_one_without_what_joined_it()
    {
        var (place, now) = (server.FreshPlace(), server.Now);
        await server.ReportAsync(new Sighting("whole-west", now.AddMinutes(-60), place));
        await server.ReportAsync(new Sighting("whole-east", now.AddMinutes(-55), FreshPlaces.EastOf(place, 1_500)));
        await server.ReportAsync(new Sighting("whole-bridge", now.AddMinutes(-20), FreshPlaces.EastOf(place, 750)));
        var fire = await server.FireOfDetectionAsync("whole-west");
        Assert.Equal(3, fire.Number("detections"));

        var judged = (await server.VerdictAsync(fire, "refuted", "solar", now.AddMinutes(-30))).Json;

        Assert.Equal(("refuted", 2), (judged.Text("status"), judged.Number("detections")));
        Assert.Equal(judged.Id(), (await server.FireOfDetectionAsync("whole-east")).Id());
        Assert.Equal(("suspected", 1), ((await server.FireOfDetectionAsync("whole-bridge")).Text("status"), (await server.FireOfDetectionAsync("whole-bridge")).Number("detections")));
    }

    [Theory]
    [InlineData("x C")]
    [InlineData("C x")]
    public async Task What_comes_after_a_verdict_is_placed_alike_in_whatever_order(string order)
    {
        var (place, now) = (server.FreshPlace(), server.Now);
        var fire = await server.FireOfAsync(new($"alike-A {order}", now.AddMinutes(-120), place));
        await server.VerdictAsync(fire, "out", at: now.AddMinutes(-100));
        await server.PassAsync(TimeSpan.FromSeconds(1));
        foreach (var name in order.Split(' '))
        {
            await server.ReportAsync(name == "x"
                ? new Sighting($"alike-x {order}", now.AddMinutes(-110), FreshPlaces.EastOf(place, 950))
                : new Sighting($"alike-C {order}", now.AddMinutes(-60), FreshPlaces.EastOf(place, 1_100)));
        }

        var burning = await server.FireOfDetectionAsync($"alike-C {order}");
        Assert.Equal((2, "suspected"), (burning.Number("detections"), burning.Text("status")));
        Assert.Equal(burning.Id(), (await server.FireOfDetectionAsync($"alike-x {order}")).Id());
        Assert.Equal(1, (await server.AgainAsync(fire)).Number("detections"));
    }

    [Fact]
    public async Task A_later_end_takes_in_what_was_seen_before_it()
    {
        var (place, now) = (server.FreshPlace(), server.Now);
        var fire = await server.FireOfAsync(new("end-1", now.AddMinutes(-60), place));
        await server.VerdictAsync(fire, "out", "put-out", now.AddMinutes(-30));
        var second = await server.FireOfAsync(new("end-2", now.AddMinutes(-20), place));

        var corrected = (await server.CorrectAsync(fire, "out", "put-out", now.AddMinutes(-10))).Json;

        Assert.Equal(("out", 2, now.AddMinutes(-10)), (corrected.Text("status"), corrected.Number("detections"), corrected.Property("verdict").GetProperty("at").GetDateTimeOffset()));
        Assert.Equal(("merged", fire.Id()), ((await server.AgainAsync(second)).Text("status"), (await server.AgainAsync(second)).Text("mergedInto")));
        Assert.Equal("merged", (await server.ListAsync($"api/violations?subject={second.Id()}"))[0].Text("closedReason"));
        Assert.Equal(now.AddMinutes(-10), (await server.ViolationOfAsync(corrected)).Time("closedAt"));
        var earlier = (await server.CorrectAsync(fire, "out", "put-out", now.AddMinutes(-30))).Json;
        Assert.Equal(1, earlier.Number("detections"));
        Assert.Equal("suspected", (await server.FireOfDetectionAsync("end-2")).Text("status"));
    }

    [Fact]
    public async Task A_confirmation_that_the_end_takes_back_is_no_sighting()
    {
        var now = server.Now;
        var fire = await server.FireOfAsync(new("taken-back", now.AddMinutes(-60), server.FreshPlace()));
        await server.VerdictAsync(fire, "confirmed", at: now);

        var over = (await server.VerdictAsync(fire, "out", at: now.AddMinutes(-30))).Json;

        Assert.Equal(("out", now.AddMinutes(-60)), (over.Text("status"), over.Time("lastSeenAt")));
    }

    [Fact]
    public async Task What_leaves_a_fire_for_one_that_had_lapsed_lets_it_burn_again()
    {
        await using var slow = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(AirMapServer.Morning));
        var (place, now) = (slow.Places.NextWellInside(0.04), slow.Now);
        var lapsed = await slow.FireOfAsync(new("lapsed", now.AddHours(-13), place) { RadiusMetres = 50 });
        await slow.PassAsync(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(async () => (await slow.AgainAsync(lapsed)).Text("status") == "lapsed", "the clock has looked");
        var fire = await slow.FireOfAsync(new("beside", now.AddHours(-9), FreshPlaces.EastOf(place, 1_900)) { RadiusMetres = 50 });
        await slow.ReportAsync(new Sighting("vaguely", now.AddHours(-8), FreshPlaces.EastOf(place, 1_000)) { SourceKind = "phone", RadiusMetres = 1_500 });
        Assert.Equal(fire.Id(), (await slow.FireOfDetectionAsync("vaguely")).Id());

        await slow.VerdictAsync(fire, "out", at: now.AddHours(-8.5));

        var burning = await slow.FireOfDetectionAsync("vaguely");
        Assert.Equal((lapsed.Id(), true), (burning.Id(), burning.Text("status") is "suspected" or "confirmed"));
        Assert.Equal("critical", (await slow.ViolationOfAsync(burning)).Text("severity"));
    }

    [Fact]
    public async Task What_a_correction_sends_to_an_attributed_fire_makes_it_an_open_one()
    {
        var (place, now) = (server.FreshPlace(), server.Now);
        await server.ApprovedAsync(place);
        var fire = await server.FireOfAsync(HeatCalls.Pixel(now.AddMinutes(-26), place));
        await server.ReportAsync(new Sighting("sent-call", now.AddMinutes(-15), place) { SourceKind = "phone" });
        await server.ReportAsync(HeatCalls.Pixel(now.AddMinutes(-5), place));
        await server.VerdictAsync(fire, "out", at: now.AddMinutes(-10));

        await server.CorrectAsync(fire, "out", "更早", now.AddMinutes(-20));

        var burning = await server.FireOfDetectionAsync("sent-call");
        Assert.Equal((2, null), (burning.Number("detections"), burning.AttributedTo()));
        Assert.Equal("open", (await server.ViolationOfAsync(burning)).Text("status"));
    }

    [Fact]
    public async Task Two_officers_who_close_a_fire_at_the_same_moment_close_it_once()
    {
        var fire = await server.FireOfAsync(new("race", server.Now, server.FreshPlace()));
        var head = await server.HeadAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => server.VerdictAsync(fire, n % 2 == 0 ? "out" : "refuted", "r")));

        Assert.Equal(4, answers.Count(a => (int)a.Status == 200));
        Assert.Equal(4, answers.Count(a => (int)a.Status == 409));
        Assert.Equal(head + 3, await server.HeadAsync());
    }
}
