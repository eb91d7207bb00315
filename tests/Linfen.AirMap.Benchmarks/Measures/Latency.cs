using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Benchmarks.Live;
using Npgsql;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>From a camera's request to the event in an open page, at a busy hour.</summary>
sealed class Latency : IMeasure
{
    const int PerSecond = 50;
    const int Seconds = 30;
    const double LongestMilliseconds = 100;

    public string Name => "latency";

    public string Question => $"request sent → event read by a connected client at {PerSecond} detections/s, beside the time of a plain NOTIFY";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_latency");
        await using var server = await database.ServeAsync();
        using var reporter = new Reporter(server, stage.City);
        using var log = new LogReader(server);
        using var watch = new EventWatch(log);
        await using var client = await HubSocket.WatchAsync(new Uri(server.Address, "hubs/live"), watch.Ring, server.Key);
        await ReportAsync(reporter, watch, PerSecond); // warm: the runtime compiles as it runs

        List<double> events = [], notifications = [];
        var ofARound = effort.Of(PerSecond * Seconds / effort.Rounds);
        var pair = await Rounds.AlternateAsync(
            effort,
            async _ =>
            {
                await client.PingAsync();
                var times = await ReportAsync(reporter, watch, ofARound);
                events.AddRange(times);
                return Rounds.Median(times);
            },
            async _ =>
            {
                var times = await NotifyAsync(database, ofARound);
                notifications.AddRange(times);
                return Rounds.Median(times);
            });
        return
        [
            Finding.Beside($"{Name} p50", $"{Rounds.Percentile(events, 0.5):N2} ms", $"{Rounds.Percentile(notifications, 0.5):N2} ms NOTIFY", pair.Ratio),
            Finding.Below($"{Name} p99", Rounds.Percentile(events, 0.99), LongestMilliseconds, $"{Rounds.Percentile(notifications, 0.99):N2} ms NOTIFY"),
        ];
    }

    static async Task<IReadOnlyList<double>> ReportAsync(Reporter reporter, EventWatch watch, int count)
    {
        var sending = new List<Task>();
        await PaceAsync(count, _ =>
        {
            // The time in the world tells the fire in the log: no two are reported in the same microsecond.
            var at = DateTimeOffset.UtcNow;
            at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
            watch.Expect(at);
            sending.Add(reporter.ReportAsync(at));
        });
        await Task.WhenAll(sending);
        return await watch.TakeAsync(count);
    }

    static async Task<IReadOnlyList<double>> NotifyAsync(BenchDatabase database, int count)
    {
        var sent = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var times = new ConcurrentBag<double>();
        await using var listener = await database.Source.OpenConnectionAsync();
        await using var speaker = await database.Source.OpenConnectionAsync();
        listener.Notification += (_, message) => times.Add(Stopwatch.GetElapsedTime(sent[message.Payload]).TotalMilliseconds);
        await using (var listen = new NpgsqlCommand("LISTEN bench", listener))
        {
            await listen.ExecuteNonQueryAsync();
        }

        await using var notify = new NpgsqlCommand("SELECT pg_notify('bench', $1)", speaker) { Parameters = { new NpgsqlParameter<string>() } };
        await notify.PrepareAsync();
        var hearing = Task.Run(async () =>
        {
            while (times.Count < count)
            {
                await listener.WaitAsync();
            }
        });
        await PaceAsync(count, number =>
        {
            var payload = number.ToString(CultureInfo.InvariantCulture);
            ((NpgsqlParameter<string>)notify.Parameters[0]).TypedValue = payload;
            sent[payload] = Stopwatch.GetTimestamp();
            notify.ExecuteNonQuery();
        });
        await hearing;
        return [.. times];
    }

    /// <summary>Acts at even distances, whatever each act takes.</summary>
    static async Task PaceAsync(int count, Action<int> act)
    {
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < count; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / PerSecond);
            if (due > clock.Elapsed)
            {
                await Task.Delay(due - clock.Elapsed);
            }

            act(number);
        }
    }

    /// <summary>A page: the bell rings, it reads the log, and notes when each expected fire was there.</summary>
    sealed class EventWatch(LogReader log) : IDisposable
    {
        readonly ConcurrentDictionary<DateTimeOffset, long> _expected = new();
        readonly ConcurrentBag<double> _times = [];
        readonly SemaphoreSlim _reading = new(1, 1);
        long _head;

        public void Expect(DateTimeOffset at) => _expected[at] = Stopwatch.GetTimestamp();

        public void Ring(long last)
        {
            _head = Math.Max(_head, last);
            _ = Task.Run(ReadAsync);
        }

        public async Task<IReadOnlyList<double>> TakeAsync(int count)
        {
            var patience = Stopwatch.StartNew();
            while (_times.Count < count)
            {
                if (patience.Elapsed > TimeSpan.FromSeconds(20))
                {
                    throw new TimeoutException($"{count - _times.Count} of {count} events did not arrive.");
                }

                await Task.Delay(20);
            }

            var taken = _times.ToArray();
            _times.Clear();
            return taken;
        }

        public void Dispose() => _reading.Dispose();

        async Task ReadAsync()
        {
            await _reading.WaitAsync();
            try
            {
                while (log.Position < _head)
                {
                    await log.ReadAsync(Note);
                }
            }
            finally
            {
                _reading.Release();
            }
        }

        void Note(JsonElement happened)
        {
            if (happened.GetProperty("type").ValueEquals("fire.detected")
                && _expected.TryRemove(happened.GetProperty("data").GetProperty("properties").GetProperty("lastSeenAt").GetDateTimeOffset(), out var sent))
            {
                _times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
        }
    }
}
