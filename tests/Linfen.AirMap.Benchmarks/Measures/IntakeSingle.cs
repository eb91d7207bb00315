using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Benchmarks.Load;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>Many cameras, each reporting one detection a request.</summary>
sealed class IntakeSingle : IMeasure
{
    const int Clients = 16;
    const double Wanted = 0.5;
    const double LongestMilliseconds = 20;

    public string Name => "intake-single";

    public string Question => $"one detection a request, {Clients} clients, against single-row durable commits of {Clients} clients";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_single");
        var table = new DetectionTable(database, "bench_single_detections");
        await table.CreateAsync();
        await using var server = await database.ServeAsync();
        List<double> latencies = [];
        await PostAsync(server, stage, effort.Rounds, effort.WarmUp);

        var pair = await Rounds.AlternateAsync(
            effort,
            async round =>
            {
                await database.CheckpointAsync();
                var load = await PostAsync(server, stage, round, effort.Round);
                latencies.AddRange(load.Milliseconds);
                return load.PerSecond;
            },
            async _ =>
            {
                await database.CheckpointAsync();
                return await database.PgBench.RateAsync(table.SingleInsertScript, Clients, effort.Round);
            });
        return
        [
            Finding.Rate(Name, "requests/s", pair, Wanted),
            Finding.Beside($"{Name} p50", $"{Rounds.Percentile(latencies, 0.5):N2} ms"),
            // Reports of a burning fire write fewer rows than those that open one.
            Finding.Beside($"{Name} that opened a fire", $"{await database.OpenedAsync():P1}"),
            Finding.Below($"{Name} p99", Rounds.Percentile(latencies, 0.99), LongestMilliseconds),
        ];
    }

    static Task<LoadResult> PostAsync(AirMapProcess server, Stage stage, int round, TimeSpan length) => ClosedLoop.RunAsync(
        server.Address, Clients, length,
        client => new DetectionRequests(server, stage.City, client + Clients * round, ((round * Clients) + client + 1L) * 1_000_000_000).Next,
        status => status == 200);
}
