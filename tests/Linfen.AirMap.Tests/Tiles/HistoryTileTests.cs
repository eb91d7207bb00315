using System.Globalization;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using NetTopologySuite.Features;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>History does not weigh down the overview, and nothing of it gets lost there.</summary>
public sealed class HistoryTileTests(OwnServer own) : IClassFixture<OwnServer>
{
    const int Fires = 150;

    AirMapServer Server => own.Server;

    [Fact]
    public async Task Below_zoom_10_history_is_summed_up_in_cells_whose_counts_add_up_and_from_10_on_each_fire_is_drawn()
    {
        var place = Server.FreshPlace();
        var burning = await Server.FireOfAsync(new("now", Server.Now.AddMinutes(-5), place));
        var seen = Enumerable.Range(0, Fires).Select(i => new Sighting($"old-{i}", Server.Now.AddDays(-40).AddMinutes(i), Server.FreshPlace())).ToList();
        // A second detection of the first ten: fires and detections are counted apart.
        var again = seen.Take(10).Select(s => s with { DetectionId = s.DetectionId + "-again", At = s.At.AddMinutes(10) });
        Assert.Equal(Fires + 10, (await Server.ReportAsync([.. seen, .. again])).Stored);
        await Until.TrueAsync(async () => (await HistoryTiles.HistoryAsync(Server, 8)).Count > 0, "history is drawn");

        foreach (var zoom in new[] { 4, 6, 7, 9, 10, 11 })
        {
            var history = await HistoryTiles.HistoryAsync(Server, zoom);
            Assert.Equal((Fires, Fires + 10), (history.Sum(f => HistoryTiles.Whole(f, "count")), history.Sum(f => HistoryTiles.Whole(f, "detections"))));
            Assert.Equal(zoom >= 10, history.All(f => f.Attributes.Exists("id")));
            Assert.True(zoom > 4 || history.Count < Fires / 3, $"{history.Count} cells at zoom {zoom}");
        }

        var singles = await HistoryTiles.HistoryAsync(Server, 10);
        Assert.Equal(Fires, singles.Count);
        Assert.All(singles, f => Assert.Equal(1, HistoryTiles.Whole(f, "count")));
        Assert.All(await HistoryTiles.HistoryAsync(Server, 4), f => Assert.InRange(HistoryTiles.Whole(f, "first_seen"), seen[0].At.ToUnixTimeSeconds(), seen[^1].At.ToUnixTimeSeconds()));
        // What burns is never summed up.
        Assert.NotNull((await DrawnTile.GetAsync(Server, "fires", 4, place)).Find("fires", burning.Id()));
    }
}

/// <summary>A city of its own, because the numbers of the other test are those of its whole history.</summary>
public sealed class SimulatedHistoryTileTests(OwnServer own) : IClassFixture<OwnServer>
{
    AirMapServer Server => own.Server;

    [Fact]
    public async Task A_cell_is_marked_simulated_only_when_all_of_it_is()
    {
        var (real, both) = (Server.FreshPlace(), Server.FreshPlace());
        await Server.ReportAsync(
            new("real", Server.Now.AddDays(-9), real), new("played", Server.Now.AddDays(-9), both) { Simulated = true });
        await Until.TrueAsync(async () => (await HistoryTiles.HistoryAsync(Server, 9)).Any(f => f.Attributes["simulated"] is true), "the simulated cell is drawn");

        Assert.Equal(1, (await HistoryTiles.HistoryAsync(Server, 9)).Where(f => f.Attributes["simulated"] is true).Sum(f => HistoryTiles.Whole(f, "count")));
        Assert.DoesNotContain(await HistoryTiles.HistoryAsync(Server, 0), f => f.Attributes["simulated"] is true && HistoryTiles.Whole(f, "count") > 1);
    }
}

static class HistoryTiles
{
    /// <summary>All history of the city at a zoom, tile by tile.</summary>
    public static async Task<List<IFeature>> HistoryAsync(AirMapServer server, int zoom)
    {
        var (first, last) = (DrawnTile.At(zoom, new(110.3, 37)), DrawnTile.At(zoom, new(112.7, 35.2)));
        var found = new List<IFeature>();
        for (var x = first.X; x <= last.X; x++)
        {
            for (var y = first.Y; y <= last.Y; y++)
            {
                var tile = await DrawnTile.GetAsync(server, "fires", zoom, Middle(zoom, x, y));
                found.AddRange(tile.OwnPoints("fires").Where(f => f.Attributes["status"] as string == "history"));
            }
        }

        return found;
    }

    static LonLat Middle(int zoom, int x, int y)
    {
        var side = 1 << zoom;
        return new((x + 0.5) / side * 360 - 180, Math.Atan(Math.Sinh(Math.PI * (1 - 2 * (y + 0.5) / side))) * 180 / Math.PI);
    }

    public static long Whole(IFeature feature, string name) => Convert.ToInt64(feature.Attributes[name], CultureInfo.InvariantCulture);
}
