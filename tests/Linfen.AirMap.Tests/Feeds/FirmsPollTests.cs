using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>The FIRMS poller against a server that misbehaves on command.</summary>
public sealed class FirmsPollTests(MigratedCluster cluster) : IAsyncLifetime
{
    const string Source = "VIIRS_NOAA20_NRT";
    const string Key = "0123456789abcdef0123456789abcdef";

    OutsideServer? outside;

    OutsideServer Firms => outside!;

    public async ValueTask InitializeAsync() => outside = await OutsideServer.StartAsync();

    public ValueTask DisposeAsync() => Firms.DisposeAsync();

    async Task<AirMapServer> StartAsync(string? database = null, FakeTimeProvider? clock = null, params string[] further)
    {
        string[] settings =
        [
            $"Feeds:Firms:MapKey={Key}", $"Feeds:Firms:BaseUrl={Firms.Address}", $"Feeds:Firms:Sources:0={Source}", "Feeds:Firms:MostBytes=1000000", "Feeds:Firms:RequestSeconds=2",
        ];
        var server = await AirMapServer.StartAsync(cluster, database ?? await cluster.CreateDatabaseAsync(), clock ?? new FakeTimeProvider(AirMapServer.Morning), [.. settings, .. further]);
        await server.RoundAsync();
        return server;
    }

    static Task GoodAsync(Microsoft.AspNetCore.Http.HttpContext context, params string[] rows) => OutsideServer.TextAsync(context, FeedCalls.ViirsFile(rows));

    [Fact]
    public async Task A_good_answer_is_stored_and_the_same_again_stores_nothing()
    {
        Firms.Answer = context => GoodAsync(context);
        await using var server = await StartAsync();
        var asked = Firms.TakeAsked();
        Assert.Equal(2, asked.Count);
        Assert.Matches($@"^/api/area/csv/{Key}/{Source}/110\.\d{{4}},35\.\d{{4}},112\.\d{{4}},36\.\d{{4}}/1/2026-03-14$", asked[0]);
        Assert.EndsWith("/1", asked[1], StringComparison.Ordinal);
        Assert.Equal("fresh", (await server.FeedAsync(Source)).State());

        var place = server.FreshPlace();
        var row = FeedCalls.ViirsRow(place, server.Now.AddMinutes(-30));
        Firms.Answer = context => GoodAsync(context, row);
        // Not due yet.
        await server.RoundAsync(TimeSpan.FromMinutes(9));
        Assert.Empty(Firms.TakeAsked());
        await server.RoundAsync(TimeSpan.FromMinutes(1));
        await server.RoundAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(1, await server.DetectionsAsync());
        var feed = await server.FeedAsync(Source);
        Assert.Equal(("satellite", "firms", "fresh", "PT1H", 1), (feed.GetProperty("sourceKind").GetString(), feed.GetProperty("kind").GetString(), feed.State(), feed.GetProperty("staleAfter").GetString(), feed.GetProperty("today").GetInt32()));
        Assert.Equal((server.Now, server.Now, server.Now.AddMinutes(10)), (feed.GetProperty("lastPolledAt").GetDateTimeOffset(), feed.GetProperty("lastGoodAt").GetDateTimeOffset(), feed.GetProperty("nextPollAt").GetDateTimeOffset()));
        Assert.Equal("firms", await server.AskAsync<string>("select feed from airmap.detections"));
        // The detections' own feed is watched by its sources.
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await server.FeedAsync("firms")).GetProperty("staleAfter").ValueKind);
    }

    [Theory]
    [InlineData("500", "server-error")]
    [InlineData("429", "too-many-requests")]
    [InlineData("invalid key", "key-refused")]
    [InlineData("invalid key with 200", "key-refused")]
    [InlineData("html", "html-answer")]
    [InlineData("json", "json-answer")]
    [InlineData("other csv", "not-firms-csv")]
    [InlineData("nothing", "empty-answer")]
    [InlineData("204", "empty-answer")]
    [InlineData("redirect", "redirected")]
    [InlineData("hangs", "timeout")]
    [InlineData("hangs in the middle", "timeout")]
    [InlineData("breaks off", "broken-off")]
    [InlineData("cut gzip", "broken-gzip")]
    [InlineData("bomb", "body-too-large")]
    [InlineData("endless", "answer-too-large")]
    public async Task A_bad_answer_stores_nothing_is_told_by_name_goes_stale_once_and_recovers_alone(string how, string code)
    {
        Firms.Answer = context => GoodAsync(context);
        await using var server = await StartAsync();
        var place = server.FreshPlace();
        Firms.Answer = Firms.Misbehaving(how, FeedCalls.ViirsFile(FeedCalls.ViirsRow(place, server.Now.AddMinutes(-30))));

        await server.RoundAsync(TimeSpan.FromMinutes(10));
        var feed = await server.FeedAsync(Source);
        Assert.Equal(("failing", code), (feed.State(), feed.ErrorCode()));
        Assert.InRange(feed.GetProperty("nextPollAt").GetDateTimeOffset(), server.Now.AddSeconds(25), server.Now.AddSeconds(35));
        Assert.Empty(await server.ToldOfAsync(Source));

        await server.RoundAsync(TimeSpan.FromMinutes(51));
        await server.RoundAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("stale", (await server.FeedAsync(Source)).State());
        Assert.Equal(["feed.stale"], await server.ToldOfAsync(Source), StringComparer.Ordinal);
        Assert.Equal(0, await server.DetectionsAsync());

        Firms.Answer = context => GoodAsync(context, FeedCalls.ViirsRow(place, server.Now.AddMinutes(-30)));
        await server.RoundAsync(TimeSpan.FromMinutes(40));
        feed = await server.FeedAsync(Source);
        Assert.Equal(("fresh", null), (feed.State(), feed.ErrorCode()));
        Assert.Equal(["feed.stale", "feed.back"], await server.ToldOfAsync(Source), StringComparer.Ordinal);
        Assert.Equal(1, await server.DetectionsAsync());
        Assert.Empty(server.TakeErrors());
    }

    [Fact]
    public async Task Yesterdays_file_is_stored_as_what_it_is_and_does_not_count_as_fresh()
    {
        var place = new Linfen.AirMap.Geo.LonLat(111.52, 36.09);
        Firms.Answer = context => GoodAsync(context, FeedCalls.ViirsRow(place, AirMapServer.Morning.AddHours(-10)));
        await using var server = await StartAsync();

        var feed = await server.FeedAsync(Source);
        Assert.Equal(("failing", "old-data"), (feed.State(), feed.ErrorCode()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, feed.GetProperty("lastGoodAt").ValueKind);
        Assert.Equal(1, await server.DetectionsAsync());
        await server.RoundAsync(TimeSpan.FromMinutes(61));
        Assert.Equal("stale", (await server.FeedAsync(Source)).State());
        Assert.Equal(1, await server.DetectionsAsync());

        Firms.Answer = context => GoodAsync(context, FeedCalls.ViirsRow(place, server.Now.AddHours(-1)));
        await server.RoundAsync(TimeSpan.FromMinutes(31));
        Assert.Equal("fresh", (await server.FeedAsync(Source)).State());
    }

    [Fact]
    public async Task An_answer_that_is_all_of_the_future_is_held_back_and_does_not_count_as_fresh()
    {
        var place = new Linfen.AirMap.Geo.LonLat(111.52, 36.09);
        Firms.Answer = context => GoodAsync(context, FeedCalls.ViirsRow(place, AirMapServer.Morning.AddHours(3)));
        await using var server = await StartAsync();

        var feed = await server.FeedAsync(Source);
        Assert.Equal(("failing", "future-data"), (feed.State(), feed.ErrorCode()));
        Assert.Equal(0, await server.DetectionsAsync());
        Assert.Equal(1, await server.AskAsync<long>("select count(*) from airmap.quarantined_detections"));
    }

    [Fact]
    public async Task After_an_outage_the_missed_days_are_asked_for_and_a_restart_forgets_nothing()
    {
        Firms.Answer = context => GoodAsync(context);
        var database = await cluster.CreateDatabaseAsync();
        await using (var before = await StartAsync(database))
        {
            Assert.Equal("fresh", (await before.FeedAsync(Source)).State());
        }

        Firms.TakeAsked();
        await using var server = await StartAsync(database, new FakeTimeProvider(AirMapServer.Morning.AddDays(8)));
        // Covered until the 15th, 02:00: of the 14th something may still have come.
        Assert.Equal(["/5/2026-03-14", "/4/2026-03-19", "/1"], Firms.TakeAsked().Select(p => p[p.IndexOf('/', p.LastIndexOf(',') - 1)..]), StringComparer.Ordinal);
        Assert.Equal("fresh", (await server.FeedAsync(Source)).State());
    }

    [Fact]
    public async Task What_a_long_outage_brought_before_it_failed_again_is_not_asked_for_twice()
    {
        Firms.Answer = context => GoodAsync(context);
        await using var server = await StartAsync();
        Firms.TakeAsked();
        Firms.Answer = context => context.Request.Path.Value!.EndsWith("/5/2026-03-14", StringComparison.Ordinal) ? GoodAsync(context) : OutsideServer.TextAsync(context, "", status: 503);
        await server.RoundAsync(TimeSpan.FromDays(8));
        Firms.TakeAsked();
        Firms.Answer = context => GoodAsync(context);
        await server.RoundAsync(TimeSpan.FromMinutes(1));
        Assert.Contains("/4/2026-03-19", Firms.TakeAsked()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_After_is_honoured_up_to_an_hour()
    {
        Firms.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "1200";
            return OutsideServer.TextAsync(context, "", status: 429);
        };
        await using var server = await StartAsync();
        Assert.Equal(server.Now.AddSeconds(1200), (await server.FeedAsync(Source)).GetProperty("nextPollAt").GetDateTimeOffset());

        Firms.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "999999";
            return OutsideServer.TextAsync(context, "", status: 503);
        };
        await server.RoundAsync(TimeSpan.FromSeconds(1200));
        Assert.Equal(server.Now.AddHours(1), (await server.FeedAsync(Source)).GetProperty("nextPollAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Our_share_of_the_quota_is_not_overspent()
    {
        Firms.Answer = context => GoodAsync(context);
        await using var server = await StartAsync(null, null, "Feeds:Firms:Sources:1=MODIS_NRT", "Feeds:Firms:TransactionsPerTenMinutes=3");
        Assert.Equal(3, Firms.TakeAsked().Count);
        var feed = await server.FeedAsync("MODIS_NRT");
        Assert.Equal(("failing", "quota-spent"), (feed.State(), feed.ErrorCode()));
        // From noon on each source needs one: the share is enough again.
        await server.RoundAsync(TimeSpan.FromHours(10));
        await server.RoundAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("fresh", (await server.FeedAsync("MODIS_NRT")).State());
    }

    [Fact]
    public async Task The_key_stands_in_no_answer_and_no_log_even_where_the_server_repeats_it()
    {
        Firms.Answer = context => OutsideServer.TextAsync(context, $"latitude,longitude,acq_date,acq_time,satellite,{Key},{Key}\n");
        await using var server = await StartAsync();
        var told = (await server.GetAsync("api/feeds")).Text;
        Assert.Contains("names a column twice: …", told, StringComparison.Ordinal);
        Firms.Answer = Firms.Misbehaving("invalid key", "");
        await server.RoundAsync(TimeSpan.FromMinutes(2));
        await server.RoundAsync(TimeSpan.FromHours(2));
        var everything = told + (await server.GetAsync("api/feeds")).Text + (await server.GetAsync("api/events?limit=1000")).Text + (await server.GetAsync("metrics")).Text + server.Log
            + string.Join('\n', await server.AskAllAsync("select coalesce(error, '') from airmap.feed_watches"));
        Assert.Contains("key-refused", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Two_processes_share_the_asking_and_tell_a_stale_feed_once()
    {
        Firms.Answer = Firms.Misbehaving("500", "");
        var (database, clock) = (await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        await using var one = await StartAsync(database, clock);
        await using var other = await StartAsync(database, clock);
        Assert.Single(Firms.TakeAsked());
        clock.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(one.RoundAsync(), other.RoundAsync());
        Assert.Single(Firms.TakeAsked());
        Assert.Equal(["feed.stale"], await one.ToldOfAsync(Source), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Metrics_tell_of_polls_and_age()
    {
        Firms.Answer = Firms.Misbehaving("500", "");
        await using var server = await StartAsync();
        await server.RoundAsync(TimeSpan.FromHours(2));
        var metrics = "";
        await Until.TrueAsync(async () => (metrics = (await server.GetAsync("metrics")).Text).Contains("airmap_feed_stale", StringComparison.Ordinal), "feeds are among the metrics");
        Assert.Matches($"airmap_feed_polls_(poll_)?total{{[^}}]*feed=\"{Source}\"[^}}]*outcome=\"server-error\"", metrics);
        Assert.Matches($"airmap_feed_stale{{[^}}]*feed=\"{Source}\"[^}}]*}} 1", metrics);
        Assert.Matches($"airmap_feed_age_seconds{{[^}}]*feed=\"{Source}\"[^}}]*}} 7200", metrics);
    }
}
