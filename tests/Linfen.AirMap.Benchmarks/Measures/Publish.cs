using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Linfen.AirMap.Benchmarks.Live;
using Linfen.AirMap.Benchmarks.Load;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>A planner publishes a zone over much that it forbids: until every open client has map, ranking and list right.</summary>
sealed class Publish : IMeasure
{
    const int Findings = 200, Boilers = 50, Clients = 4, Zoom = 11;
    const double LongestMilliseconds = 2_000;

    static readonly LonLat Middle = new(111.71, 36.27);

    public string Name => "publish";

    public string Question => $"a coal-free zone over {Findings} findings and {Boilers} facilities: from the request until {Clients} connected clients have log, counties' numbers and tile";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_publish");
        await using var server = await database.ServeAsync();
        await FillAsync(server);
        List<double> published = [], retired = [], raw = [];
        await using var clients = new Screens(server);
        await clients.OpenAsync();
        for (var round = 0; round <= effort.Rounds; round++)
        {
            var zone = await DraftAsync(server);
            var (there, gone) = (
                await TimeAsync(clients, () => ActAsync(server, zone, "publish", "\"1.1\"", new { documentNumber = "测试〔2026〕1号", effectiveFrom = "2026-01-01", reason = "benchmark" }), "violation.opened"),
                await TimeAsync(clients, () => ActAsync(server, zone, "retire", "\"1.2\"", new { reason = "benchmark" }), "violation.closed"));
            var insert = await InsertAsync(database);
            if (round > 0)
            {
                // The first one is the warm-up: the runtime compiles as it runs.
                published.Add(there);
                retired.Add(gone);
                raw.Add(insert);
            }
        }

        var beside = string.Create(CultureInfo.InvariantCulture, $"{Rounds.Median(raw):N2} ms to insert as many rows");
        return
        [
            Finding.Below($"{Name} on", published.Max(), LongestMilliseconds, beside),
            Finding.Below($"{Name} off", retired.Max(), LongestMilliseconds, beside),
        ];
    }

    static async Task FillAsync(AirMapProcess server)
    {
        for (var n = 0; n < Boilers + Findings; n++)
        {
            var place = new LonLat(Middle.Lon - 0.009 + n % 16 * 0.0011, Middle.Lat - 0.009 + n / 16 * 0.0011);
            var (path, body) = n < Boilers
                ? ("api/heating/boilers", (object)new { name = $"boiler {n}", lon = place.Lon, lat = place.Lat, kind = "boiler", fuel = "coal", status = "operating", tonnesPerHour = 40, purpose = "centralHeating", commissionedOn = "2018-05-01" })
                : ("api/findings", new { id = Guid.NewGuid(), kind = "firewood", at = "2026-03-01T08:00:00+08:00", lon = place.Lon, lat = place.Lat, text = "", filedBy = "patrol" });
            await SendAsync(server, path, body);
        }
    }

    static async Task<string> DraftAsync(AirMapProcess server)
    {
        var ring = Geodesic.Circle(Middle, 2_000, 200).ExteriorRing.Coordinates.Select(c => new[] { c.X, c.Y });
        var drawn = await SendAsync(server, "api/zones", new { kind = "coalFree", name = "benchmark", geometry = new { type = "Polygon", coordinates = new[] { ring } } });
        return drawn.GetProperty("properties").GetProperty("id").GetString()!;
    }

    /// <param name="tag">Of a fresh draft, and of one that was published since.</param>
    static Task<JsonElement> ActAsync(AirMapProcess server, string zone, string what, string tag, object body) => SendAsync(server, $"api/zones/{zone}/{what}", body, tag);

    static async Task<JsonElement> SendAsync(AirMapProcess server, string path, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Web) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await server.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException($"{path}: {text}");
    }

    static async Task<double> TimeAsync(Screens screens, Func<Task> act, string type)
    {
        var sent = Stopwatch.GetTimestamp();
        var shown = screens.AwaitAsync(type, Findings + Boilers);
        await act();
        await shown;
        return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
    }

    static async Task<double> InsertAsync(BenchDatabase database)
    {
        await database.ExecuteAsync("CREATE TABLE IF NOT EXISTS bench_rows (n bigint, data text)");
        var sent = Stopwatch.GetTimestamp();
        await database.ExecuteAsync($"INSERT INTO bench_rows SELECT n, repeat('x', 1000) FROM generate_series(1, {Findings + Boilers}) n");
        return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
    }

    /// <summary>Open clients: the bell rings, each reads the log to its head, then the numbers and the tile.</summary>
    sealed class Screens(AirMapProcess server) : IAsyncDisposable
    {
        readonly List<(LogReader Log, HubSocket Hub)> screens = [];
        readonly SemaphoreSlim[] bells = [.. Enumerable.Range(0, Clients).Select(_ => new SemaphoreSlim(0))];

        public async Task OpenAsync()
        {
            foreach (var bell in bells)
            {
                var log = new LogReader(server);
                await log.CatchUpAsync();
                screens.Add((log, await HubSocket.WatchAsync(new Uri(server.Address, "hubs/live"), _ => bell.Release(), server.Key)));
            }
        }

        public Task AwaitAsync(string type, int count) => Task.WhenAll(screens.Select((screen, n) => Task.Run(() => AwaitAsync(screen.Log, bells[n], type, count))));

        async Task AwaitAsync(LogReader log, SemaphoreSlim bell, string type, int count)
        {
            var seen = 0;
            while (seen < count)
            {
                if (!await bell.WaitAsync(TimeSpan.FromSeconds(30)))
                {
                    throw new TimeoutException($"{seen} of {count} {type} arrived.");
                }

                while (await log.ReadAsync(e => seen += e.GetProperty("type").ValueEquals(type) ? 1 : 0) > log.Position)
                {
                }
            }

            await server.Client.GetByteArrayAsync(new Uri("api/counties", UriKind.Relative));
            var range = TileRange.Of(Zoom);
            var (x, y) = range.TileOf(Middle);
            await server.Client.GetByteArrayAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"tiles/zones,violations/{Zoom}/{x}/{y}.mvt"), UriKind.Relative));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var (log, hub) in screens)
            {
                await hub.DisposeAsync();
                log.Dispose();
            }

            foreach (var bell in bells)
            {
                bell.Dispose();
            }
        }
    }
}
