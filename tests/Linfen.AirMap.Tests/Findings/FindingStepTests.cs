using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Findings;

/// <summary>What becomes of a finding, and of the violation that follows from it.</summary>
public sealed class FindingStepTests(OwnServer own) : IClassFixture<OwnServer>
{
    /// <summary>A violation wherever it is.</summary>
    const string Plain = "kitchenFumes";

    AirMapServer Server => own.Server;

    Task<JsonElement> FiledAsync(string filedBy, string kind = Plain) => Server.FiledAsync(FindingCalls.Finding(kind, Server.FreshPlace(), filedBy));

    static string Time(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_patrols_finding_is_a_violation_at_once_since_it_was_found()
    {
        var finding = await FiledAsync("patrol");
        Assert.Single(await Server.OpenRulesAsync(finding));
        var violation = Assert.Single(await Server.ListAsync("api/violations?status=open&county=" + finding.GetProperty("county").GetString()), v => v.Property("subject").GetProperty("id").GetString() == finding.GetProperty("id").GetString());
        Assert.Equal((FindingCalls.FoundAt, AirMapServer.Morning), (violation.Time("openedAt"), violation.Time("knownAt")));
        Assert.Equal("finding", violation.Property("subject").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_report_of_the_public_is_a_violation_once_it_is_confirmed()
    {
        var finding = await FiledAsync("public");
        Assert.Empty(await Server.OpenRulesAsync(finding));
        var head = await Server.HeadAsync();

        var confirmed = await Server.TakenAsync(finding, "confirm");

        Assert.Equal(("confirmed", 2), (confirmed.GetProperty("state").GetString(), confirmed.GetProperty("version").GetInt32()));
        Assert.Single(await Server.OpenRulesAsync(finding));
        Assert.Equal("finding.changed violation.opened undecidable.changed", string.Join(' ', (await Server.EventsAsync(head)).Select(e => e.Type())));
    }

    [Fact]
    public async Task What_is_rectified_closes_its_violation_at_the_time_it_was_mended()
    {
        var finding = await FiledAsync("patrol");
        var mended = AirMapServer.Morning.AddMinutes(-10);
        await Server.TakenAsync(finding, "rectify", new { at = Time(mended), reason = "油烟净化器已装" });

        Assert.Empty(await Server.OpenRulesAsync(finding));
        var closed = await Server.AskAsync<DateTime>($"select closed_at from airmap.violations where subject_id = '{finding.GetProperty("id").GetString()}'");
        Assert.Equal(mended.UtcDateTime, closed);
        Assert.Equal("rectified", await Server.AskAsync<string>($"select closed_reason from airmap.violations where subject_id = '{finding.GetProperty("id").GetString()}'"));
    }

    [Fact]
    public async Task What_is_dismissed_was_no_violation_and_takes_no_further_step()
    {
        var finding = await FiledAsync("patrol");
        await Server.TakenAsync(finding, "dismiss", new { reason = "看错了" });
        Assert.Empty(await Server.OpenRulesAsync(finding));

        foreach (var step in new[] { "confirm", "rectify" })
        {
            var refused = (await Server.StepAsync(finding, step, new { reason = "再看" })).IsProblem(409, "state").Json;
            Assert.Equal("dismissed", refused.GetProperty("stored").Text("state"));
        }
    }

    [Theory]
    [InlineData("public", "", "rectify")]
    [InlineData("patrol", "rectify", "confirm")]
    [InlineData("patrol", "rectify", "dismiss")]
    [InlineData("public", "confirm rectify", "dismiss")]
    public async Task A_step_that_its_state_does_not_allow_is_refused(string filedBy, string before, string step)
    {
        var finding = await FiledAsync(filedBy);
        foreach (var taken in before.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            await Server.TakenAsync(finding, taken, new { reason = "按程序" });
        }

        var open = await Server.OpenRulesAsync(finding);
        (await Server.StepAsync(finding, step, new { reason = "按程序" })).IsProblem(409, "state");
        Assert.Equal(open, await Server.OpenRulesAsync(finding));
    }

    [Fact]
    public async Task A_step_that_is_repeated_changes_nothing_and_with_other_words_is_answered_with_both()
    {
        var finding = await FiledAsync("patrol");
        await Server.TakenAsync(finding, "rectify", new { reason = "已清洗" });
        var head = await Server.HeadAsync();

        Assert.Equal(2, (await Server.TakenAsync(finding, "rectify", new { reason = "已清洗" })).GetProperty("version").GetInt32());
        var refused = (await Server.StepAsync(finding, "rectify", new { reason = "已拆除" })).IsProblem(409, "exists").Json;

        Assert.Equal(("已清洗", "已拆除"), (refused.GetProperty("stored").Text("rectifiedReason"), refused.GetProperty("yours").Text("rectifiedReason")));
        Assert.Equal(head, await Server.HeadAsync());
    }

    [Fact]
    public async Task A_version_that_was_named_must_be_the_stored_one()
    {
        var finding = await FiledAsync("public");
        Assert.Equal(200, (int)(await Server.StepAsync(finding, "confirm", null, "\"1\"")).Status);
        (await Server.StepAsync(finding, "rectify", new { reason = "已清洗" }, "\"1\"")).IsProblem(409, "version-differs");
        Assert.Equal(200, (int)(await Server.StepAsync(finding, "rectify", new { reason = "已清洗" }, "\"2\"")).Status);
    }

    [Theory]
    [InlineData("rectify", "{}")]
    [InlineData("rectify", "{\"reason\":\"  \"}")]
    [InlineData("rectify", "{\"photos\":[\"0000000000000000000000000000000000000000000000000000000000000000\"]}")]
    [InlineData("dismiss", "{}")]
    [InlineData("confirm", "{\"at\":\"2026-03-15T10:05:01+08:00\"}")]
    [InlineData("confirm", "{\"at\":\"2026-03-15T09:29:59+08:00\"}")]
    [InlineData("confirm", "[]")]
    public async Task A_step_without_evidence_or_at_an_impossible_time_is_refused(string step, string body)
    {
        var finding = await FiledAsync("patrol");
        (await Server.PostAsync($"{FindingCalls.Findings}/{finding.GetProperty("id").GetString()}/{step}", body)).IsProblem(400, "invalid");
        Assert.Equal(1, (await Server.OneAsync($"{FindingCalls.Findings}/{finding.GetProperty("id").GetString()}")).Number("version"));
    }

    [Fact]
    public async Task The_history_tells_every_step()
    {
        var finding = await FiledAsync("public");
        await Server.TakenAsync(finding, "confirm");
        await Server.TakenAsync(finding, "rectify", new { reason = "已清洗" });
        var versions = (await Server.OneAsync($"{FindingCalls.Findings}/{finding.GetProperty("id").GetString()}/history")).GetProperty("versions").EnumerateArray();
        Assert.Equal("rectified confirmed filed", string.Join(' ', versions.Select(v => v.GetProperty("data").Text("state"))));
        (await Server.GetAsync($"{FindingCalls.Findings}/{Guid.NewGuid()}")).IsProblem(404, "not-found");
        (await Server.StepAsync(JsonSerializer.SerializeToElement(new { id = Guid.NewGuid() }), "confirm")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_simulated_finding_makes_a_simulated_violation_and_goes_with_the_simulation()
    {
        var simulated = FindingCalls.Finding(Plain, Server.FreshPlace());
        simulated["simulated"] = true;
        var finding = await Server.FiledAsync(simulated);
        Assert.True(await Server.AskAsync<bool>($"select simulated from airmap.violations where subject_id = '{finding.GetProperty("id").GetString()}'"));
        Assert.Equal(200, (int)(await Server.DeleteAsync("api/simulated")).Status);
        Assert.Equal(0, await Server.StoredAsync(finding.GetProperty("id").GetString()!));
    }
}

/// <summary>Findings whose rule depends on where and when they are made.</summary>
public sealed class FindingZoneTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    async Task<List<string>> FiledRulesAsync(string kind, LonLat place, DateTimeOffset? at = null) =>
        await Server.OpenRulesAsync(await Server.FiledAsync(FindingCalls.Finding(kind, place, "patrol", at)));

    [Fact]
    public async Task Loose_coal_offends_inside_a_coal_free_zone_and_a_zone_published_later_finds_what_is_there()
    {
        // 吉县 does not lie along the Fen: only the zone makes the rule.
        var place = Server.Places.NextIn("141028");
        var finding = await Server.FiledAsync(FindingCalls.Finding("looseCoal", place));
        Assert.Empty(await Server.OpenRulesAsync(finding));

        var zone = await Server.PublishZoneAsync("coalFree", ZoneCalls.Around(place, 800));
        Assert.Equal("A20.LooseCoal", Assert.Single(await Server.OpenRulesAsync(finding)));
        Assert.Equal("A20.Firewood", Assert.Single(await FiledRulesAsync("firewood", place)));
        Assert.Equal("A20.CoalFacility", Assert.Single(await FiledRulesAsync("coalFacility", place)));
        Assert.Empty(await FiledRulesAsync("looseCoal", FreshPlaces.EastOf(place, 900)));

        await Server.RetireAsync(zone);
        Assert.Empty(await Server.OpenRulesAsync(finding));
        Assert.Equal("law-changed", await Server.AskAsync<string>($"select closed_reason from airmap.violations where subject_id = '{finding.GetProperty("id").GetString()}'"));
    }

    [Fact]
    public async Task Loose_coal_along_the_Fen_offends_anywhere_after_2025()
    {
        var place = Server.Places.NextIn("141024");
        Assert.Equal("A19.AlongFenZero", Assert.Single(await FiledRulesAsync("looseCoal", place)));
    }

    [Fact]
    public async Task Fireworks_are_judged_by_the_zones_of_their_own_day()
    {
        var place = Server.Places.NextIn("141029");
        await Server.PublishZoneAsync("fireworksBan", ZoneCalls.Around(place, 800), from: "2026-02-10", to: "2026-02-20");

        Assert.Empty(await FiledRulesAsync("fireworksSetOff", place, new(2026, 2, 9, 23, 59, 0, TimeSpan.FromHours(8))));
        Assert.Equal("A37.Fireworks", Assert.Single(await FiledRulesAsync("fireworksSetOff", place, new(2026, 2, 10, 0, 0, 0, TimeSpan.FromHours(8)))));
        Assert.Equal("A37.Fireworks", Assert.Single(await FiledRulesAsync("fireworksSetOff", place, new(2026, 2, 20, 23, 59, 0, TimeSpan.FromHours(8)))));
        Assert.Empty(await FiledRulesAsync("fireworksSetOff", place, new(2026, 2, 21, 0, 0, 0, TimeSpan.FromHours(8))));
    }

    [Fact]
    public async Task Coal_found_in_a_zone_offends_only_while_the_zone_is_in_force()
    {
        var place = Server.Places.NextIn("141031");
        var found = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.FromHours(8));
        await Server.PublishZoneAsync("coalFree", ZoneCalls.Around(place, 800), from: "2025-11-01", to: "2026-03-10");
        Assert.Empty(await FiledRulesAsync("looseCoal", place, found));

        await Server.PublishZoneAsync("coalFree", ZoneCalls.Around(place, 700), from: "2026-03-12");
        var finding = Assert.Single(await Server.ListAsync("api/findings?kind=looseCoal&county=141031"));
        Assert.Equal("A20.LooseCoal", Assert.Single(await Server.OpenRulesAsync(finding.GetProperty("properties"))));
        var opened = await Server.AskAsync<DateTime>($"select opened_at from airmap.violations where closed_at is null and subject_id = '{finding.Id()}'");
        Assert.Equal(new DateTime(2026, 3, 11, 16, 0, 0, DateTimeKind.Utc), opened);
    }
}
