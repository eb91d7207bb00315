using Linfen.AirMap.Tests.Intake.Himawari;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>Ten-minute files by their address; at 02:00 UTC the file of 01:20 is the latest that is there.</summary>
public sealed class HimawariPollTests(MigratedCluster cluster)
{
    static async Task<AirMapServer> StartAsync(MigratedCluster cluster, OutsideServer outside)
    {
        var server = await AirMapServer.StartAsync(
            cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning),
            $"Feeds:Himawari:Address={outside.Address}/{{yyyyMMdd}}/H09_{{HHmm}}.csv", "Feeds:Himawari:MostHours=3", "Feeds:Himawari:RequestSeconds=2");
        await server.RoundAsync();
        return server;
    }

    static Task FileAsync(Microsoft.AspNetCore.Http.HttpContext context, string row) => OutsideServer.TextAsync(context, HimawariReaderTests.Header + row);

    static string Row(string clock) => $"1,2026,3,15,{clock},36.10,111.52,4.00,0,2,3,2.50,0,1\n";

    [Fact]
    public async Task Every_slot_is_asked_for_until_its_file_has_come_and_never_again()
    {
        await using var outside = await OutsideServer.StartAsync();
        outside.Answer = context => string.CompareOrdinal(context.Request.Path.Value, "/20260315/H09_0120") <= 0 || context.Request.Path.Value!.Contains("_0120", StringComparison.Ordinal)
            ? FileAsync(context, context.Request.Path.Value!.Contains("_0120", StringComparison.Ordinal) ? Row("0122") : "") : OutsideServer.TextAsync(context, "", status: 404);
        await using var server = await StartAsync(cluster, outside);
        Assert.Equal(19, outside.TakeAsked().Count);
        var feed = await server.FeedAsync("himawari");
        Assert.Equal(("fresh", "himawari", 1), (feed.State(), feed.GetProperty("kind").GetString(), feed.GetProperty("today").GetInt32()));

        outside.Answer = context => context.Request.Path.Value!.Contains("_0130", StringComparison.Ordinal) ? FileAsync(context, Row("0132")) : OutsideServer.TextAsync(context, "", status: 404);
        await server.RoundAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(["0130", "0140", "0150", "0200", "0210"], outside.TakeAsked().Select(p => p[^8..^4]), StringComparer.Ordinal);
        Assert.Equal(2, await server.DetectionsAsync());
    }

    [Fact]
    public async Task Files_that_stop_coming_are_told_and_a_broken_one_keeps_nobody_from_the_next()
    {
        await using var outside = await OutsideServer.StartAsync();
        outside.Answer = context => context.Request.Path.Value!.Contains("_0120", StringComparison.Ordinal) ? FileAsync(context, "") : OutsideServer.TextAsync(context, "", status: 404);
        await using var server = await StartAsync(cluster, outside);
        outside.Answer = context => OutsideServer.TextAsync(context, "", status: 404);
        await server.RoundAsync(TimeSpan.FromMinutes(121));
        var feed = await server.FeedAsync("himawari");
        Assert.Equal(("stale", "nothing-new"), (feed.State(), feed.ErrorCode()));

        outside.Answer = context => context.Request.Path.Value!.Contains("_0310", StringComparison.Ordinal) ? OutsideServer.TextAsync(context, "<html>", "text/html")
            : context.Request.Path.Value!.Contains("_0320", StringComparison.Ordinal) ? FileAsync(context, Row("0322")) : OutsideServer.TextAsync(context, "", status: 404);
        await server.RoundAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("fresh", (await server.FeedAsync("himawari")).State());
        Assert.Equal(["feed.stale", "feed.back"], await server.ToldOfAsync("himawari"), StringComparer.Ordinal);
        Assert.Equal(1, await server.DetectionsAsync());
    }

    [Fact]
    public async Task Yesterdays_file_under_the_name_of_a_slot_is_no_sign_of_life()
    {
        await using var outside = await OutsideServer.StartAsync();
        outside.Answer = context => FileAsync(context, "1,2026,3,14,0132,36.10,111.52,4.00,0,2,3,2.50,0,1\n");
        await using var server = await StartAsync(cluster, outside);
        var feed = await server.FeedAsync("himawari");
        Assert.Equal(("failing", "old-data"), (feed.State(), feed.ErrorCode()));
    }
}
