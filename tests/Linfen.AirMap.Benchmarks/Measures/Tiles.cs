using System.Globalization;
using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Benchmarks.Load;
using Linfen.AirMap.Tiles;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>Uncached tiles of a busy city.</summary>
sealed class Tiles : IMeasure
{
    const int Clients = 8;

    static readonly (int Zoom, double Wanted)[] Zooms = [(8, 0.85), (10, 0.85), (12, 0.7)];

    /// <summary>By name, not all that there are: with each further layer the database's share grows, and the ratio would rise by itself.</summary>
    static readonly string[] Layers = ["counties", "fires", "violations"];

    public string Name => "tiles";

    public string Question => $"uncached tiles of {string.Join(", ", Layers)}, {Clients} connections, against the same SQL through pgbench";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_tiles");
        await BusyCity.FillAsync(database, BusyCity.Fires, BusyCity.Burning);
        await using var server = await database.ServeAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Airmap__Tiles__Cache"] = "false" });
        var findings = new List<Finding>();
        foreach (var (zoom, wanted) in Zooms)
        {
            var range = TileRange.Of(zoom);
            var script = Script(range);
            await DrawAsync(server.Address, range, effort.WarmUp);
            var pair = await Rounds.AlternateAsync(
                effort,
                async _ => (await DrawAsync(server.Address, range, effort.Round)).PerSecond,
                _ => database.PgBench.RateAsync(script, Clients, effort.Round));
            findings.Add(Finding.Rate($"{Name} z{zoom}", "tiles/s", pair, wanted));
        }

        return findings;
    }

    static Task<LoadResult> DrawAsync(Uri server, TileRange range, TimeSpan length) => ClosedLoop.RunAsync(
        server, Clients, length,
        client => range.RequestsFor(server, string.Join(',', Layers), client),
        status => status is 200 or 204);

    /// <summary>
    /// The server's own statement; length() because pgbench prints what is selected otherwise. The zoom is written out: pgbench
    /// makes a parameter of each mention of a variable, and then the grid selected is no longer the grid grouped by.
    /// </summary>
    static string Script(TileRange range)
    {
        var statement = TileSql.For(Layers, range.Zoom)
            .Replace("$1", range.Zoom.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("$2", ":x", StringComparison.Ordinal)
            .Replace("$3", ":y", StringComparison.Ordinal)
            .Replace(TileSql.EndedSince, "(now() - interval '7 days')", StringComparison.Ordinal)
            .ReplaceLineEndings(" ");
        return $"""
            \set x random({range.West}, {range.East})
            \set y random({range.North}, {range.South})
            SELECT length(t) FROM ({statement} AS t) AS tile;
            """;
    }
}
