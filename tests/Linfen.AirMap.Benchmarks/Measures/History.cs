using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Benchmarks.Load;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Testing;
using Spectre.Console;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>Ten years of satellites as one archive through the front door, and reports of today on top of them.</summary>
sealed class History : IMeasure
{
    const int Detections = 1_000_000;
    const int Days = 3_650;
    const int Works = 60;

    /// <summary>Of all rows: what lies at works and comes again and again.</summary>
    const double AtWorks = 0.4;

    /// <summary>About 600 m.</summary>
    const double BreadthOfWorksDegrees = 0.006;

    const double LongestImportSeconds = 180;
    const double LongestReportMilliseconds = 10;

    public string Name => "history";

    public string Question => $"{Detections:N0} detections of {Days / 365} years as one archive, against plain batched inserts; then single reports on top of them";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        var rows = Rows(stage, effort.Of(Detections));
        await using var database = await stage.CreateDatabaseAsync("bench_history");
        var table = new DetectionTable(database, "bench_history_detections");
        await table.CreateAsync();
        var plain = await table.FillAsync(rows);
        await using var server = await database.ServeAsync();
        await database.CheckpointAsync();
        var seconds = await PostAsync(server, rows);
        var limit = effort.Share * LongestImportSeconds;
        List<Finding> findings =
        [
            new($"{Name} import of {rows.Count:N0}", string.Create(CultureInfo.InvariantCulture, $"{seconds:N1} s"), $"{plain:N0} rows/s", rows.Count / seconds / plain, $"< {limit:0} s", seconds < limit),
            Finding.Beside($"{Name} rows/s, most memory", string.Create(CultureInfo.InvariantCulture, $"{rows.Count / seconds:N0}/s, {MostMegabytes(server.ProcessId):N0} MB")),
        ];
        foreach (var clients in new[] { 1, 16 })
        {
            await ReportAsync(server, stage, clients, 0, effort.WarmUp / 2);
            var load = await ReportAsync(server, stage, clients, 1, effort.Rounds * effort.Round);
            findings.Add(Finding.Beside($"{Name} report p50, {clients} at once", $"{Rounds.Percentile(load.Milliseconds, 0.5):N2} ms", $"{load.PerSecond:N0}/s"));
            findings.Add(Finding.Below($"{Name} report p99, {clients} at once", Rounds.Percentile(load.Milliseconds, 0.99), LongestReportMilliseconds));
        }

        return findings;
    }

    /// <summary>In the order of time, as an archive is.</summary>
    static List<ViirsRow> Rows(Stage stage, int count)
    {
        var random = new Random(11);
        var works = Enumerable.Range(0, Works).Select(_ => stage.City.AnyPlace(random)).ToList();
        var from = new DateTimeOffset(DateTimeOffset.UtcNow.Date.AddDays(-Days - 2), TimeSpan.Zero);
        return [.. Enumerable.Range(0, count)
            .Select(_ => new ViirsRow(from.AddMinutes(random.Next(Days * 24 * 60)), random.NextDouble() < AtWorks ? Near(works[random.Next(Works)], random) : stage.City.AnyPlace(random), Math.Round(20 * random.NextDouble(), 2)))
            .Select(row => row with { Place = new(Math.Round(row.Place.Lon, 5), Math.Round(row.Place.Lat, 5)) })
            .Where(row => stage.City.Contains(row.Place))
            .DistinctBy(row => row.Identity, StringComparer.Ordinal)
            .OrderBy(row => row.At)];
    }

    static LonLat Near(LonLat works, Random random) =>
        new(works.Lon + BreadthOfWorksDegrees * (random.NextDouble() - 0.5), works.Lat + BreadthOfWorksDegrees * (random.NextDouble() - 0.5));

    static async Task<double> PostAsync(AirMapProcess server, List<ViirsRow> rows)
    {
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(10 * LongestImportSeconds), DefaultRequestHeaders = { Authorization = new("Bearer", server.Key) } };
        using var body = new ByteArrayContent(ViirsFile.Csv(rows)) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var started = TimeProvider.System.GetTimestamp();
        using var answer = await client.PostAsync(new Uri("api/intake/firms?source=VIIRS_NOAA20_NRT", UriKind.Relative), body);
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        if (!answer.IsSuccessStatusCode || report.RootElement.GetProperty("stored").GetInt32() != rows.Count)
        {
            AnsiConsole.WriteLine($"  not everything was stored: {report.RootElement.GetRawText()}");
        }

        return elapsed.TotalSeconds;
    }

    static Task<LoadResult> ReportAsync(AirMapProcess server, Stage stage, int clients, int round, TimeSpan length) => ClosedLoop.RunAsync(
        server.Address, clients, length,
        client => new DetectionRequests(server, stage.City, client + clients * (round + 1), ((clients * 2) + round + 1) * 10_000_000_000L + client * 100_000_000L).Next,
        status => status == 200);

    /// <summary>The most that the server ever held.</summary>
    static double MostMegabytes(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
}
