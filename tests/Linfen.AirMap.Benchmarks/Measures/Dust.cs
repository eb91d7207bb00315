using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Linfen.AirMap.Benchmarks.Baseline;
using Linfen.AirMap.Benchmarks.Load;
using Linfen.AirMap.Testing;
using Spectre.Console;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>Dust monitors on the HJ 212 line: a few that push what they have stored up, and a city of them that sends every second.</summary>
sealed class Dust : IMeasure
{
    const int Devices = 2_000;
    const int Pushing = 64;
    const int PacketsAtOnce = 32;
    const int RowsOfARound = 400_000;
    const int Registering = 6;
    const double Wanted = 0.3;
    const double LongestMilliseconds = 200;

    /// <summary>Memory may grow by so much of itself from the middle to the end and is called flat.</summary>
    const double Flat = 1.15;

    public string Name => "dust";

    public string Question =>
        $"readings/s of {Pushing} devices that push, against batched COPY of the same rows; then {Devices:N0} devices at a packet of {DeviceLoad.Factors.Length} factors a second: loss, answers, memory";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_dust");
        var port = FreePort.Next();
        await using var server = await database.ServeAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["AIRMAP_HJ212_PORT"] = port.ToString(CultureInfo.InvariantCulture) });
        var devices = Enumerable.Range(1, Devices).Select(n => new DeviceLoad(n)).ToList();
        try
        {
            await RegisterAsync(server, stage, devices);
            var pushed = await PushAsync(database, devices.Take(Pushing).ToList(), port, effort);
            return [pushed, .. await PaceAsync(database, server, devices, port, effort)];
        }
        finally
        {
            devices.ForEach(d => d.Dispose());
        }
    }

    static async Task RegisterAsync(AirMapProcess server, Stage stage, List<DeviceLoad> devices)
    {
        var random = new Random(5);
        var entries = devices.Select(d => (d.Mn, Place: stage.City.AnyPlace(random))).ToList();
        await Parallel.ForEachAsync(entries, new ParallelOptions { MaxDegreeOfParallelism = Registering }, async (entry, _) =>
        {
            using var answer = await server.Client.PostAsJsonAsync(
                new Uri("api/monitors", UriKind.Relative), new { name = entry.Mn, mn = entry.Mn, lon = entry.Place.Lon, lat = entry.Place.Lat }, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
        });
    }

    /// <summary>Each sends so many packets at once, waits for the answers to all of them, and goes on.</summary>
    async Task<Finding> PushAsync(BenchDatabase database, List<DeviceLoad> devices, int port, Effort effort)
    {
        var table = new ReadingTable(database, "bench_readings");
        await table.CreateAsync();
        await Task.WhenAll(devices.Select(d => d.ConnectAsync(port)));
        var begin = DateTimeOffset.UtcNow.AddDays(-2);
        var seconds = new int[devices.Count];
        await RoundAsync(effort.WarmUp);
        await table.FillAsync(Copied(devices, begin, effort.Rounds, effort.Of(RowsOfARound)));
        var pair = await Rounds.AlternateAsync(
            effort,
            async _ =>
            {
                await database.CheckpointAsync();
                return await RoundAsync(effort.Round);
            },
            async round =>
            {
                var rows = Copied(devices, begin, round, effort.Of(RowsOfARound));
                await database.CheckpointAsync();
                return await table.FillAsync(rows);
            });
        return Finding.Rate($"{Name} pushed", "readings/s", pair, Wanted);

        async Task<double> RoundAsync(TimeSpan length)
        {
            var before = devices.Sum(d => d.Answered);
            var started = TimeProvider.System.GetTimestamp();
            await Task.WhenAll(devices.Select(async (device, n) =>
            {
                var buffer = new byte[PacketsAtOnce * device.FrameLength];
                while (TimeProvider.System.GetElapsedTime(started) < length)
                {
                    await device.ExchangeAsync(begin.AddSeconds(seconds[n]), PacketsAtOnce, buffer);
                    seconds[n] += PacketsAtOnce;
                }
            }));
            return (devices.Sum(d => d.Answered) - before) * DeviceLoad.Factors.Length / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        }
    }

    /// <summary>As they come in: one device's packets, then the next one's.</summary>
    static List<MeasuredValue> Copied(List<DeviceLoad> devices, DateTimeOffset begin, int round, int count)
    {
        var rows = new List<MeasuredValue>(count);
        // Every round has times of its own.
        var second = round * 10 * count / devices.Count / DeviceLoad.Factors.Length;
        while (rows.Count < count)
        {
            foreach (var device in devices)
            {
                for (var n = 0; n < PacketsAtOnce; n++)
                {
                    rows.AddRange(device.Values(begin.AddSeconds(second + n)));
                }
            }

            second += PacketsAtOnce;
        }

        return rows;
    }

    /// <summary>Open loop: a packet goes out when it is due, whatever became of the ones before.</summary>
    async Task<IReadOnlyList<Finding>> PaceAsync(BenchDatabase database, AirMapProcess server, List<DeviceLoad> devices, int port, Effort effort)
    {
        await Task.WhenAll(devices.Skip(Pushing).Select(d => d.ConnectAsync(port)));
        var times = new AnswerTimes();
        var before = (Sent: devices.Sum(d => d.Sent), Stored: await CountAsync(database));
        var listening = devices.ConvertAll(d => d.ListenAsync(times));
        var memory = new List<long>();
        using var process = Process.GetProcessById(server.ProcessId);
        var used = TimeSpan.Zero;
        await Task.Factory.StartNew(
            () => Send(devices, effort, Warm, () => memory.Add(ResidentMegabytes(process))), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await AllAnsweredAsync(devices);
        memory.Add(ResidentMegabytes(process));
        used = process.TotalProcessorTime - used;
        var (sent, answered) = (devices.Sum(d => d.Sent) - before.Sent, devices.Sum(d => d.Answered) - before.Sent);
        var stored = await CountAsync(database) - before.Stored;
        devices.ForEach(d => d.Dispose());
        await Task.WhenAll(listening);
        var lost = Math.Max(sent - answered, sent - stored / DeviceLoad.Factors.Length);
        return
        [
            new($"{Name} lost of {sent:N0} packets", lost.ToString("N0", CultureInfo.InvariantCulture), "", null, "0", lost == 0 && stored == sent * DeviceLoad.Factors.Length),
            Finding.Beside($"{Name} answer p50", $"{times.Percentile(0.5):N1} ms"),
            Finding.Beside($"{Name} server's share of a core", string.Create(CultureInfo.InvariantCulture, $"{used / effort.Watch * 100:N0} %")),
            Finding.Below($"{Name} answer p99", times.Percentile(0.99), LongestMilliseconds),
            Finding.Beside($"{Name} answer p99.9, longest", $"{times.Percentile(0.999):N1} ms, {times.Percentile(1):N1} ms"),
            new($"{Name} memory: start, middle, end", string.Join(", ", memory.Select(m => m.ToString("N0", CultureInfo.InvariantCulture))) + " MB", "", null, "flat", memory[^1] <= memory[1] * Flat),
        ];

        void Warm()
        {
            times.Clear();
            process.Refresh();
            used = process.TotalProcessorTime;
        }
    }

    /// <summary>Every device once a second, evenly apart; what goes before the warm-up's end is not timed.</summary>
    static void Send(List<DeviceLoad> devices, Effort effort, Action warm, Action sample)
    {
        var (clock, begin) = (TimeProvider.System.GetTimestamp(), DateTimeOffset.UtcNow);
        var gap = TimeProvider.System.TimestampFrequency / (double)devices.Count;
        var warmed = (long)effort.WarmUp.TotalSeconds * devices.Count;
        var packets = warmed + (long)effort.Watch.TotalSeconds * devices.Count;
        for (long n = 0; n < packets; n++)
        {
            if (n == warmed)
            {
                warm();
                sample();
            }
            else if (n == warmed + (packets - warmed) / 2)
            {
                sample();
            }

            var due = clock + (long)(n * gap);
            while (TimeProvider.System.GetTimestamp() < due)
            {
                Thread.Sleep(1);
            }

            devices[(int)(n % devices.Count)].Send(begin.AddSeconds(n / devices.Count), due);
        }
    }

    static async Task AllAnsweredAsync(List<DeviceLoad> devices)
    {
        var waiting = TimeProvider.System.GetTimestamp();
        while (devices.Exists(d => d.Answered < d.Sent) && TimeProvider.System.GetElapsedTime(waiting) < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(50);
        }

        AnsiConsole.WriteLine($"  the last answers came {TimeProvider.System.GetElapsedTime(waiting).TotalSeconds:N1} s after the last packet");
    }

    static async Task<long> CountAsync(BenchDatabase database)
    {
        await using var command = database.Source.CreateCommand("SELECT count(*) FROM readings");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static long ResidentMegabytes(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 >> 20;
    }
}
