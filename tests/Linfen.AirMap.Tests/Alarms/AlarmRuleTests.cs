using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Alarms;

/// <summary>Which violations raise an alarm is said by rules that the administrator keeps.</summary>
public sealed class AlarmRuleTests(MigratedCluster cluster)
{
    async Task<AirMapServer> StartAsync(string? database = null) =>
        await AirMapServer.StartAsync(cluster, database ?? await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    static object Rule(string[]? severities = null, int[]? articles = null, string[]? counties = null, bool sounds = true, bool enabled = true) =>
        new { name = "规则", severities = severities ?? ["critical"], articles, counties, sounds, enabled };

    static async Task<JsonElement?> AlarmOfFreshFireAsync(AirMapServer server, string county) =>
        (await server.AlarmsOfAsync(await server.FireOfAsync(new(Guid.NewGuid().ToString(), server.Now, server.Places.NextIn(county))))) is [var alarm] ? alarm : null;

    [Fact]
    public async Task A_new_city_sounds_for_every_critical_violation()
    {
        await using var server = await StartAsync();
        var rule = await server.OnlyRuleAsync();
        Assert.Equal("critical", Assert.Single(rule.GetProperty("severities").EnumerateArray()).GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (rule.GetProperty("articles").ValueKind, rule.GetProperty("counties").ValueKind));
        Assert.True(rule.GetProperty("sounds").GetBoolean() && rule.GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task Rules_name_severities_articles_and_counties_and_one_that_sounds_speaks_for_several()
    {
        await using var server = await StartAsync();
        var first = await server.OnlyRuleAsync();
        async Task ReplaceAsync(object rule) =>
            Assert.Equal(HttpStatusCode.OK, (await server.PutRuleAsync(first.GetProperty("id").GetString()!, rule, $"\"{(await server.OnlyRuleAsync()).GetProperty("version").GetInt32()}\"")).Status);

        await ReplaceAsync(Rule(["serious", "ordinary"]));
        Assert.Null(await AlarmOfFreshFireAsync(server, "141024"));
        await ReplaceAsync(Rule(articles: [20]));
        Assert.Null(await AlarmOfFreshFireAsync(server, "141024"));
        await ReplaceAsync(Rule(enabled: false));
        Assert.Null(await AlarmOfFreshFireAsync(server, "141024"));
        await ReplaceAsync(Rule(counties: ["141029"], sounds: false));
        Assert.Null(await AlarmOfFreshFireAsync(server, "141024"));
        Assert.False((await AlarmOfFreshFireAsync(server, "141029"))!.Value.Property("sounds").GetBoolean());

        await server.AddRuleAsync(new { name = "响的", severities = new[] { "critical" }, articles = new[] { 36 } });
        var both = await AlarmOfFreshFireAsync(server, "141029");
        Assert.Equal((true, "响的"), (both!.Value.Property("sounds").GetBoolean(), both.Value.Text("raisedBy")));
    }

    [Fact]
    public async Task A_change_counts_at_once_in_every_process()
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);
        Assert.NotNull(await AlarmOfFreshFireAsync(other, "141024"));
        var rule = await one.OnlyRuleAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await one.DropRuleAsync(rule.GetProperty("id").GetString()!, "\"1\"")).Status);

        Assert.Null(await AlarmOfFreshFireAsync(other, "141024"));
        await one.AddRuleAsync(Rule());
        Assert.NotNull(await AlarmOfFreshFireAsync(other, "141024"));
        Assert.NotNull(await AlarmOfFreshFireAsync(one, "141024"));
    }

    [Fact]
    public async Task Nobodys_edit_is_lost_and_every_edit_is_audited()
    {
        await using var server = await StartAsync();
        var id = (await server.AddRuleAsync(Rule())).GetProperty("id").GetString()!;
        (await server.PutRuleAsync(id, Rule(), null)).IsProblem(428, "if-match-required");
        (await server.DropRuleAsync(id, null)).IsProblem(428, "if-match-required");
        (await server.PutRuleAsync(Guid.NewGuid().ToString(), Rule(), "\"1\"")).IsProblem(404, "not-found");
        var changed = await server.PutRuleAsync(id, Rule(sounds: false), "\"1\"");
        Assert.Equal((2, false), (changed.Json.GetProperty("version").GetInt32(), changed.Json.GetProperty("sounds").GetBoolean()));
        var late = (await server.PutRuleAsync(id, Rule(["ordinary"]), "\"1\"")).IsProblem(409, "version-differs");
        Assert.Equal((2, "ordinary"), (late.Json.GetProperty("stored").GetProperty("version").GetInt32(), late.Json.GetProperty("yours").GetProperty("severities")[0].GetString()));
        (await server.DropRuleAsync(id, "\"1\"")).IsProblem(409, "version-differs");
        Assert.Equal(HttpStatusCode.NoContent, (await server.DropRuleAsync(id, "\"2\"")).Status);
        (await server.GetAsync($"api/alarm-rules/{id}")).IsProblem(404, "not-found");
        Assert.Equal(
            ["alarm-rule.created", "alarm-rule.changed", "alarm-rule.deleted"],
            await server.AskAllAsync($"select action from airmap.audit where target_id = '{id}' order by id"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"severities":["critical"]}""", "name")]
    [InlineData("""{"name":"x"}""", "severities")]
    [InlineData("""{"name":"x","severities":["loud"]}""", "severities")]
    [InlineData("""{"name":"x","severities":["critical"],"articles":[]}""", "articles")]
    [InlineData("""{"name":"x","severities":["critical"],"articles":[999]}""", "articles")]
    [InlineData("""{"name":"x","severities":["critical"],"counties":[]}""", "counties")]
    [InlineData("""{"name":"x","severities":["critical"],"counties":["110000"]}""", "counties")]
    public async Task A_wrong_rule_is_refused_by_its_field(string body, string field)
    {
        await using var server = await StartAsync();
        var answer = (await server.PostAsync("api/alarm-rules", body)).IsProblem(400, "invalid");
        Assert.StartsWith(field + ":", answer.Json.GetProperty("faults")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_the_administrators_and_of_the_whole_city()
    {
        await using var server = await StartAsync();
        using var officer = await Visitor.AsAsync(server, Role.CityOfficer);
        (await officer.PostAsync("api/alarm-rules", JsonSerializer.Serialize(Rule()))).IsProblem(403, "forbidden");
        using var confined = await Visitor.AsAsync(server, Role.Administrator, "141024");
        (await confined.PostAsync("api/alarm-rules", JsonSerializer.Serialize(Rule()))).IsProblem(403, "forbidden");
        await server.OnlyRuleAsync();
    }
}
