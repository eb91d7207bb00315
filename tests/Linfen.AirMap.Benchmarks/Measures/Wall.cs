using System.Diagnostics;
using Linfen.AirMap.Benchmarks.Live;
using Spectre.Console;

namespace Linfen.AirMap.Benchmarks.Measures;

/// <summary>A wall that stays open: how fast it is there, whether it keeps up, and what a day leaves in its memory.</summary>
sealed class Wall : IMeasure
{
    const int MostBytes = 1_500_000;
    const double UsefulWithinMs = 2_000;
    const double LongestBlockMs = 200;
    const double MostGrowth = 1.1;
    const int EventsPerSecond = 20;
    const int EventsOfDay = 24_000;
    const int AtOnce = 120;

    /// <summary>17 counties and the city at five seconds each, the rest before it and the flights between them.</summary>
    const double WholeTourMs = 120_000;

    /// <summary>Before it the lists of the page are still growing to their bounds.</summary>
    const int FewestEvents = 1_500;

    public string Name => "wall";

    public string Question => $"first view, {EventsPerSecond} events a second, and a day of {EventsOfDay:N0} events in fast motion, in Chromium without a graphics card";

    public async Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort)
    {
        await using var database = await stage.CreateDatabaseAsync("bench_wall");
        await using var server = await database.ServeAsync();
        var day = new BusyDay(server, stage.City);
        // The second browser finds a server that has compiled what it needs, as one in service has.
        await (await OpenWall.OpenAsync(server)).DisposeAsync();
        await using var wall = await OpenWall.OpenAsync(server);
        var first = Finding.Below("wall, first view", await wall.UsefulAfterAsync(), UsefulWithinMs);
        var bytes = wall.Received;
        AnsiConsole.WriteLine($"  first view: {bytes / 1000.0:N0} kB");
        return
        [
            first,
            new Finding("wall, first view, received", $"{bytes / 1000.0:N0} kB", "", null, $"< {MostBytes / 1000:N0} kB", bytes < MostBytes),
            .. await KeepUpAsync(server, wall, day, effort),
            .. await LastAsync(server, day, effort),
        ];
    }

    static async Task<IReadOnlyList<Finding>> KeepUpAsync(Testing.AirMapProcess server, OpenWall wall, BusyDay day, Effort effort)
    {
        await wall.ForgetFramesAsync();
        var acts = effort.Of((int)effort.Watch.TotalSeconds * EventsPerSecond / BusyDay.EventsOfAct);
        var pace = TimeSpan.FromSeconds((double)BusyDay.EventsOfAct / EventsPerSecond);
        var started = Stopwatch.GetTimestamp();
        var burning = new Queue<string>();
        for (var act = 0; act < acts; act++)
        {
            if (act % 2 == 0)
            {
                await day.BeginAsync(act, 1);
            }
            else
            {
                foreach (var fire in burning.Count > 0 ? [] : await day.BurningAsync())
                {
                    burning.Enqueue(fire);
                }

                await day.EndAsync(burning.Dequeue());
            }

            var early = pace * (act + 1) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(early > TimeSpan.Zero ? early : TimeSpan.Zero);
        }

        var (head, seconds) = (await day.HeadAsync(), Stopwatch.GetElapsedTime(started).TotalSeconds);
        await wall.ReachAsync(head);
        var frames = await wall.LongFramesAsync();
        // A page that takes the snapshot now knows nothing of the way that led here.
        await using var fresh = await OpenWall.OpenAsync(server);
        await fresh.ReachAsync(head);
        var isSame = await fresh.DigestAsync() == await wall.DigestAsync();
        AnsiConsole.WriteLine($"  {head:N0} events in {seconds:N0} s; {frames.Count} frames over 50 ms; longest script of ours {frames.Own:N0} ms ({frames.OwnName}), of the map library {frames.Library:N0} ms");
        return
        [
            new Finding("wall, the screen against the log", isSame ? "the same" : "different", $"{acts * BusyDay.EventsOfAct / seconds:N1} events/s", null, "the same", isSame),
            Finding.Below("wall, longest block by our code", frames.Own, LongestBlockMs, $"map library {frames.Library:N0} ms"),
        ];
    }

    /// <summary>The heap after a tenth of the day and one whole tour, when every list is as long as it gets and every county was shown, and after all of it.</summary>
    static async Task<IReadOnlyList<Finding>> LastAsync(Testing.AirMapProcess server, BusyDay day, Effort effort)
    {
        await using var wall = await OpenWall.OpenAsync(server, "/?tour=5s&rest=5s");
        var begun = await day.HeadAsync();
        var events = effort.Of(EventsOfDay);
        var (early, late) = (default((double Megabytes, int Nodes)), default((double Megabytes, int Nodes)));
        foreach (var share in new[] { 0.1, 0.4, 0.7, 1 })
        {
            while (await day.HeadAsync() - begun < Math.Max(FewestEvents, events * share))
            {
                await day.BeginAsync(0, AtOnce);
                await Parallel.ForEachAsync(await day.BurningAsync(), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (fire, _) => await day.EndAsync(fire));
            }

            await wall.ReachAsync(await day.HeadAsync());
            await wall.UntilAsync("tour => performance.now() > tour", WholeTourMs);
            await wall.UntilAsync("() => airmap.mapIdle && !document.querySelector('.pulse')");
            late = await wall.HeapAsync();
            early = share < 0.2 ? late : early;
            AnsiConsole.WriteLine($"  after {share:P0} of the day: {late.Megabytes:N1} MB, {late.Nodes:N0} nodes");
        }

        var growth = late.Megabytes / early.Megabytes;
        return [new Finding("wall, heap after a day", $"{late.Megabytes:N1} MB", $"{early.Megabytes:N1} MB after a tenth", growth, $"≤ {MostGrowth:0.##}", growth <= MostGrowth)];
    }
}
