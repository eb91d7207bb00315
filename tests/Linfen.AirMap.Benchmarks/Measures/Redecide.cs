using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>The rule book over a whole city: all of it, one subject, and the counties' numbers.</summary>
sealed class Redecide : IMeasure
{
    const double LongestSeconds = 60;
    const double LongestMilliseconds = 20;
    const int Changes = 2_000;

    public string Name => "redecide";

    public string Question => $"{RuledCity.Subjects:N0} subjects under {RuledCity.Zones} zones of 200 vertices: full re-decide, one changed subject, county summary";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_redecide");
        await RuledCity.FillAsync(database.Source, stage.City, effort.Of(RuledCity.Subjects), RuledCity.Zones);
        var findings = new List<Finding>
        {
            await FullAsync(stage, database, "first: opens what is violated"),
            await FullAsync(stage, database, "again: nothing changed"),
        };
        await using var server = await database.ServeAsync();
        await ChangeAsync(server, database, effort.Of(Changes)); // warm: the runtime compiles as it runs
        var (single, summary) = await ChangeAsync(server, database, effort.Of(Changes));
        var raw = await CommitsAsync(database, effort.Of(Changes));
        findings.Add(Finding.Beside($"{Name} one p50", $"{Rounds.Median(single):N2} ms", $"{Rounds.Median(raw):N2} ms one-row commit", Rounds.Median(single) / Rounds.Median(raw)));
        findings.Add(Finding.Below($"{Name} one p99", Rounds.Percentile(single, 0.99), LongestMilliseconds, $"{Rounds.Percentile(raw, 0.99):N2} ms one-row commit"));
        findings.Add(Finding.Below($"{Name} summary p99", Rounds.Percentile(summary, 0.99), LongestMilliseconds, $"{await CountAsync(database):N2} ms the same counts in SQL"));
        return findings;
    }

    async Task<Finding> FullAsync(Stage stage, BenchDatabase database, string what)
    {
        var said = await AirMapProcess.RunAsync(stage.Cluster.ConnectionString(database.Name, PostgresCluster.Application), "redecide");
        var seconds = double.Parse(said.Split(" judged in ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        return new($"{Name} all, {what}", said.Trim().Split('\n')[^1], "", null, $"< {LongestSeconds} s", seconds < LongestSeconds);
    }

    /// <summary>Changes a boiler (judged before the answer) and asks for the counties' numbers, in turns.</summary>
    static async Task<(List<double> Single, List<double> Summary)> ChangeAsync(AirMapProcess server, BenchDatabase database, int count)
    {
        var ids = new List<(Guid Id, string Name, double Lon, double Lat)>();
        await using (var command = database.Source.CreateCommand("SELECT id, name, st_x(position), st_y(position) FROM subjects WHERE kind = 'boiler' ORDER BY md5(id::text) LIMIT " + count.ToString(CultureInfo.InvariantCulture)))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                ids.Add((reader.GetGuid(0), reader.GetString(1), reader.GetDouble(2), reader.GetDouble(3)));
            }
        }

        List<double> single = [], summary = [];
        for (var n = 0; n < ids.Count; n++)
        {
            var (id, name, lon, lat) = ids[n];
            var address = new Uri($"api/heating/boilers/{id}", UriKind.Relative);
            using var read = await server.Client.GetAsync(address);
            using var change = new HttpRequestMessage(HttpMethod.Put, address);
            change.Headers.IfMatch.Add(read.Headers.ETag!);
            change.Content = JsonContent.Create(
                new { code = name, name, lon, lat, kind = "boiler", fuel = n % 2 == 0 ? "coal" : "gas", status = "operating", tonnesPerHour = 20 + n % 60, commissionedOn = "2018-05-01" }, options: JsonSerializerOptions.Web);
            var sent = Stopwatch.GetTimestamp();
            using var answer = await server.Client.SendAsync(change);
            answer.EnsureSuccessStatusCode();
            single.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            sent = Stopwatch.GetTimestamp();
            using var numbers = await server.Client.GetAsync(new Uri("api/counties", UriKind.Relative));
            numbers.EnsureSuccessStatusCode();
            summary.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return (single, summary);
    }

    static async Task<List<double>> CommitsAsync(BenchDatabase database, int count)
    {
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS bench_rows (n bigint)");
        await using var connection = await database.Source.OpenConnectionAsync();
        await using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO bench_rows VALUES (1)";
        await insert.PrepareAsync();
        var times = new List<double>();
        for (var n = 0; n < count; n++)
        {
            var sent = Stopwatch.GetTimestamp();
            await insert.ExecuteNonQueryAsync();
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return times;
    }

    static async Task<double> CountAsync(BenchDatabase database)
    {
        var times = new List<double>();
        for (var n = 0; n < 20; n++)
        {
            var sent = Stopwatch.GetTimestamp();
            await using var command = database.Source.CreateCommand("SELECT county, rule, severity, count(*) FROM violations WHERE closed_at IS NULL GROUP BY 1, 2, 3");
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
            }

            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return Rounds.Median(times);
    }
}
