using System.Net;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Alarms;

/// <summary>What tests say about alarms.</summary>
static class AlarmCalls
{
    public static Task<List<JsonElement>> OpenAlarmsAsync(this AirMapServer server) => server.ListAsync("api/alarms?open=true");

    /// <summary>Alarms of one fire, oldest first.</summary>
    public static async Task<List<JsonElement>> AlarmsOfAsync(this AirMapServer server, JsonElement fire) =>
        [.. (await server.ListAsync("api/alarms")).Where(a => a.Property("subject").GetProperty("id").GetString() == fire.Id()).Reverse()];

    public static async Task<JsonElement> AlarmOfAsync(this AirMapServer server, JsonElement fire) => Assert.Single(await server.AlarmsOfAsync(fire));

    public static Task<Answer> AcknowledgeAsync(this Visitor visitor, string alarm) => visitor.PostAsync($"api/alarms/{alarm}/acknowledge", "{}");

    /// <summary>The rule that a new city has.</summary>
    public static async Task<JsonElement> OnlyRuleAsync(this AirMapServer server) => Assert.Single((await server.OneAsync("api/alarm-rules")).GetProperty("rules").EnumerateArray());

    public static Task<Answer> PutRuleAsync(this AirMapServer server, string id, object rule, string? tag) =>
        Visitor.WithKey(server.Address, server.Key).SendAsync("PUT", $"api/alarm-rules/{id}", Body(rule), tag is null ? [] : [("If-Match", tag)]);

    public static async Task<JsonElement> AddRuleAsync(this AirMapServer server, object rule)
    {
        var answer = await server.PostAsync("api/alarm-rules", JsonSerializer.Serialize(rule));
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json;
    }

    public static Task<Answer> DropRuleAsync(this AirMapServer server, string id, string? tag) =>
        Visitor.WithKey(server.Address, server.Key).SendAsync("DELETE", $"api/alarm-rules/{id}", null, tag is null ? [] : [("If-Match", tag)]);

    static StringContent Body(object rule) => new(JsonSerializer.Serialize(rule), System.Text.Encoding.UTF8, "application/json");
}
