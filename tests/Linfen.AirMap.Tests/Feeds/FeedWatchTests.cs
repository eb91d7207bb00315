using Linfen.AirMap.Accounts;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>Feeds that others deliver: stale and back are told once each.</summary>
public sealed class FeedWatchTests(MigratedCluster cluster)
{
    async Task<AirMapServer> StartAsync(string? database = null, FakeTimeProvider? clock = null, params string[] settings) =>
        await AirMapServer.StartAsync(cluster, database ?? await cluster.CreateDatabaseAsync(), clock ?? new FakeTimeProvider(AirMapServer.Morning), settings);

    static Task<Counts> ReportAsync(AirMapServer server, string feed, string kind = "video", bool simulated = false) =>
        server.ReportAsync(new Sighting(Guid.NewGuid().ToString("N"), server.Now.AddMinutes(-1), server.FreshPlace()) { Feed = feed, SourceKind = kind, Simulated = simulated });

    [Fact]
    public async Task A_camera_that_stops_is_told_once_and_its_return_once()
    {
        await using var server = await StartAsync();
        await ReportAsync(server, "ridge");
        await server.RoundAsync(TimeSpan.FromMinutes(29));
        var feed = await server.FeedAsync("ridge");
        Assert.Equal(("fresh", "delivered", "PT30M", AirMapServer.Morning.AddMinutes(30)), (feed.State(), feed.GetProperty("kind").GetString(), feed.GetProperty("staleAfter").GetString(), feed.GetProperty("staleAt").GetDateTimeOffset()));
        Assert.Empty(await server.ToldOfAsync("ridge"));

        await server.RoundAsync(TimeSpan.FromMinutes(2));
        await server.RoundAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("stale", (await server.FeedAsync("ridge")).State());
        Assert.Equal(["feed.stale"], await server.ToldOfAsync("ridge"), StringComparer.Ordinal);
        var told = (await server.EventsAsync()).Single(e => e.GetProperty("type").GetString() == "feed.stale");
        Assert.Equal(("ridge", "stale", "video"), (told.GetProperty("id").GetString(), told.GetProperty("data").GetProperty("state").GetString(), told.GetProperty("data").GetProperty("sourceKind").GetString()));

        await ReportAsync(server, "ridge");
        await server.RoundAsync();
        await server.RoundAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["feed.stale", "feed.back"], await server.ToldOfAsync("ridge"), StringComparer.Ordinal);
        Assert.Equal("fresh", (await server.FeedAsync("ridge")).State());
    }

    [Fact]
    public async Task A_restart_and_a_second_process_tell_nothing_twice_and_what_nobody_could_deliver_accuses_nobody()
    {
        var (database, clock) = (await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        await using (var server = await StartAsync(database, clock))
        {
            await ReportAsync(server, "ridge");
            await ReportAsync(server, "valley");
            await server.RoundAsync(TimeSpan.FromMinutes(31));
            Assert.Equal(["feed.stale"], await server.ToldOfAsync("ridge"), StringComparer.Ordinal);
            await ReportAsync(server, "valley");
            await server.RoundAsync();
        }

        clock.Advance(TimeSpan.FromHours(5));
        await using var one = await StartAsync(database, clock);
        await using var other = await StartAsync(database, clock);
        await Task.WhenAll(one.RoundAsync(), other.RoundAsync());
        Assert.Equal(["feed.stale"], await one.ToldOfAsync("ridge"), StringComparer.Ordinal);
        // Nobody listened for five hours: it gets its half hour from now.
        Assert.Equal(["feed.stale", "feed.back"], await one.ToldOfAsync("valley"), StringComparer.Ordinal);
        clock.Advance(TimeSpan.FromMinutes(31));
        await Task.WhenAll(one.RoundAsync(), other.RoundAsync());
        Assert.Equal(["feed.stale", "feed.back", "feed.stale"], await one.ToldOfAsync("valley"), StringComparer.Ordinal);
    }

    [Fact]
    public async Task People_archives_and_what_is_played_are_never_told()
    {
        await using var server = await StartAsync();
        await ReportAsync(server, "hotline", "phone");
        await ReportAsync(server, "direct");
        await ReportAsync(server, "played", "video", simulated: true);
        await server.PostAsync(Reading.Firms, FeedCalls.ViirsFile(FeedCalls.ViirsRow(server.FreshPlace(), server.Now.AddDays(-40))), "text/csv");
        await server.RoundAsync(TimeSpan.FromDays(3));
        Assert.DoesNotContain(await server.EventsAsync(), e => e.GetProperty("type").GetString()!.StartsWith("feed.", StringComparison.Ordinal));
        Assert.Equal(["fresh", "fresh", "fresh"], new[] { await server.FeedAsync("hotline"), await server.FeedAsync("direct"), await server.FeedAsync("firms") }.Select(f => f.State()), StringComparer.Ordinal);
        Assert.Equal("stale", (await server.FeedAsync("played", simulated: true)).State());
    }

    [Fact]
    public async Task Settings_say_otherwise_by_kind_and_by_name()
    {
        await using var server = await StartAsync(null, null, "Feeds:StaleMinutes:video=120", "Feeds:StaleMinutes:ridge=0", "Feeds:StaleMinutes:hotline=60");
        await ReportAsync(server, "ridge");
        await ReportAsync(server, "valley");
        await ReportAsync(server, "hotline", "phone");
        await server.RoundAsync(TimeSpan.FromMinutes(61));
        Assert.Equal(("fresh", "fresh", "stale"), ((await server.FeedAsync("ridge")).State(), (await server.FeedAsync("valley")).State(), (await server.FeedAsync("hotline")).State()));
        await server.RoundAsync(TimeSpan.FromMinutes(60));
        Assert.Equal(("fresh", "stale"), ((await server.FeedAsync("ridge")).State(), (await server.FeedAsync("valley")).State()));
    }

    [Fact]
    public async Task To_an_account_of_one_county_the_log_and_the_list_tell_no_exact_times()
    {
        await using var server = await StartAsync();
        await ReportAsync(server, "ridge");
        await server.RoundAsync(TimeSpan.FromMinutes(95));
        using var stranger = await Visitor.AsAsync(server, Role.Viewer, "141029");
        var told = (await stranger.GetAsync("api/feeds")).Json.GetProperty("feeds").EnumerateArray().Single();
        Assert.Equal("stale", told.State());
        Assert.All(new[] { "lastKnownAt", "lastGoodAt" }, name => Assert.Equal(AirMapServer.Morning.AddHours(1), told.GetProperty(name).GetDateTimeOffset()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, told.GetProperty("staleAt").ValueKind);
        Assert.DoesNotContain("feed.stale", (await stranger.GetAsync("api/events?limit=1000")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Feeds:Firms:MapKey=0123456789abcdef", "Feeds:Firms:BaseUrl=http://firms.example", "BaseUrl")]
    [InlineData("Feeds:Firms:MapKey=0123456789abcdef", "Feeds:Firms:Sources:0=LANDSAT_NRT", "LANDSAT_NRT")]
    [InlineData("Feeds:Himawari:Address=http://files.example/latest.csv", "Feeds:LookSeconds=10", "Address")]
    [InlineData("Feeds:Folders:0:Path=/nowhere", "Feeds:Folders:0:Format=shapefile", "Feed")]
    [InlineData("Feeds:StaleMinutes:video=-1", "Feeds:LookSeconds=10", "StaleMinutes")]
    public async Task A_wrong_setting_is_named_at_the_start(string one, string other, string named)
    {
        var error = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => StartAsync(null, null, one, other));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", error.Message, StringComparison.Ordinal);
    }
}
