using System.Diagnostics;
using Linfen.AirMap.Benchmarks.Live;
using Spectre.Console;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>One event to a thousand open pages.</summary>
sealed class Fanout : IMeasure
{
    const int Clients = 1_000;
    const int Events = 60;
    const double Wanted = 1.2;

    /// <summary>Longer than the hub gathers rings, and time for pings to be over.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(150);

    public string Name => "fanout";

    public string Question => $"one event to the last of {Clients:N0} SignalR clients, against a bare hub in a process of its own";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_fanout");
        await using var server = await database.ServeAsync();
        await using var bare = await BareHub.StartAsync();
        using var reporter = new Reporter(server, stage.City);
        using var log = new LogReader(server);
        using var bell = new HttpClient { BaseAddress = bare.Address };
        var alone = new List<double>();
        for (var i = 0; i < Events; i++)
        {
            alone.Add(await AnswerTimeAsync(() => reporter.ReportAsync(DateTimeOffset.UtcNow)));
        }

        await using var ofProduct = await Audience.GatherAsync(server.Address, effort.Of(Clients), server.Key);
        await using var ofBare = await Audience.GatherAsync(bare.Address, effort.Of(Clients));
        var events = new Pair([], []);
        for (var number = -10; number < effort.Of(Events); number++)
        {
            var bareTime = await ofBare.TimeAsync(number + 1_000, () => RingAsync(bell, number + 1_000));
            await log.CatchUpAsync();
            await Task.Delay(Rest);
            var productTime = await ofProduct.TimeAsync(log.Position + 1, () => reporter.ReportAsync(DateTimeOffset.UtcNow));
            await ofBare.PingAsync();
            await ofProduct.PingAsync();
            await Task.Delay(Rest);
            if (number >= 0) // the first ones warm both
            {
                events.Baseline.Add(bareTime);
                events.Subject.Add(productTime);
            }
        }

        var commit = Rounds.Median(alone.Skip(Events / 2));
        AnsiConsole.WriteLine($"  p90: {Rounds.Percentile(events.Subject, 0.9):N1} ms against {Rounds.Percentile(events.Baseline, 0.9):N1} ms");
        return
        [
            Finding.Time(Name, events, Wanted),
            Finding.Beside($"{Name}, of it until durable", $"{commit:N2} ms"),
            Finding.Beside($"{Name} from the commit on", $"{events.SubjectMedian - commit:N2} ms", $"{events.BaselineMedian:N2} ms", (events.SubjectMedian - commit) / events.BaselineMedian),
        ];
    }

    static async Task RingAsync(HttpClient bell, long last)
    {
        using var answer = await bell.PostAsync(new Uri($"ring/{last}", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
    }

    static async Task<double> AnswerTimeAsync(Func<Task> act)
    {
        var started = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
