using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Linfen.AirMap.Tests.Zones;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Parameters;

/// <summary>Dated values are added by an amendment; what they change today leaves the past as it was judged.</summary>
public sealed class ParameterTests(MigratedCluster cluster) : IAsyncLifetime
{
    const string Radius = "A17.HeatRadius.Radius";
    const string Rule = "A17.HeatRadius";

    static readonly LonLat Zhaoguang = new(111.69177, 36.5538);

    AirMapServer? started;

    AirMapServer Server => started ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync() =>
        started = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    public ValueTask DisposeAsync() => started?.DisposeAsync() ?? ValueTask.CompletedTask;

    async Task<string> TagAsync(string path = "api/parameters")
    {
        using var answer = await Server.Client.GetAsync(new Uri(path, UriKind.Relative));
        return answer.Headers.ETag!.Tag;
    }

    async Task<Answer> AddAsync(object value, string? tag = null) =>
        await Server.SendAsync(HttpMethod.Post, "api/parameters", JsonSerializer.Serialize(value), tag ?? await TagAsync());

    static object Value(string from, object value, string? to = null, string code = Radius, string? citation = "临政发〔2026〕9号", string? reason = "补录") =>
        new { code, effectiveFrom = from, effectiveTo = to, value, citation, reason };

    [Fact]
    public async Task A_smaller_radius_from_a_past_day_closes_what_it_frees_from_that_day_and_last_year_stays_as_it_was()
    {
        var (near, far) = (await BoilerAsync(14_999), await BoilerAsync(20_000));
        Assert.Single(await Server.ViolationsOfAsync(far, Rule));
        var head = await Server.HeadAsync();

        var answer = await AddAsync(Value("2026-02-01", 15));

        Assert.True((int)answer.Status == 201, answer.Text);
        Assert.Equal([30, 15], answer.Json.GetProperty("values").EnumerateArray().Select(v => v.GetProperty("value").GetInt32()));
        var closed = Assert.Single(await Server.ViolationsOfAsync(far, Rule));
        Assert.Equal("law-changed", closed.Text("closedReason"));
        Assert.Equal(new(2026, 2, 1, 0, 0, 0, TimeSpan.FromHours(8)), closed.Time("closedAt"));
        Assert.Equal("open", Assert.Single(await Server.ViolationsOfAsync(near, Rule)).Text("status"));
        var then = Assert.Single(await Server.ListAsync("api/violations?at=2025-06-01T00:00:00Z"), v => v.Id() == closed.Id());
        Assert.Equal(("open", null, null), (then.Text("status"), then.Text("closedAt"), then.Text("closedReason")));
        var told = await Server.EventsAsync(head);
        Assert.Equal("parameter.changed", told[0].Type());
        Assert.Equal(["violation.closed", "violation.updated"], told.Skip(1).Select(e => e.Type()).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.True(JsonElement.DeepEquals(answer.Json, told[0].GetProperty("data")));
        Assert.Equal(30, await DrawnRadiusAsync("2026-01-31"));
        Assert.Equal(15, await DrawnRadiusAsync("2026-02-01"));
        Assert.Empty(await Server.OpenRulesAsync(await BoilerAsync(20_001)));
    }

    [Fact]
    public async Task A_smaller_radius_changes_the_decision_about_today_and_not_about_last_year_for_boilers_on_both_sides_of_30_km()
    {
        var (inside, outside) = (await BoilerAsync(29_900), await BoilerAsync(30_100));
        Assert.Single(await Server.ViolationsOfAsync(inside, Rule));
        Assert.Empty(await Server.ViolationsOfAsync(outside, Rule));

        Assert.Equal(201, (int)(await AddAsync(Value("2026-03-15", 15))).Status);

        Assert.Empty(await StandingAsync(inside, "2026-03-15T02:00:00Z"));
        Assert.Empty(await StandingAsync(outside, "2026-03-15T02:00:00Z"));
        var lastYear = Assert.Single(await StandingAsync(inside, "2025-06-01T00:00:00Z"));
        Assert.Equal((null, 30), (lastYear.Text("closedReason"), lastYear.Property("parameters").EnumerateArray().Single(p => p.GetProperty("code").GetString() == Radius).GetProperty("value").GetInt32()));
        Assert.Single(await StandingAsync(inside, "2026-03-14T15:59:59Z"));
        Assert.Empty(await StandingAsync(inside, "2026-03-14T16:00:00Z"));
        Assert.Empty(await StandingAsync(outside, "2025-06-01T00:00:00Z"));

        // Nor does judging everything again touch what was judged by its own law.
        await Server.RedecideAsync();
        Assert.Single(await StandingAsync(inside, "2025-06-01T00:00:00Z"));
        Assert.Empty(await StandingAsync(outside, "2025-06-01T00:00:00Z"));
    }

    [Fact]
    public async Task A_radius_from_tomorrow_holds_by_the_clock()
    {
        var far = await BoilerAsync(20_000);
        Assert.Equal(201, (int)(await AddAsync(Value("2026-03-16", 15))).Status);
        Assert.Equal("open", Assert.Single(await Server.ViolationsOfAsync(far, Rule)).Text("status"));

        Server.Clock!.Advance(TimeSpan.FromHours(14));
        await Until.TrueAsync(async () => (await Server.ViolationsOfAsync(far, Rule))[0].Text("status") == "closed", "the radius shrinks");
        Assert.Equal(new(2026, 3, 16, 0, 0, 0, TimeSpan.FromHours(8)), (await Server.ViolationsOfAsync(far, Rule))[0].Time("closedAt"));
    }

    [Fact]
    public async Task A_value_of_today_is_put_right_with_a_reason_and_decides_anew_and_older_law_is_not_edited()
    {
        var far = await BoilerAsync(20_000);
        Assert.Equal(201, (int)(await AddAsync(Value("2026-03-15", 15, reason: null))).Status);
        var wrongly = Assert.Single(await Server.ViolationsOfAsync(far, Rule));
        Assert.Equal("law-changed", wrongly.Text("closedReason"));
        var path = $"api/parameters/{Radius}";

        async Task<Answer> PutAsync(string day, object value, string? tag = null) =>
            await Server.SendAsync(HttpMethod.Put, $"{path}/{day}", JsonSerializer.Serialize(value), tag ?? await TagAsync(path));

        var unsaid = (await PutAsync("2026-03-15", new { value = 25, citation = "更正" })).IsProblem(400, "invalid").Json;
        Assert.StartsWith("reason: ", Assert.Single(unsaid.GetProperty("faults").EnumerateArray()).GetString(), StringComparison.Ordinal);
        (await PutAsync("2026-03-15", new { value = 25, citation = "更正", reason = "录入错误" }, "\"elsewhere\"")).IsProblem(409, "version-differs");
        (await Server.SendAsync(HttpMethod.Put, $"{path}/2026-03-15", """{"value":25,"citation":"更正","reason":"录入错误"}""", null)).IsProblem(428, "if-match-required");
        (await PutAsync("2024-04-17", new { value = 25, citation = "更正", reason = "录入错误" })).IsProblem(409, "in-force");
        (await Server.DeleteAsync($"{path}/2026-03-15", await TagAsync(path))).IsProblem(409, "in-force");
        (await PutAsync("2026-03-15", new { value = 0, citation = "更正", reason = "录入错误" })).IsProblem(400, "invalid");
        var before = await Server.AskAsync<string>($"select to_jsonb(v)::text from airmap.violations v where id = '{wrongly.Id()}'");

        var right = await PutAsync("2026-03-15", new { value = 25, citation = "更正", reason = "录入错误" });

        Assert.True((int)right.Status == 200, right.Text);
        Assert.Equal([30, 25], right.Json.GetProperty("values").EnumerateArray().Select(v => v.GetProperty("value").GetInt32()));
        Assert.Equal([Rule], (await Server.OpenRulesAsync(far)).Where(r => r == Rule), StringComparer.Ordinal);
        Assert.Equal("录入错误", await Server.AskAsync<string>("select after::jsonb->>'reason' from airmap.audit where action = 'parameter.correct'"));
        var open = (await Server.ViolationsOfAsync(far, Rule)).Single(v => v.Text("status") == "open");
        Assert.Equal(25, open.Property("parameters").EnumerateArray().Single(p => p.GetProperty("code").GetString() == Radius).GetProperty("value").GetInt32());
        if (open.Id() != wrongly.Id())
        {
            Assert.Equal(before, await Server.AskAsync<string>($"select to_jsonb(v)::text from airmap.violations v where id = '{wrongly.Id()}'"));
        }

        Server.Clock!.Advance(TimeSpan.FromHours(14));
        (await PutAsync("2026-03-15", new { value = 20, citation = "更正", reason = "录入错误" })).IsProblem(409, "in-force");
    }

    public static TheoryData<string, object, bool> Limits => new()
    {
        { Radius, 0, false }, { Radius, 0.001, true }, { Radius, 200, true }, { Radius, 201, false },
        { "A17.DueHours", 0, false }, { "A17.DueHours", 8760, true }, { "A17.DueHours", 8761, false },
        { "A28.Dust.ValidShare", 0, false }, { "A28.Dust.ValidShare", 1, true }, { "A28.Dust.ValidShare", 75, false },
        { "A28.Dust.CriticalFactor", 0.5, false }, { "A28.Dust.CriticalFactor", 1.5, true },
        { "A28.Dust.Tsp.Limit", 0, false }, { "A28.Dust.Tsp.Limit", 300, true }, { "A28.Dust.Tsp.AveragingMinutes", 1441, false },
        { "A39.Pm25.ValidDays", 367, false }, { "A26.ControlZone.ObsoleteStage", 0, true }, { "A26.ControlZone.ObsoleteStage", 7, false },
        { "A41.AlongFen.After", "1026-12-31", false }, { "A41.AlongFen.After", "2026-12-31", true },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_value_is_taken_within_what_its_unit_can_be(string code, object value, bool taken)
    {
        var answer = await AddAsync(Value("2026-04-01", value, code: code));
        if (taken)
        {
            Assert.True((int)answer.Status == 201, answer.Text);
            return;
        }

        Assert.StartsWith("value: ", Assert.Single(answer.IsProblem(400, "invalid").Json.GetProperty("faults").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_shipped_value_is_within_its_limits()
    {
        foreach (var parameter in (await Server.OneAsync("api/parameters")).GetProperty("parameters").EnumerateArray())
        {
            var value = parameter.GetProperty("values")[0].GetProperty("value");
            var answer = await AddAsync(new { code = parameter.GetProperty("code").GetString(), effectiveFrom = "2026-04-01", value, citation = "重申" });
            Assert.True((int)answer.Status == 201, $"{parameter}: {answer.Text}");
        }
    }

    [Fact]
    public async Task A_reason_is_kept_in_the_audit_and_adding_needs_neither_it_nor_If_Match()
    {
        var added = await Server.PostAsync("api/parameters", JsonSerializer.Serialize(Value("2026-03-14", 20, reason: "文件晚到")));
        Assert.True((int)added.Status == 201, added.Text);
        Assert.Equal("文件晚到", await Server.AskAsync<string>("select after::jsonb->>'reason' from airmap.audit where action = 'parameter.add'"));
        Assert.Equal(201, (int)(await Server.PostAsync("api/parameters", JsonSerializer.Serialize(Value("2026-03-15", 21, reason: null)))).Status);
    }

    [Fact]
    public async Task What_is_not_in_force_yet_may_be_replaced_and_deleted_and_what_was_law_may_not()
    {
        var list = await TagAsync();
        Assert.Equal(201, (int)(await AddAsync(Value("2026-04-01", 20), list)).Status);
        var path = $"api/parameters/{Radius}";
        var replaced = await Server.SendAsync(HttpMethod.Put, path + "/2026-04-01", """{"value":25,"citation":"更正"}""", await TagAsync(path));
        Assert.True((int)replaced.Status == 200, replaced.Text);
        Assert.Equal(25, replaced.Json.GetProperty("values")[1].GetProperty("value").GetInt32());
        (await Server.SendAsync(HttpMethod.Put, path + "/2024-04-17", """{"value":25,"citation":"x"}""", await TagAsync(path))).IsProblem(409, "in-force");
        (await Server.DeleteAsync(path + "/2024-04-17", await TagAsync(path))).IsProblem(409, "in-force");
        (await Server.DeleteAsync(path + "/2026-04-02", await TagAsync(path))).IsProblem(404, "not-found");
        Assert.Equal(200, (int)(await Server.DeleteAsync(path + "/2026-04-01", await TagAsync(path))).Status);
        Assert.Single((await Server.OneAsync(path)).GetProperty("values").EnumerateArray());
        Assert.Equal(list, await TagAsync());
    }

    [Fact]
    public async Task Of_two_editors_the_second_gets_both_versions()
    {
        var tag = await TagAsync($"api/parameters/{Radius}");
        (await Server.DeleteAsync($"api/parameters/{Radius}/2026-04-01", null)).IsProblem(428, "if-match-required");
        Assert.Equal(201, (int)(await AddAsync(Value("2026-04-01", 20), tag)).Status);

        var second = (await AddAsync(Value("2026-05-01", 10), tag)).IsProblem(409, "version-differs").Json;

        Assert.Equal(2, second.GetProperty("stored").GetProperty("values").GetArrayLength());
        Assert.Equal("2026-05-01", second.GetProperty("yours").GetProperty("effectiveFrom").GetString());
        var same = (await AddAsync(Value("2026-04-01", 12))).IsProblem(409, "exists").Json;
        Assert.Equal(12, same.GetProperty("yours").GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task A_value_that_cannot_be_is_refused_by_the_name_of_the_field()
    {
        await RefusedAsync(Value("2026-04-01", 1, code: "A99.Nothing"), "code");
        await RefusedAsync(Value("2026-04-01", "2026-05-01"), "value");
        await RefusedAsync(Value("2026-04-01", "many"), "value");
        await RefusedAsync(Value("2026-04-01", -1), "value");
        await RefusedAsync(Value("2026-04-01", 1, citation: " "), "citation");
        await RefusedAsync(Value("2026-04-01", 1, to: "2026-03-31"), "effectiveTo");
        await RefusedAsync(Value("2023-04-01", 1, to: "2024-04-17"), "effectiveTo");
        await RefusedAsync(Value("2026-04-31", 1), "effectiveFrom");
        await RefusedAsync(new { code = Radius, value = 1, citation = "x" }, "effectiveFrom");
        await RefusedAsync(Value("2026-04-01", new[] { "110000" }, code: "JointControl.Counties"), "110000");
        (await Server.SendAsync(HttpMethod.Post, "api/parameters", "{", await TagAsync())).IsProblem(400, "not-json");
        Assert.Equal(404, (int)(await Server.GetAsync("api/parameters/A99.Nothing")).Status);
        Assert.Empty(Server.TakeErrors());
    }

    async Task RefusedAsync(object value, string field)
    {
        var faults = (await AddAsync(value)).IsProblem(400, "invalid").Json.GetProperty("faults").EnumerateArray();
        Assert.Contains(faults, f => f.GetString()!.Contains(field, StringComparison.Ordinal));
    }

    /// <summary>What stood against a boiler at a moment.</summary>
    Task<List<JsonElement>> StandingAsync(JsonElement boiler, string at) =>
        Server.ListAsync($"api/violations?rule={Rule}&subject={boiler.GetProperty("id").GetString()}&at={at}");

    async Task<int> DrawnRadiusAsync(string day) =>
        (await Server.ListAsync("api/zones?kind=heatRadius&at=" + day)).Select(c => c.Number("radiusKilometres")).Distinct().Single();

    /// <summary>South-east of 兆光 and far from the other plant.</summary>
    Task<JsonElement> BoilerAsync(double metres) => Server.AddBoilerAsync(Geodesic.Destination(Zhaoguang, 150, metres));
}
