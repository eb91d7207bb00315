using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Intake;

/// <summary>A file is copied into the tables and single reports are inserted: what stands there is the same.</summary>
public sealed class CopiedRowsTests(MigratedCluster cluster)
{
    const int Rows = 400;

    [Fact]
    public async Task The_same_detections_leave_the_same_rows_as_one_file_and_as_small_batches()
    {
        Assert.Equal(await StoredAsync(Rows), await StoredAsync(50), StringComparer.Ordinal);
    }

    async Task<List<string>> StoredAsync(int together)
    {
        await using var server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        var reports = Enumerable.Range(0, Rows).Select(n => Report(server, n, 111.51 + 0.001 * (n % 20), 36.08 + 0.001 * (n / 20))).ToList();
        foreach (var batch in reports.Chunk(together))
        {
            Assert.Equal(together, (await server.PostAsync(Reading.Detections, JsonSerializer.Serialize(batch))).Accepted().Stored);
        }

        List<string> stored =
        [
            .. await server.AskAllAsync("select (to_jsonb(d) - 'id' - 'fire_id' - 'known_at' || jsonb_build_object('x', st_x(position), 'y', st_y(position), 'srid', st_srid(position), 'hasFire', fire_id is not null))::text from airmap.detections d order by detection_id"),
            .. await server.AskAllAsync("select (to_jsonb(f) - 'id' - 'violation_id' - 'known_at' - 'updated_at' || jsonb_build_object('violates', violation_id is not null))::text as row from airmap.fires f order by 1"),
        ];
        Assert.True(stored.Count > Rows + 256, "both tables are copied into");
        return stored;
    }

    /// <summary>With and without everything that may be absent; hours apart, so that each is a fire of its own.</summary>
    static Dictionary<string, object?> Report(AirMapServer server, int n, double lon, double lat) => new(StringComparer.Ordinal)
    {
        ["sourceKind"] = n % 2 == 0 ? "video" : "satellite",
        ["detectionId"] = string.Create(CultureInfo.InvariantCulture, $"copied-{n:D3} 煤"),
        ["at"] = server.Now.AddHours(-8 * n).AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture),
        ["lon"] = lon,
        ["lat"] = lat,
        ["radiusMetres"] = n % 3 == 0 ? 120.5 : null,
        ["bearing"] = n % 4 == 0 ? 12.25 : null,
        ["confidence"] = n % 5 == 0 ? 0.75 : null,
        ["frpMegawatts"] = n % 2 == 1 ? n / 7.0 : null,
        ["imageUrl"] = n % 6 == 0 ? "https://example.org/a.jpg" : null,
        ["feed"] = n % 7 == 0 ? "patrol" : null,
        ["simulated"] = n % 9 == 0,
    };
}
