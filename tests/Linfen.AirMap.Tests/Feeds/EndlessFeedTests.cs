using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Feeds;

/// <summary>An answer without end, on a server process of its own with the limit that the product ships.</summary>
public sealed class EndlessFeedTests(MigratedCluster cluster)
{
    const long AllowedGrowthMegabytes = 60;

    [Fact]
    public async Task An_endless_answer_is_given_up_at_64_MiB_in_flat_memory_and_stores_nothing()
    {
        await using var outside = await OutsideServer.StartAsync();
        var held = new TaskCompletionSource();
        var row = FeedCalls.ViirsRow(new(111.52, 36.09), DateTimeOffset.UtcNow.AddHours(-1));
        var endless = outside.Misbehaving("endless", FeedCalls.ViirsFile(row));
        outside.Answer = async context =>
        {
            await held.Task;
            await endless(context);
        };
        var database = await cluster.CreateDatabaseAsync();
        var postgres = await cluster.ClusterAsync();
        await using var server = await AirMapProcess.ServeAsync(postgres.ConnectionString(database, PostgresCluster.Application), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Airmap__Feeds__Firms__MapKey"] = "0123456789abcdef",
            ["Airmap__Feeds__Firms__BaseUrl"] = outside.Address,
            ["Airmap__Feeds__Firms__Sources__0"] = "VIIRS_NOAA20_NRT",
        });
        // Warm, so that the growth is that of the poll.
        await FeedAsync(server);
        await File.WriteAllTextAsync($"/proc/{server.ProcessId}/clear_refs", "5", TestContext.Current.CancellationToken);
        var usual = PeakMegabytes(server.ProcessId);

        held.SetResult();
        await Until.TrueAsync(async () => (await FeedAsync(server)).ErrorCode() == "answer-too-large", "the answer is given up");

        Assert.InRange(outside.Served, 64L << 20, 80L << 20);
        Assert.InRange(PeakMegabytes(server.ProcessId) - usual, 0, AllowedGrowthMegabytes);
        Assert.Equal(0, JsonDocument.Parse(await server.Client.GetStringAsync(new Uri("api/fires", UriKind.Relative), TestContext.Current.CancellationToken)).RootElement.GetProperty("features").GetArrayLength());
        Assert.DoesNotContain("0123456789abcdef", server.Output + server.LogFiles, StringComparison.Ordinal);
    }

    static async Task<JsonElement> FeedAsync(AirMapProcess server) =>
        JsonDocument.Parse(await server.Client.GetStringAsync(new Uri("api/feeds", UriKind.Relative), TestContext.Current.CancellationToken)).RootElement.GetProperty("feeds")[0];

    static long PeakMegabytes(int processId) => long.Parse(
        File.ReadLines($"/proc/{processId}/status").Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
}
