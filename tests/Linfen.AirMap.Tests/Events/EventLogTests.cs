using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Events;

public sealed class EventLogTests(MigratedCluster cluster)
{
    [Fact]
    public async Task Sixteen_writers_on_two_servers_leave_no_gap_and_no_reader_ever_sees_one()
    {
        const int writers = 16;
        const int each = 40;
        var database = await cluster.CreateDatabaseAsync();
        await using var one = await AirMapServer.StartAsync(cluster, database, null);
        await using var other = await AirMapServer.StartAsync(cluster, database, null);
        var places = Enumerable.Range(0, 5).Select(_ => one.FreshPlace()).ToArray();
        var first = await one.HeadAsync();
        using var done = new CancellationTokenSource();
        var reader = FollowAsync(other, first, done.Token);

        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            var stored = 0L;
            for (var n = 0; n < each; n++)
            {
                stored += (await (writer % 2 == 0 ? one : other).ReportAsync(new Sighting($"w{writer}-{n}", DateTimeOffset.UtcNow, places[(writer + n) % places.Length]))).Stored;
            }

            return stored;
        }));
        await done.CancelAsync();
        var followed = await reader;

        var head = await one.HeadAsync();
        Assert.Equal(writers * each, counts.Sum());
        Assert.Equal(head - first, followed);
        Assert.Equal($"{head} {head - first}", (await one.AskAllAsync($"select max(seq) || ' ' || count(*) from airmap.events where seq > {first}"))[0]);
        Assert.Equal(0L, await one.AskAsync<long>("select count(*) from (select at < lag(at) over (order by seq) as back from airmap.events) e where back"));
        // Both servers knew the fires of the other: nowhere was a second one opened.
        Assert.Equal([writers * each / places.Length], (await one.ListAsync("api/fires")).Select(f => f.Number("detections")).Distinct());
        Assert.Equal(places.Length, (await one.ListAsync("api/violations")).Count);
    }

    [Fact]
    public async Task The_data_of_an_event_is_the_GET_representation_after_the_change()
    {
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        var newest = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var steps = new Func<Task>[]
        {
            () => server.ReportAsync(new Sighting("s-1", server.Now.AddMinutes(-3), place) { RadiusMetres = 1.0 / 3, FrpMegawatts = 0.1 + 0.2 }),
            () => server.ReportAsync(new Sighting("s-2", server.Now.AddTicks(-10), place)),
            async () => await server.VerdictAsync(newest.Values.First(v => v.GetRawText().Contains("firstSeenAt", StringComparison.Ordinal)), "confirmed", "到场\"'\u2028"),
            () => server.PassAsync(TimeSpan.FromHours(13)),
            async () => await server.VerdictAsync(newest.Values.First(v => v.GetRawText().Contains("firstSeenAt", StringComparison.Ordinal)), "out"),
        };
        foreach (var step in steps)
        {
            var head = await server.HeadAsync();
            await step();
            var events = await server.EventsAsync(head);
            Assert.NotEmpty(events);
            foreach (var one in events)
            {
                var path = one.Type()!.Split('.')[0] switch { "fire" => "api/fires/", "alarm" => "api/alarms/", _ => "api/violations/" };
                var now = await server.OneAsync(path + one.Id());
                Assert.True(JsonElement.DeepEquals(now, one.GetProperty("data")), $"{one.Type()}:\n{one.GetProperty("data")}\n{now}");
                Assert.Equal(now.Text("county"), one.GetProperty("county").GetString());
                newest[one.Id()] = now;
            }
        }
    }

    [Fact]
    public async Task An_events_time_is_when_the_city_knew()
    {
        await using var server = await StartAsync();
        await server.ReportAsync(new Sighting("late", server.Now.AddHours(-5), server.FreshPlace()));

        Assert.All((await server.EventsAsync()).TakeLast(2), e => Assert.Equal(server.Now, e.GetProperty("at").GetDateTimeOffset()));
    }

    [Fact]
    public async Task What_cannot_be_resumed_is_gone()
    {
        await using var server = await StartAsync();
        await server.ReportAsync([.. Enumerable.Range(0, 10).Select(n => new Sighting($"e-{n}", server.Now, server.FreshPlace()))]);
        var head = await server.HeadAsync();
        var epoch = (await server.OneAsync("api/events")).GetProperty("epoch").GetString();

        Assert.Equal(0, (await server.OneAsync($"api/events?after={head}&epoch={epoch}")).GetProperty("events").GetArrayLength());
        (await server.GetAsync($"api/events?after={head + 1}&epoch={epoch}")).IsProblem(410, "history-lost");
        (await server.GetAsync($"api/events?after={head}&epoch={Guid.NewGuid():N}")).IsProblem(410, "epoch-changed");
        (await server.GetAsync($"api/events?after=0&epoch=nonsense")).IsProblem(410, "epoch-changed");

        await server.ExecuteAsync("delete from airmap.events where seq <= 8");
        (await server.GetAsync("api/events?after=7")).IsProblem(410, "history-lost");
        Assert.Equal(9, (await server.OneAsync("api/events?after=8")).GetProperty("events")[0].GetProperty("seq").GetInt64());
        Assert.Equal(9, (await server.OneAsync("api/events?after=0")).GetProperty("events")[0].GetProperty("seq").GetInt64());

        await server.ExecuteAsync("delete from airmap.events");
        Assert.Equal(0, (await server.OneAsync($"api/events?after={head}")).GetProperty("events").GetArrayLength());
        (await server.GetAsync($"api/events?after={head - 1}")).IsProblem(410, "history-lost");
        Assert.Equal(head, (await server.OneAsync("api/events?after=0")).GetProperty("last").GetInt64());
    }

    [Fact]
    public async Task Pages_of_the_log_join_up_and_each_names_the_head()
    {
        await using var server = await StartAsync();
        await server.ReportAsync([.. Enumerable.Range(0, 20).Select(n => new Sighting($"p-{n}", server.Now, server.FreshPlace()))]);
        var head = await server.HeadAsync();
        var seen = new List<long>();
        while (seen.Count == 0 || seen[^1] < head)
        {
            var page = await server.OneAsync($"api/events?limit=7&after={seen.LastOrDefault()}");
            Assert.Equal(head, page.GetProperty("last").GetInt64());
            seen.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64()));
        }

        Assert.Equal(Enumerable.Range(1, (int)head).Select(n => (long)n), seen);
    }

    [Fact]
    public async Task A_page_for_one_county_says_how_far_it_reaches_since_its_gaps_cannot()
    {
        LonLat home = new(111.68, 36.28), elsewhere = new(111.52, 36.09);
        await using var server = await StartAsync();
        foreach (var (n, place) in new[] { home, elsewhere, elsewhere, home, home, elsewhere }.Index())
        {
            await server.ReportAsync(new Sighting($"scoped-{n}", server.Now, new(place.Lon + n * 0.03, place.Lat)));
        }

        using var officer = await Visitor.AsAsync(server, Role.CountyOfficer, "141024");
        var (seen, after, pages) = (new List<long>(), 0L, 0);
        for (var head = await server.HeadAsync(); after < head; pages++)
        {
            var page = (await officer.GetAsync($"api/events?limit=2&after={after}")).Json;
            // What concerns the whole city has no county.
            seen.AddRange(page.GetProperty("events").EnumerateArray().Where(e => e.GetProperty("county").GetString() is not null).Select(e => e.GetProperty("seq").GetInt64()));
            Assert.True(page.GetProperty("reaches").GetInt64() > after);
            after = page.GetProperty("reaches").GetInt64();
            Assert.Equal(head, page.GetProperty("last").GetInt64());
        }

        Assert.True(pages > 2);
        Assert.Equal(await server.AskAllAsync("select seq::text from airmap.events e where county = '141024' order by e.seq"), seen.Select(s => s.ToString(System.Globalization.CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        Assert.False((await server.OneAsync("api/events?limit=2")).TryGetProperty("reaches", out _));
    }

    [Fact]
    public async Task Old_events_are_forgotten_and_positions_keep_their_meaning()
    {
        await using var server = await StartAsync("Events:KeepDays=30");
        await server.ReportAsync(new Sighting("old", server.Now, server.FreshPlace()));
        var head = await server.HeadAsync();

        // The retention looks at the clock every hour.
        server.Clock!.Advance(TimeSpan.FromDays(30) + TimeSpan.FromHours(2));

        await Until.TrueAsync(
            async () => await server.AskAsync<long>($"select count(*) from airmap.events where seq <= {head}") == 0, "events of a month ago are forgotten");
        (await server.GetAsync($"api/events?after={head - 1}")).IsProblem(410, "history-lost");
        Assert.True((await server.OneAsync($"api/events?after={head}")).GetProperty("last").GetInt64() >= head);
    }

    /// <summary>Reads on until told to stop and the head is reached; returns how many events came.</summary>
    static async Task<long> FollowAsync(AirMapServer server, long after, CancellationToken stop)
    {
        var count = 0L;
        while (true)
        {
            var last = stop.IsCancellationRequested;
            var events = await server.EventsAsync(after);
            count += events.Count;
            after = events.Count > 0 ? events[^1].GetProperty("seq").GetInt64() : after;
            if (last)
            {
                return count;
            }
        }
    }

    async Task<AirMapServer> StartAsync(params string[] settings) =>
        await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning), settings);
}
