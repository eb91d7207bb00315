using System.Globalization;
using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Benchmarks.Load;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tiles;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>Uncached tiles of a busy city.</summary>
sealed class Tiles : IMeasure
{
    const int Clients = 8;

    static readonly (int Zoom, double Wanted)[] Zooms = [(8, 0.85), (10, 0.85), (12, 0.7)];

    /// <summary>Entries of registers and zones of the busy city.</summary>
    const int Subjects = 10_000, Zones = 200;

    /// <summary>The tile of the city that the wanted ratios are meant for, by name: with each further layer the database's share grows, and the ratio would rise by itself.</summary>
    static readonly string[] Nine = ["counties", "zones", "land", "sites", "boilers", "plants", "enterprises", "fires", "violations"];

    /// <summary>The cheapest tile of use, without a wanted ratio: where the database has least to do, what the server adds weighs most.</summary>
    static readonly string[] Three = ["counties", "fires", "violations"];

    public string Name => "tiles";

    public string Question => $"uncached tiles of {Nine.Length} layers, {Clients} connections, against the same SQL through pgbench";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_tiles");
        await RuledCity.FillAsync(database.Source, stage.City, Subjects, Zones);
        await BusyCity.FillAsync(database, BusyCity.Fires, BusyCity.Burning);
        await using var server = await database.ServeAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Airmap__Tiles__Cache"] = "false" });
        var findings = new List<Finding>();
        foreach (var (zoom, wanted) in Zooms)
        {
            findings.Add(Finding.Rate($"{Name} z{zoom}", "tiles/s", await CompareAsync(database, server, Nine, zoom, effort), wanted));
        }

        foreach (var (zoom, _) in Zooms)
        {
            var pair = await CompareAsync(database, server, Three, zoom, effort);
            findings.Add(Finding.Beside($"{Name} z{zoom}, {Three.Length} layers", $"{pair.SubjectMedian:N0} tiles/s", $"{pair.BaselineMedian:N0} tiles/s", pair.Ratio));
        }

        return findings;
    }

    static async Task<Pair> CompareAsync(BenchDatabase database, AirMapProcess server, string[] layers, int zoom, Effort effort)
    {
        var range = TileRange.Of(zoom);
        var script = Script(layers, range);
        await DrawAsync(server, layers, range, effort.WarmUp);
        return await Rounds.AlternateAsync(
            effort,
            async _ => (await DrawAsync(server, layers, range, effort.Round)).PerSecond,
            _ => database.PgBench.RateAsync(script, Clients, effort.Round));
    }

    static Task<LoadResult> DrawAsync(AirMapProcess server, string[] layers, TileRange range, TimeSpan length) => ClosedLoop.RunAsync(
        server.Address, Clients, length,
        client => range.RequestsFor(server, string.Join(',', layers), client),
        status => status is 200 or 204);

    /// <summary>
    /// The server's own statement; length() because pgbench prints what is selected otherwise. The zoom is written out: pgbench
    /// makes a parameter of each mention of a variable, and then the grid selected is no longer the grid grouped by.
    /// </summary>
    static string Script(string[] layers, TileRange range)
    {
        var statement = TileSql.For(layers, range.Zoom)
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
