using System.Net;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>Video platforms call in their own JSON.</summary>
public sealed class WebhookTests(MigratedCluster cluster)
{
    const string Mapping = """
        {"items":"data.alarms","id":"alarmId","time":{"path":"alarmTime","format":"yyyy-MM-dd HH:mm:ss"},"lon":"gps.lng","lat":"gps.lat","crs":"GCJ02",
         "camera":"device.code","cameras":[{"id":"CAM-7","lon":111.5205,"lat":36.0905,"radiusMetres":800,"bearing":45}],
         "confidence":{"path":"score","scale":100},"kinds":{"path":"eventType","counts":["fire","smoke"]},"image":"pics[0].url"}
        """;

    const string Call = """
        {"code":0,"data":{"alarms":[
          {"alarmId":9001,"alarmTime":"2026-03-15 09:58:30","gps":{"lng":"111.5265","lat":36.0955},"score":87,"eventType":"FIRE","device":{"code":"CAM-7"},"pics":[{"url":"https://video.example/1.jpg"}]},
          {"alarmId":9002,"alarmTime":"2026-03-15 09:59:00","gps":{"lng":0,"lat":0},"score":"55","eventType":"smoke","device":{"code":"CAM-7"},"pics":[]},
          {"alarmId":9003,"alarmTime":"2026-03-15 09:59:10","gps":null,"eventType":"intrusion","device":{"code":"CAM-7"}},
          {"alarmId":9004,"alarmTime":"2026-03-15 09:59:20","eventType":"fire","device":{"code":"CAM-99"}},
          {"alarmTime":"2026-03-15 09:59:30","eventType":"fire","device":{"code":"CAM-7"}},
          {"alarmId":9006,"alarmTime":"15.03.2026","eventType":"fire","device":{"code":"CAM-7"}}]}}
        """;

    async Task<AirMapServer> StartAsync() => await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    static Task<Answer> PutAsync(AirMapServer server, string name, string mapping, params (string, string)[] headers) =>
        Visitor.WithKey(server.Address, server.Key).SendAsync("PUT", $"api/webhooks/{name}", new StringContent(mapping, System.Text.Encoding.UTF8, "application/json"), headers);

    static async Task<Visitor> PlatformAsync(AirMapServer server, string source)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var (db, key) = (scope.ServiceProvider.GetRequiredService<AirMapDb>(), Secret.NewKey());
        db.Keys.Add(MachineKey.Create(Guid.CreateVersion7(server.Now), Secret.Hash(key), new("platform", KeyKind.Feed, [Permission.Deliver], null, source, 0, null), "test", server.Now));
        await db.SaveChangesAsync();
        return Visitor.WithKey(server.Address, key);
    }

    [Fact]
    public async Task Alarms_become_detections_by_the_mapping_and_other_kinds_are_acknowledged_as_ignored()
    {
        await using var server = await StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(server, "ridge", Mapping)).Status);
        using var platform = await PlatformAsync(server, "ridge");

        var answer = await platform.PostAsync("api/intake/webhooks/ridge", Call);

        Assert.Equal((2, 0, 0, 0, 3), answer.Accepted().Figures);
        Assert.Equal(1, answer.Json.GetProperty("ignored").GetInt32());
        Assert.Equal(["camera-unknown", "path-missing: alarmId", "time-invalid"], answer.Accepted().Rejected.Select(r => r.Reason.StartsWith("path", StringComparison.Ordinal) ? r.Reason : r.Reason.Split(':')[0]), StringComparer.Ordinal);
        Assert.Equal([4L, 5, 6], answer.Accepted().Rejected.Select(r => r.Line));
        Assert.Equal(
            ["9001|ridge|1|0.87|https://video.example/1.jpg|01:58:30", "9002|ridge|1|0.55||01:59:00"],
            await server.AskAllAsync("select concat_ws('|', detection_id, feed, source_kind, confidence, coalesce(image_url, ''), to_char(occurred_at at time zone 'UTC', 'HH24:MI:SS')) from airmap.detections order by 1"), StringComparer.Ordinal);
        // The second has the place of its camera; both were in GCJ-02, half a kilometre off.
        Assert.InRange(await server.AskAsync<double>("select st_distance(position::geography, st_setsrid(st_makepoint(111.5205, 36.0905), 4490)::geography) from airmap.detections where detection_id = '9002'"), 400, 700);
        Assert.Equal(800, await server.AskAsync<double>("select radius_metres from airmap.detections where detection_id = '9002'"));

        Assert.Equal((0, 2, 0, 0, 3), (await platform.PostAsync("api/intake/webhooks/ridge", Call)).Accepted().Figures);
        var feed = await server.FeedAsync("ridge");
        Assert.Equal(("webhook", "fresh", "PT30M", 2), (feed.GetProperty("kind").GetString(), feed.State(), feed.GetProperty("staleAfter").GetString(), feed.GetProperty("today").GetInt32()));
    }

    [Fact]
    public async Task A_key_delivers_to_its_own_webhook_only()
    {
        await using var server = await StartAsync();
        await PutAsync(server, "ridge", Mapping);
        await PutAsync(server, "valley", Mapping);
        using var platform = await PlatformAsync(server, "ridge");
        (await platform.PostAsync("api/intake/webhooks/valley", Call)).IsProblem(403, "outside-scope");
        (await platform.GetAsync("api/webhooks/ridge")).IsProblem(403, "forbidden");
        (await server.PostAsync("api/intake/webhooks/nobody", Call)).IsProblem(404, "not-found");
        using var stranger = Visitor.Unknown(server.Address);
        (await stranger.PostAsync("api/intake/webhooks/ridge", Call)).IsProblem(401, "sign-in-required");
        Assert.Equal(0, await server.DetectionsAsync());
    }

    [Theory]
    [InlineData("""{"data":{"list":[]}}""", 400, "path-missing", "data.alarms")]
    [InlineData("""{"data":{"alarms":[{"id":1,"eventType":"fire"},{"id":2,"eventType":"smoke"}]}}""", 422, "path-missing", "alarmId")]
    [InlineData("""{"data":{"alarms":[{"alarmId":1,"eventType":"fire"}]}}""", 422, "path-missing", "alarmTime")]
    [InlineData("""{"data":{"alarms":[{"alarmId":1,"alarmTime":"2026-03-15 09:58:30","eventType":"fire"}]}}""", 422, "path-missing", "device.code")]
    [InlineData("""{"data":{"alarms":[{"alarmId":1}]}}""", 422, "path-missing", "eventType")]
    [InlineData("7", 400, "path-missing", "data.alarms")]
    [InlineData("""{"data":""", 400, "not-json", "JSON")]
    [InlineData("", 400, "not-json", "JSON")]
    public async Task A_call_that_the_mapping_does_not_fit_is_refused_by_the_path_that_is_missing(string call, int status, string type, string named)
    {
        await using var server = await StartAsync();
        await PutAsync(server, "ridge", Mapping);
        var answer = (await server.PostAsync("api/intake/webhooks/ridge", call)).IsProblem(status, type);
        Assert.Contains(named, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await server.DetectionsAsync());
    }

    [Theory]
    [InlineData("epochSeconds", "1773539910", null)]
    [InlineData("epochMilliseconds", "1773539910000", null)]
    [InlineData("epochMilliseconds", "\"1773539910000\"", null)]
    [InlineData("rfc3339", "\"2026-03-15T09:58:30+08:00\"", null)]
    [InlineData("yyyyMMddHHmmss", "\"20260315095830\"", null)]
    [InlineData("epochSeconds", "1773539910000000", "time-invalid")]
    [InlineData("epochMilliseconds", "1773539910", "time-implausible")]
    [InlineData("rfc3339", "\"2026-03-15T09:58:30\"", "time-invalid")]
    public async Task Times_are_read_as_the_mapping_says(string format, string value, string? fault)
    {
        await using var server = await StartAsync();
        var mapping = JsonSerializer.Serialize(new { id = "id", time = new { path = "$.t", format }, lon = "xy[0]", lat = "xy[1]" });
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(server, "plain", mapping)).Status);
        var tried = (await server.PostAsync("api/webhooks/plain/try", $$"""{"id":"a","t":{{value}},"xy":[111.52,36.09]}""")).Json.GetProperty("alarms")[0];
        Assert.Equal(fault is null ? "detection" : "rejected", tried.GetProperty("outcome").GetString());
        Assert.Equal(fault, tried.GetProperty("reason").GetString()?.Split(':')[0]);
        if (fault is null)
        {
            Assert.Equal(new DateTimeOffset(2026, 3, 15, 1, 58, 30, TimeSpan.Zero), tried.GetProperty("detection").GetProperty("at").GetDateTimeOffset());
        }
    }

    [Fact]
    public async Task A_trial_shows_what_a_sample_would_become_and_stores_nothing()
    {
        await using var server = await StartAsync();
        (await server.PostAsync("api/webhooks/ridge/try", Call)).IsProblem(404, "not-found");
        var offered = await server.PostAsync("api/webhooks/ridge/try", $$"""{"sample":{{Call}},"mapping":{{Mapping}}}""");
        Assert.Equal(["detection", "detection", "ignored", "rejected", "rejected", "rejected"], offered.Json.GetProperty("alarms").EnumerateArray().Select(a => a.GetProperty("outcome").GetString()), StringComparer.Ordinal);
        Assert.Equal("141002", offered.Json.GetProperty("alarms")[0].GetProperty("county").GetString());
        await PutAsync(server, "ridge", Mapping);
        Assert.Equal(offered.Text, (await server.PostAsync("api/webhooks/ridge/try", Call)).Text);
        (await server.PostAsync("api/webhooks/ridge/try", """{"data":1}""")).IsProblem(400, "path-missing");
        (await server.PostAsync("api/webhooks/ridge/try", """{"sample":{},"mapping":{"id":"a..b"}}""")).IsProblem(400, "invalid");
        Assert.Equal((0, 0), (await server.DetectionsAsync(), await server.AskAsync<long>("select count(*) from airmap.feeds")));
    }

    [Theory]
    [InlineData("{}", "id: is missing", "time.path: is missing", "lon: is missing")]
    [InlineData("""{"id":"a","time":{"path":"t"},"lon":"x"}""", "lat: is missing")]
    [InlineData("""{"id":"a..b","time":{"path":"t","format":"yyyy"},"lon":"x","lat":"y","crs":"MARS"}""", "id: a path", "time.format", "crs")]
    [InlineData("""{"id":"a","time":{"path":"t"},"camera":"c"}""", "cameras: the list")]
    [InlineData("""{"id":"a","time":{"path":"t"},"camera":"c","cameras":[{"id":"1","lon":1,"lat":2},{"id":"1","lon":1,"lat":2}]}""", "1 stands there twice")]
    [InlineData("""{"id":"a","time":{"path":"t"},"camera":"c","cameras":[null,{"id":"1","lon":1}]}""", "cameras[0]", "cameras[1]")]
    [InlineData("""{"id":"a","time":{"path":"t"},"lon":"x","lat":"y","confidence":{"path":"s","scale":0},"kinds":{"path":"k"},"sourceKind":"owl"}""", "confidence.scale", "kinds.counts", "sourceKind")]
    [InlineData("""{"id":"a","tiem":{"path":"t"}}""", "tiem")]
    [InlineData("""{"id":7}""", "id: no such field")]
    [InlineData("[]", "the body is a JSON object")]
    public async Task A_wrong_mapping_is_refused_field_by_field(string mapping, params string[] named)
    {
        await using var server = await StartAsync();
        var answer = (await PutAsync(server, "ridge", mapping)).IsProblem(400, "invalid");
        Assert.All(named, n => Assert.Contains(n, answer.Json.GetProperty("detail").GetString(), StringComparison.Ordinal));
        (await PutAsync(server, "No%20Name", Mapping)).IsProblem(400, "invalid");
        Assert.Equal(0, await server.AskAsync<long>("select count(*) from airmap.webhooks"));
    }

    [Fact]
    public async Task Mappings_are_kept_by_the_administrator_audited_and_versioned()
    {
        await using var server = await StartAsync();
        await PutAsync(server, "ridge", Mapping);
        var changed = Mapping.Replace("GCJ02", "WGS84", StringComparison.Ordinal);
        (await PutAsync(server, "ridge", changed, ("If-Match", "\"7\""))).IsProblem(409, "version-differs");
        Assert.Equal(2, (await PutAsync(server, "ridge", changed, ("If-Match", "\"1\""))).Json.GetProperty("version").GetInt32());
        Assert.Equal("WGS84", (await server.OneAsync("api/webhooks/ridge")).GetProperty("mapping").GetProperty("crs").GetString());
        Assert.Single((await server.OneAsync("api/webhooks")).GetProperty("webhooks").EnumerateArray());
        Assert.Equal(HttpStatusCode.NoContent, (await server.DeleteAsync("api/webhooks/ridge")).Status);
        (await server.DeleteAsync("api/webhooks/ridge")).IsProblem(404, "not-found");
        (await server.PostAsync("api/intake/webhooks/ridge", Call)).IsProblem(404, "not-found");
        Assert.Equal(["webhook.created", "webhook.changed", "webhook.deleted"], await server.AskAllAsync("select action from airmap.audit where target_kind = 'webhook' order by id"), StringComparer.Ordinal);
        using var officer = await Visitor.AsAsync(server, Role.CityOfficer);
        (await officer.SendAsync("PUT", "api/webhooks/ridge", new StringContent(Mapping, System.Text.Encoding.UTF8, "application/json"))).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task A_platform_is_expected_from_its_mapping_on_and_lives_by_whatever_it_sends()
    {
        await using var server = await StartAsync();
        await PutAsync(server, "ridge", Mapping);
        await server.RoundAsync(TimeSpan.FromMinutes(31));
        Assert.Equal(["feed.stale"], await server.ToldOfAsync("ridge"), StringComparer.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await server.FeedAsync("ridge")).GetProperty("lastKnownAt").ValueKind);

        // No fire is a sign of life, too.
        var quiet = (await server.PostAsync("api/intake/webhooks/ridge", """{"data":{"alarms":[{"eventType":"intrusion"}]}}""")).Accepted();
        Assert.Equal(0, quiet.Received);
        await server.RoundAsync();
        Assert.Equal(["feed.stale", "feed.back"], await server.ToldOfAsync("ridge"), StringComparer.Ordinal);
        var feed = await server.FeedAsync("ridge");
        Assert.Equal(("fresh", server.Now), (feed.State(), feed.GetProperty("lastGoodAt").GetDateTimeOffset()));
    }
}
