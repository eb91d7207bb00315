using System.Diagnostics;

namespace Linfen.AirMap.Benchmarks.Load;

/// <summary>Clients that each send the next request when the last was answered.</summary>
static class ClosedLoop
{
    /// <param name="next">Gives the bytes of a client's next request; called on the client's own thread.</param>
    /// <param name="isExpected">Whether a status is an answer and not a failure.</param>
    public static async Task<LoadResult> RunAsync(Uri server, int clients, TimeSpan length, Func<int, NextRequest> next, Func<int, bool> isExpected)
    {
        using var ready = new Barrier(clients + 1);
        using var over = new CancellationTokenSource();
        var running = Enumerable.Range(0, clients)
            .Select(client => Task.Factory.StartNew(
                () => Client(server, next(client), isExpected, ready, over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToList();
        ready.SignalAndWait(CancellationToken.None);
        var clock = Stopwatch.StartNew();
        await Task.Delay(length, CancellationToken.None);
        await over.CancelAsync();
        var latencies = await Task.WhenAll(running);
        return new LoadResult([.. latencies.SelectMany(list => list)], clock.Elapsed);
    }

    static List<double> Client(Uri server, NextRequest next, Func<int, bool> isExpected, Barrier ready, CancellationToken over)
    {
        using var connection = new KeepAliveConnection(server);
        var milliseconds = new List<double>(65_536);
        ready.SignalAndWait(CancellationToken.None);
        while (!over.IsCancellationRequested)
        {
            var request = next();
            var started = Stopwatch.GetTimestamp();
            var status = connection.Exchange(request);
            milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            if (!isExpected(status))
            {
                throw new InvalidOperationException($"The server answered {status}.");
            }
        }

        return milliseconds;
    }
}

/// <summary>The bytes of the next request, valid until the next call.</summary>
delegate ReadOnlySpan<byte> NextRequest();

sealed record LoadResult(IReadOnlyList<double> Milliseconds, TimeSpan Elapsed)
{
    public double PerSecond => Milliseconds.Count / Elapsed.TotalSeconds;
}
