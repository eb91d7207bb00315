using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Violations;

public sealed class CountySummaryTests(MigratedCluster cluster)
{
    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    [Fact]
    public async Task The_numbers_of_every_county_are_what_the_lists_say()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var fires = new List<JsonElement>();
        for (var n = 0; n < 120; n++)
        {
            fires.Add(await server.FireOfAsync(new($"n-{n}", server.Now.AddMinutes(-n), server.FreshPlace()) { Simulated = n % 5 == 0 }));
        }

        // From 10:00 over midnight to 08:00 of the next day: overdue, lapsed, closed yesterday and today.
        await server.VerdictAsync(fires[0], "out");
        await server.PassAsync(TimeSpan.FromHours(13.5));
        await server.VerdictAsync(fires[1], "refuted", "solar");
        await server.VerdictAsync(fires[2], "confirmed");
        await server.PassAsync(TimeSpan.FromHours(8.5));
        await server.VerdictAsync(fires[3], "out");
        for (var n = 0; n < 30; n++)
        {
            await server.ReportAsync(new Sighting($"m-{n}", server.Now, server.FreshPlace()) { Simulated = n % 3 == 0 });
        }

        await AgreeAsync(server, "");
        await AgreeAsync(server, "simulated=exclude");
    }

    [Fact]
    public async Task A_violation_is_overdue_after_its_due_time_and_not_at_it()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var fire = await server.FireOfAsync(new("due", server.Now, server.FreshPlace()));

        server.Clock!.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, (await SummaryAsync(server, fire)).GetProperty("overdue").GetInt32());

        server.Clock!.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, (await SummaryAsync(server, fire)).GetProperty("overdue").GetInt32());
        Assert.Equal(1, (await SummaryAsync(server, fire)).GetProperty("open").GetInt32());
    }

    [Fact]
    public async Task Today_begins_at_midnight_in_Beijing()
    {
        await using var server = await AirMapServer.StartAsync(
            cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(new DateTimeOffset(2026, 3, 15, 15, 59, 50, TimeSpan.Zero)));
        var fire = await server.FireOfAsync(new("late-evening", server.Now, server.FreshPlace()));
        Assert.Equal(1, (await SummaryAsync(server, fire)).GetProperty("openedToday").GetInt32());

        server.Clock!.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(0, (await SummaryAsync(server, fire)).GetProperty("openedToday").GetInt32());
    }

    [Fact]
    public async Task The_numbers_have_an_ETag_that_moves_with_them()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var before = await ETagAsync(server, null);
        Assert.Equal((304, before.ETag), await ETagAsync(server, before.ETag));

        await server.ReportAsync(new Sighting("mover", server.Now, server.FreshPlace()));

        await Until.TrueAsync(async () => await ETagAsync(server, before.ETag) is (200, { } tag) && tag != before.ETag, "the numbers of the counties change");
    }

    static async Task<(int Status, string? ETag)> ETagAsync(AirMapServer server, string? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/counties", UriKind.Relative));
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        using var response = await server.Client.SendAsync(request);
        return ((int)response.StatusCode, response.Headers.ETag?.Tag);
    }

    static async Task<JsonElement> SummaryAsync(AirMapServer server, JsonElement fire)
    {
        var counties = await CountiesAsync(server, "");
        return counties.Single(c => c.Id() == fire.Text("county")).Property("summary");
    }

    /// <summary>The numbers of the newest state: they follow the log by a notification.</summary>
    static async Task<List<JsonElement>> CountiesAsync(AirMapServer server, string query)
    {
        var head = await server.HeadAsync();
        JsonElement page = default;
        await Until.TrueAsync(
            async () =>
            {
                page = await server.OneAsync("api/counties?" + query);
                return page.GetProperty("asOf").GetProperty("seq").GetInt64() >= head;
            },
            "the county numbers reach the head of the log");
        return [.. page.GetProperty("features").EnumerateArray()];
    }

    static async Task AgreeAsync(AirMapServer server, string query)
    {
        var counties = await CountiesAsync(server, query);
        var open = await server.ListAsync("api/violations?limit=50&status=open&" + query);
        var all = await server.ListAsync("api/violations?limit=1000&" + query);
        var burning = await server.ListAsync("api/fires?status=burning&" + query);
        Assert.Equal(17, counties.Count);
        Assert.NotEmpty(open);
        var today = server.Now.ToOffset(Beijing).Date;
        foreach (var county in counties)
        {
            var code = county.Id();
            var summary = county.Property("summary");
            var here = open.FindAll(v => v.Text("county") == code);
            Assert.Equal(here.Count, summary.GetProperty("open").GetInt32());
            Assert.Equal(here.Count(v => v.Time("dueAt") < server.Now), summary.GetProperty("overdue").GetInt32());
            Assert.Equal(here.Count(v => v.Property("simulated").GetBoolean()), summary.GetProperty("simulated").GetInt32());
            Assert.Equal(burning.Count(f => f.Text("county") == code), summary.GetProperty("burning").GetInt32());
            Assert.Equal(here.Count, summary.GetProperty("byRule").EnumerateObject().Sum(r => r.Value.GetInt32()));
            foreach (var severity in summary.GetProperty("bySeverity").EnumerateObject())
            {
                Assert.Equal(here.Count(v => v.Text("severity") == severity.Name), severity.Value.GetInt32());
            }

            Assert.Equal(all.Count(v => v.Text("county") == code && v.Time("knownAt").ToOffset(Beijing).Date == today), summary.GetProperty("openedToday").GetInt32());
            Assert.Equal(
                all.Count(v => v.Text("county") == code && v.Text("status") == "closed" && v.Time("closedAt").ToOffset(Beijing).Date == today),
                summary.GetProperty("closedToday").GetInt32());
        }
    }
}
