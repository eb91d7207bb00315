using System.Globalization;
using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>What is not believed is seen, and released by somebody who says why; late data accuse nobody after the event.</summary>
public sealed class QuarantineTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    static string Time(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    Task<Answer> ReleaseAsync(string mn, DateTimeOffset from, DateTimeOffset to, string quality = "unitImplausible", double? scale = null, string? reason = "仪器已现场比对") =>
        Server.PostAsync($"api/monitors/{mn}/release", JsonSerializer.Serialize(new { from = Time(from), to = Time(to), quality, reason, scale }));

    async Task<List<JsonElement>> QuarantineAsync(string path) => [.. (await Server.GetAsync(path)).Json.EnumerateArray()];

    [Fact]
    public async Task Milligrams_that_were_taken_for_micrograms_are_listed_released_by_their_scale_and_judged()
    {
        var (_, monitor, mn) = await Server.MonitorAsync();
        await Server.SendMinutesAsync(mn, 60, DustCalls.Tsp(0.9));
        await Server.JudgeDustAsync();
        Assert.Empty(await Server.OpenRulesAsync(monitor));
        var listed = Assert.Single(await QuarantineAsync($"api/monitors/{mn}/quarantine"));
        Assert.Equal(("a34001", "unitImplausible", 60L), (listed.GetProperty("factor").GetString(), listed.GetProperty("quality").GetString(), listed.GetProperty("readings").GetInt64()));
        Assert.Equal((0.9, 0.918), (listed.GetProperty("least").GetDouble(), listed.GetProperty("most").GetDouble()));
        Assert.Contains(await QuarantineAsync("api/monitors/quarantine"), q => q.GetProperty("mn").GetString() == mn);

        var head = await Server.HeadAsync();
        var released = await ReleaseAsync(mn, Server.Now.AddHours(-2), Server.Now.AddMinutes(1), scale: 1_000);
        Assert.Equal(HttpStatusCode.OK, released.Status);
        Assert.Equal(60, released.Json.GetProperty("readings").GetInt64());
        Assert.Equal("reading.released", Assert.Single(await Server.EventsAsync(head)).Type());
        Assert.Single(await Server.AskAllAsync($"select after::text from airmap.audit where action = 'monitor.released' and target_id = '{monitor.GetProperty("id").GetString()}' and after ->> 'reason' = '仪器已现场比对'"));
        Assert.Empty(await QuarantineAsync($"api/monitors/{mn}/quarantine"));
        var values = (await Server.OneAsync($"api/monitors/{mn}/readings")).GetProperty("readings").EnumerateArray().ToList();
        Assert.All(values, v => Assert.InRange(v.GetProperty("value").GetDouble(), 899, 919));

        // The rules look at the present again, and so it is told.
        await Server.JudgeDustAsync();
        Assert.Equal(["A28.Dust"], await Server.OpenRulesAsync(monitor), StringComparer.Ordinal);
        // Sent once more it is as it was released.
        await Server.SendMinutesAsync(mn, 60, DustCalls.Tsp(0.9));
        Assert.Empty(await QuarantineAsync($"api/monitors/{mn}/quarantine"));
    }

    [Fact]
    public async Task What_is_released_of_an_hour_that_is_over_puts_its_means_right_and_accuses_nobody()
    {
        var (_, monitor, mn) = await Server.MonitorAsync();
        var over = TimeSpan.FromHours(-26);
        await Server.SendMinutesAsync(mn, 60, DustCalls.Tsp(0.9), over);
        Assert.Equal(HttpStatusCode.OK, (await ReleaseAsync(mn, Server.Now.AddDays(-2), Server.Now, scale: 1_000)).Status);
        await Server.SendMinutesAsync(mn, 60, DustCalls.Tsp(100));
        await Server.JudgeDustAsync();
        Assert.Empty(await Server.OpenRulesAsync(monitor));
        var means = (await Server.OneAsync($"api/monitors/{mn}/readings?interval=hour&to={Uri.EscapeDataString(Time(Server.Now.AddHours(-20)))}")).GetProperty("readings").EnumerateArray().ToList();
        Assert.All(means, m => Assert.True(m.GetProperty("valid").GetBoolean() && m.GetProperty("value").GetDouble() > 850));
    }

    [Fact]
    public async Task Readings_of_a_clock_that_was_ahead_are_released_at_the_time_they_say()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        await Server.SendMinutesAsync(mn, 30, DustCalls.Tsp(120), TimeSpan.FromHours(1));
        Assert.Equal("clockOff", Assert.Single(await QuarantineAsync($"api/monitors/{mn}/quarantine")).GetProperty("quality").GetString());
        Assert.Equal(30, (await ReleaseAsync(mn, Server.Now, Server.Now.AddHours(2), "clockOff")).Json.GetProperty("readings").GetInt64());
        Assert.All((await Server.OneAsync($"api/monitors/{mn}/readings")).GetProperty("readings").EnumerateArray().ToList(), r => Assert.True(r.GetProperty("valid").GetBoolean()));
    }

    [Fact]
    public async Task A_scale_releases_what_is_dust_by_it_and_leaves_the_rest()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        await Server.SendMinutesAsync(mn, 3, ago => ago == 1 ? "a34001-Rtd=132000,a34001-Flag=N" : $"a34001-Rtd=0.1{ago},a34001-Flag=N");
        Assert.Equal(2, (await ReleaseAsync(mn, Server.Now.AddHours(-1), Server.Now.AddHours(1), scale: 1_000)).Json.GetProperty("readings").GetInt64());
        Assert.Equal(132_000, Assert.Single(await QuarantineAsync($"api/monitors/{mn}/quarantine")).GetProperty("most").GetDouble());
    }

    [Fact]
    public async Task A_release_says_when_what_and_why()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        await Server.SendMinutesAsync(mn, 2, DustCalls.Tsp(0.9));
        var (from, to) = (Server.Now.AddHours(-1), Server.Now.AddHours(1));
        (await ReleaseAsync(mn, from, to, reason: " ")).IsProblem(400, "invalid");
        (await ReleaseAsync(mn, to, from)).IsProblem(400, "invalid");
        (await ReleaseAsync(mn, from, from.AddDays(32))).IsProblem(400, "invalid");
        (await ReleaseAsync(mn, from, to, "flagged")).IsProblem(400, "invalid");
        (await ReleaseAsync(mn, from, to, "clockOff", 1_000)).IsProblem(400, "invalid");
        (await ReleaseAsync(mn, from, to, scale: -1)).IsProblem(400, "invalid");
        (await ReleaseAsync(mn, from, to, "flatLine")).IsProblem(404, "not-found");
        (await ReleaseAsync("NOBODY", from, to)).IsProblem(404, "not-found");
        (await Server.GetAsync($"api/monitors/{mn}/quarantine?from=yesterday")).IsProblem(400, "query-invalid");
        (await Server.GetAsync("api/monitors/NOBODY/quarantine")).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Only_who_judges_releases_and_only_where_he_may()
    {
        var (_, _, mn) = await Server.MonitorAsync();
        await Server.SendMinutesAsync(mn, 2, DustCalls.Tsp(0.9));
        var body = JsonSerializer.Serialize(new { from = Time(Server.Now.AddHours(-1)), to = Time(Server.Now.AddHours(1)), quality = "unitImplausible", reason = "比对" });
        using var stranger = await Visitor.AsAsync(Server, Role.CountyOfficer, "141029");
        (await stranger.PostAsync($"api/monitors/{mn}/release", body)).IsProblem(404, "not-found");
        (await stranger.GetAsync($"api/monitors/{mn}/quarantine")).IsProblem(404, "not-found");
        Assert.DoesNotContain(mn, (await stranger.GetAsync("api/monitors/quarantine")).Text, StringComparison.Ordinal);
        using var viewer = await Visitor.AsAsync(Server, Role.Viewer, "141024");
        (await viewer.PostAsync($"api/monitors/{mn}/release", body)).IsProblem(403, "forbidden");
        using var officer = await Visitor.AsAsync(Server, Role.CountyOfficer, "141024");
        Assert.Equal(HttpStatusCode.OK, (await officer.PostAsync($"api/monitors/{mn}/release", body)).Status);
    }

    [Fact]
    public async Task Late_and_resent_data_open_no_old_violation_and_keep_the_means_right()
    {
        var (_, monitor, mn) = await Server.MonitorAsync();
        await Server.SendMinutesAsync(mn, 60, DustCalls.Tsp(100));
        await Server.JudgeDustAsync();
        var yesterday = TimeSpan.FromHours(-24);
        for (var again = 0; again < 2; again++)
        {
            await Server.SendMinutesAsync(mn, 120, DustCalls.Tsp(1_500), yesterday);
            await Server.JudgeDustAsync();
        }

        Assert.Empty(await Server.AskAllAsync($"select rule from airmap.violations where subject_id = '{monitor.GetProperty("id").GetString()}'"));
        Assert.Equal(180, await Server.ReadingsAsync(mn));
        Assert.Equal("ok", (await Server.HealthAsync(mn)).GetProperty("state").GetString());
        var hours = (await Server.OneAsync($"api/monitors/{mn}/readings?interval=hour")).GetProperty("readings").EnumerateArray().ToList();
        Assert.Equal([101, 1_515], hours.Select(h => Math.Round(h.GetProperty("value").GetDouble())).Distinct().Where(v => v is 101 or 1_515).Order());
    }
}
