using System.Net.Http.Headers;
using System.Text.Json;
using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Simulator;
using Spectre.Console;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>A satellite archive through the front door.</summary>
sealed class IntakeFile : IMeasure
{
    const int RowsOfAFile = 40_000;
    const double Wanted = 0.3;

    public string Name => "intake-file";

    public string Question => "rows/s of a VIIRS file, against plain batched inserts of the same rows";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        var (asSeen, opened) = await RunAsync(stage, effort, "bench_file", ViirsFile.RowsOfFires);
        var (scattered, openedScattered) = await RunAsync(stage, effort, "bench_file_scattered", ViirsFile.Rows);
        return
        [
            Finding.Rate(Name, "rows/s", asSeen, Wanted),
            // A row of a fire that is known already writes fewer rows than one that opens it.
            Finding.Beside($"{Name} that opened a fire", $"{opened:P0}"),
            Finding.Beside($"{Name}, scattered: {openedScattered:P0} did", $"{scattered.SubjectMedian:N0} rows/s", $"{scattered.BaselineMedian:N0} rows/s", scattered.Ratio),
        ];
    }

    static async Task<(Pair Pair, double Opened)> RunAsync(Stage stage, Effort effort, string name, Func<City, int, int, List<ViirsRow>> rowsOf)
    {
        await using var database = await stage.CreateDatabaseAsync(name);
        var table = new DetectionTable(database, $"{name}_detections");
        await table.CreateAsync();
        await using var server = await database.ServeAsync();
        var rowsOfAFile = effort.Of(RowsOfAFile);
        // Both sides begin with as many rows.
        for (var (warm, started) = (effort.Rounds, TimeProvider.System.GetTimestamp()); TimeProvider.System.GetElapsedTime(started) < effort.WarmUp; warm++)
        {
            var rows = rowsOf(stage.City, rowsOfAFile, warm);
            await PostAsync(server.Client, rows);
            await table.FillAsync(rows);
        }

        var pair = await Rounds.AlternateAsync(
            effort,
            async round =>
            {
                var rows = rowsOf(stage.City, rowsOfAFile, round);
                await database.CheckpointAsync();
                return await PostAsync(server.Client, rows);
            },
            async round =>
            {
                var rows = rowsOf(stage.City, rowsOfAFile, round);
                await database.CheckpointAsync();
                return await table.FillAsync(rows);
            });
        return (pair, await database.OpenedAsync());
    }

    /// <summary>Rows per second from the first byte sent to the answer.</summary>
    static async Task<double> PostAsync(HttpClient client, List<ViirsRow> rows)
    {
        using var body = new ByteArrayContent(ViirsFile.Csv(rows)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var started = TimeProvider.System.GetTimestamp();
        using var answer = await client.PostAsync(new Uri("api/intake/firms?source=VIIRS_NOAA20_NRT", UriKind.Relative), body);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        if (!answer.IsSuccessStatusCode || report.RootElement.GetProperty("stored").GetInt32() != rows.Count)
        {
            AnsiConsole.WriteLine($"  not everything was stored: {report.RootElement.GetRawText()}");
        }

        return rows.Count / elapsed.TotalSeconds;
    }
}
