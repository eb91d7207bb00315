using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Replay;

public sealed class ActivityTests(MigratedCluster cluster)
{
    [Theory]
    [InlineData("24h", 96, 900)]
    [InlineData("7d", 84, 7_200)]
    [InlineData("30d", 120, 21_600)]
    public async Task A_span_is_divided_from_Beijing_midnight_and_its_bins_say_what_the_log_says(string span, int bins, int width)
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var fires = new List<JsonElement>();
        for (var n = 0; n < 6; n++)
        {
            await server.PassAsync(TimeSpan.FromMinutes(70));
            fires.Add(await server.FireOfAsync(new($"{span}-{n}", server.Now.AddMinutes(-20), server.FreshPlace())));
        }

        await server.VerdictAsync(fires[0], "out");
        await Until.TrueAsync(async () => Sum(await server.OneAsync($"api/activity?span={span}"), "closed") == 1, "the closing is counted");

        var answer = await server.OneAsync($"api/activity?span={span}");
        var told = answer.GetProperty("bins").EnumerateArray().ToList();
        Assert.Equal((bins, width), (told.Count, answer.GetProperty("binSeconds").GetInt32()));
        Assert.Equal((6, 6), (Sum(answer, "fires"), Sum(answer, "opened")));
        Assert.All(told, bin => Assert.Equal(0, (bin.GetProperty("at").GetDateTimeOffset().ToUnixTimeSeconds() + 8 * 3600) % width));
        Assert.True(answer.GetProperty("to").GetDateTimeOffset() > server.Now && answer.GetProperty("to").GetDateTimeOffset() <= server.Now.AddSeconds(width));
        foreach (var bin in told)
        {
            var (from, to) = (bin.GetProperty("at").GetDateTimeOffset(), bin.GetProperty("at").GetDateTimeOffset().AddSeconds(width));
            Assert.Equal(fires.Count(f => f.Time("firstSeenAt") >= from && f.Time("firstSeenAt") < to), bin.GetProperty("fires").GetInt32());
            Assert.Equal(fires.Count(f => f.Time("knownAt") >= from && f.Time("knownAt") < to), bin.GetProperty("opened").GetInt32());
        }
    }

    static int Sum(JsonElement answer, string kind) => answer.GetProperty("bins").EnumerateArray().Sum(b => b.GetProperty(kind).GetInt32());
}
