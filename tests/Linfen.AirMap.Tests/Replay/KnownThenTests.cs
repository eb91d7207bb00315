using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Replay;

/// <summary>What was known at a moment, asked for later, is what was answered then and what a client that followed the log held then.</summary>
public sealed class KnownThenTests(MigratedCluster cluster)
{
    const int Acts = 70;

    sealed record Answered(DateTimeOffset Moment, long Seq, List<string> Fires, List<string> Violations, List<string> Counties, List<string> Real);

    readonly List<(string Id, DateTimeOffset At, LonLat Place, bool Simulated)> seen = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_was_answered_then_is_answered_again_later(int seed)
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var random = new Random(seed);
        var then = new List<Answered>();
        for (var n = 0; n < Acts; n++)
        {
            await server.PassAsync(TimeSpan.FromSeconds(random.Next(30, 5_000)));
            await ActAsync(server, random, n);
            then.Add(await AskAsync(server, null));
        }

        foreach (var was in then.OrderBy(_ => random.Next()).Take(30))
        {
            // The clock stood still from the answer to the moment before the next act.
            var again = await AskAsync(server, was.Moment);
            Assert.Equal(was.Seq, again.Seq);
            Assert.Equal(was.Fires, again.Fires);
            Assert.Equal(was.Violations, again.Violations);
            Assert.Equal(was.Counties, again.Counties);
            Assert.Equal(was.Real, again.Real);
            Assert.Equal(await FollowAsync(server, was.Seq), [.. again.Fires.Concat(again.Violations).Order(StringComparer.Ordinal)]);
        }
    }

    /// <summary>No event tells of what becomes one with history, or is split off it.</summary>
    [Fact]
    public async Task History_that_was_bridged_merged_and_split_is_told_as_it_was_at_each_moment()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var (bridged, merged, parted, forgotten) = (server.Places.NextWellInside(0.04), server.Places.NextWellInside(0.04), server.Places.NextWellInside(0.04), server.Places.NextWellInside(0.04));
        var then = new List<(DateTimeOffset Moment, List<string> Fires)>();
        await server.FireOfAsync(new("any", server.Now, server.FreshPlace()));
        await DoAsync(() => server.ReportAsync(
            Old("west", bridged, 0), Old("east", bridged, 1_600) with { SourceKind = "phone" }, Old("one", merged, 0), Old("other", merged, 3_000), Old("stays", parted, 0), Old("goes", parted, 500)));
        await DoAsync(() => server.ReportAsync(Old("between", bridged, 800)));
        await DoAsync(() => ActAsync("one", "merge", "with", FireOfAsync("other")));
        await DoAsync(() => ActAsync("stays", "split", "detections", IdOfAsync("goes")));
        await DoAsync(() => ActAsync("one", "split", "detections", IdOfAsync("other")));
        await DoAsync(() => server.ReportAsync(Old("more", merged, 200), Old("yet-more", bridged, 200)));
        await DoAsync(() => ActAsync("one", "merge", "with", FireOfAsync("other")));
        await DoAsync(() => server.ReportAsync(new Sighting("wakes", server.Now.AddHours(-20), FreshPlaces.EastOf(bridged, 300))));
        // What burned is split off, so that the rest is history, and becomes one with history.
        await DoAsync(() => server.ReportAsync(Old("rest", forgotten, 0), new Sighting("burns", server.Now.AddHours(-22), FreshPlaces.EastOf(forgotten, 400)), Old("far", forgotten, 3_000)));
        await DoAsync(() => ActAsync("rest", "split", "detections", IdOfAsync("burns")));
        await DoAsync(() => ActAsync("far", "merge", "with", FireOfAsync("rest")));

        Assert.Equal([6, 5, 4, 5, 6, 6, 5, 5, 7, 8, 7], then.Select(t => t.Fires.Count));
        foreach (var (moment, fires) in then)
        {
            Assert.Equal(fires, await ThingsAsync(server, $"api/fires?limit=100&asKnownAt={Uri.EscapeDataString(moment.ToString("O", CultureInfo.InvariantCulture))}"));
        }

        Sighting Old(string id, LonLat place, double east) => new(id, server.Now.AddHours(-25).AddMinutes(-server.Now.Minute), FreshPlaces.EastOf(place, east));

        async Task<string> FireOfAsync(string detection) => (await server.FireOfDetectionAsync(detection)).Id();

        Task<string> IdOfAsync(string detection) => server.AskAsync<string>($"select id::text from airmap.detections where detection_id = '{detection}'");

        async Task ActAsync(string detection, string act, string name, Task<string> what)
        {
            object body = act == "split" ? new[] { await what } : await what;
            var answer = await server.PostAsync($"api/fires/{await FireOfAsync(detection)}/{act}", JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal) { [name] = body }));
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.Status);
        }

        async Task DoAsync(Func<Task> act)
        {
            await act();
            then.Add((server.Now, await ThingsAsync(server, "api/fires?limit=100")));
            await server.PassAsync(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task What_was_history_then_is_history_again_whatever_became_of_it()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var (place, other) = (server.Places.NextWellInside(0.04), server.Places.NextWellInside(0.04));
        await server.FireOfAsync(new("any", server.Now, server.FreshPlace()));
        await server.PassAsync(TimeSpan.FromMinutes(1));
        await server.ReportAsync(
            new Sighting("woken", server.Now.AddHours(-25), place), new Sighting("west", server.Now.AddHours(-26), other), new Sighting("east", server.Now.AddHours(-26), FreshPlaces.EastOf(other, 1_800)));
        var (then, woken, moment) = (await FiresAsync(""), (await server.FireOfDetectionAsync("woken")).GetRawText(), server.Now);
        Assert.Equal(4, then.Count);
        await server.PassAsync(TimeSpan.FromMinutes(1));

        var fire = await server.FireOfAsync(new("wakes", server.Now.AddHours(-20), place) { SourceKind = "phone" });
        await server.VerdictAsync(fire, "refuted", "industrial");
        await server.ReportAsync(new Sighting("bridge", server.Now.AddHours(-26), FreshPlaces.EastOf(other, 900)));

        var asked = $"&asKnownAt={Uri.EscapeDataString(moment.ToString("O", CultureInfo.InvariantCulture))}";
        Assert.Equal(then, await FiresAsync(asked));
        Assert.Contains(woken, (await server.ListAsync($"api/fires?limit=100{asked}")).Select(f => f.GetRawText()), StringComparer.Ordinal);
        Assert.Equal(3, (await FiresAsync($"&status=history{asked}")).Count);
        Assert.Empty(await FiresAsync($"&status=refuted,merged{asked}"));
        Assert.Single(await FiresAsync("&status=history"));

        async Task<List<(string, string?)>> FiresAsync(string query) =>
            [.. (await server.ListAsync($"api/fires?limit=100{query}")).Select(f => (f.Id(), f.Text("status"))).Order()];
    }

    [Fact]
    public async Task Before_the_first_event_nothing_was_known_and_what_the_log_has_forgotten_is_gone()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var start = server.Now.AddSeconds(-1);
        await server.FireOfAsync(new("only", server.Now, server.FreshPlace()));
        var moment = Uri.EscapeDataString(start.ToString("O", CultureInfo.InvariantCulture));

        Assert.Empty(await server.ListAsync($"api/violations?asKnownAt={moment}"));
        Assert.Empty(await server.ListAsync($"api/fires?asKnownAt={moment}"));
        Assert.All(await server.ListAsync($"api/counties?asKnownAt={moment}"), c => Assert.Equal(0, c.Property("summary").GetProperty("open").GetInt32()));

        await server.ExecuteAsync("delete from airmap.events where seq < (select max(seq) from airmap.events)");
        foreach (var list in new[] { "violations", "fires", "counties" })
        {
            (await server.GetAsync($"api/{list}?asKnownAt={moment}")).IsProblem(410, "history-forgotten");
        }
    }

    [Fact]
    public async Task Of_a_violation_that_the_log_has_forgotten_to_tell_the_row_does()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var old = await server.FireOfAsync(new("old", server.Now, server.FreshPlace()));
        var told = await server.HeadAsync();
        server.Clock!.Advance(TimeSpan.FromHours(1));
        await server.FireOfAsync(new("kept", server.Now, server.FreshPlace()));
        var moment = Uri.EscapeDataString(server.Now.ToString("O", CultureInfo.InvariantCulture));
        server.Clock!.Advance(TimeSpan.FromHours(1));
        await server.VerdictAsync(old, "out");
        await server.ExecuteAsync($"delete from airmap.events where seq <= {told}");

        var known = await server.ListAsync($"api/violations?status=open&asKnownAt={moment}");

        Assert.Equal(2, known.Count);
        Assert.All(known, v => Assert.Equal(("open", null), (v.Text("status"), v.Text("closedReason"))));
        Assert.Equal(2, (await server.ListAsync($"api/counties?asKnownAt={moment}")).Sum(c => c.Property("summary").GetProperty("open").GetInt32()));
    }

    [Fact]
    public async Task Pages_of_what_was_known_then_follow_each_other_and_filters_hold()
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var fires = new List<JsonElement>();
        for (var n = 0; n < 9; n++)
        {
            fires.Add(await server.FireOfAsync(new($"paged-{n}", server.Now.AddMinutes(-n), server.FreshPlace())));
        }

        var moment = Uri.EscapeDataString(server.Now.ToString("O", CultureInfo.InvariantCulture));
        var whole = await server.ListAsync($"api/violations?status=open&asKnownAt={moment}");
        server.Clock!.Advance(TimeSpan.FromMinutes(5));
        foreach (var fire in fires.Where((_, n) => n % 2 == 0))
        {
            await server.VerdictAsync(fire, "out");
        }

        Assert.Equal(whole.Select(v => v.GetRawText()), (await server.ListAsync($"api/violations?status=open&limit=2&asKnownAt={moment}")).Select(v => v.GetRawText()), StringComparer.Ordinal);
        var county = fires[0].Text("county");
        Assert.Equal(
            whole.Where(v => v.Text("county") == county).Select(v => v.Id()),
            (await server.ListAsync($"api/violations?status=open&county={county}&asKnownAt={moment}")).Select(v => v.Id()), StringComparer.Ordinal);
        (await server.GetAsync($"api/violations?at={moment}&asKnownAt={moment}")).IsProblem(400, "query-invalid");
    }

    async Task ActAsync(AirMapServer server, Random random, int n)
    {
        switch (seen.Count < 6 ? 0 : random.Next(10))
        {
            case 0 or 1:
                await ReportAsync(server, $"new-{n}", server.Now.AddMinutes(-random.Next(90)), server.FreshPlace(), random.Next(3) == 0);
                break;
            case 2:
                var known = seen[random.Next(seen.Count)];
                await ReportAsync(server, $"again-{n}", server.Now, known.Place, known.Simulated);
                break;
            case 3:
                // Between what was seen before and what stands beside it: fires may turn out to be one.
                var west = server.FreshPlace();
                var at = server.Now.AddMinutes(-30);
                await ReportAsync(server, $"west-{n}", at, west, false);
                await ReportAsync(server, $"east-{n}", at, FreshPlaces.EastOf(west, 1_500), false);
                await ReportAsync(server, $"middle-{n}", at, FreshPlaces.EastOf(west, 750), false);
                break;
            case 4:
                // A late file: history, and a fire of this morning.
                await server.ReportAsync(
                    new Sighting($"late-{n}", server.Now.AddDays(-3), server.FreshPlace()), new Sighting($"morning-{n}", server.Now.AddHours(-5), server.FreshPlace()));
                break;
            case 5 when n % 9 == 0:
                await server.DeleteAsync("api/simulated");
                break;
            default:
                var fire = await server.FireOfAnyAsync(seen[random.Next(seen.Count)].Id);
                if (fire is { } one)
                {
                    await server.VerdictAsync(one, random.Next(3) switch { 0 => "confirmed", 1 => "out", _ => "refuted" }, "industrial");
                }

                break;
        }
    }

    async Task ReportAsync(AirMapServer server, string id, DateTimeOffset at, LonLat place, bool simulated)
    {
        seen.Add((id, at, place, simulated));
        await server.ReportAsync(new Sighting(id, at, place) { Simulated = simulated });
    }

    static async Task<Answered> AskAsync(AirMapServer server, DateTimeOffset? moment)
    {
        var then = moment is { } at ? "asKnownAt=" + Uri.EscapeDataString(at.ToString("O", CultureInfo.InvariantCulture)) : "";
        var head = await server.HeadAsync();
        if (moment is null)
        {
            await Until.TrueAsync(async () => (await server.OneAsync("api/counties?geometry=exclude")).GetProperty("asOf").GetProperty("seq").GetInt64() >= head, "numbers of the head");
            await Until.TrueAsync(async () => (await server.OneAsync("api/counties?geometry=exclude&simulated=exclude")).GetProperty("asOf").GetProperty("seq").GetInt64() >= head, "numbers of the head");
        }

        var counties = await server.OneAsync($"api/counties?geometry=exclude&{then}");
        return new(
            server.Now,
            counties.GetProperty("asOf").GetProperty("seq").GetInt64(),
            await ThingsAsync(server, $"api/fires?status=burning&limit=1000&{then}"),
            await ThingsAsync(server, $"api/violations?status=open&limit=1000&{then}"),
            Numbers(counties),
            Numbers(await server.OneAsync($"api/counties?geometry=exclude&simulated=exclude&{then}")));
    }

    static async Task<List<string>> ThingsAsync(AirMapServer server, string list) => (await server.ListAsync(list)).ConvertAll(f => f.GetRawText());

    static List<string> Numbers(JsonElement counties) =>
        [.. counties.GetProperty("features").EnumerateArray().Select(c => c.Text("code") + string.Join(',', c.Property("summary").EnumerateObject().Where(p => p.Name != "undecidable").Select(p => p.Value.GetRawText())))];

    /// <summary>What burned and what was open for a client that followed the log until there, in an order of its own.</summary>
    static async Task<List<string>> FollowAsync(AirMapServer server, long seq)
    {
        var things = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var logged in (await server.EventsAsync()).Where(e => e.GetProperty("seq").GetInt64() <= seq))
        {
            if (logged.Type() == "simulation.cleared")
            {
                things = things.Where(t => !t.Value.Property("simulated").GetBoolean()).ToDictionary(StringComparer.Ordinal);
            }
            else if (logged.Type()!.StartsWith("fire.", StringComparison.Ordinal) || logged.Type()!.StartsWith("violation.", StringComparison.Ordinal))
            {
                things[logged.Id()] = logged.GetProperty("data");
            }
        }

        return [.. things.Values.Where(t => t.Text("status") is "suspected" or "confirmed" or "open").Select(t => t.GetRawText()).Order(StringComparer.Ordinal)];
    }
}
