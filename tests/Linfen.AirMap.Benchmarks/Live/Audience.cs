using System.Diagnostics;

namespace Linfen.AirMap.Benchmarks.Live;

/// <summary>Many clients of one hub, who together tell when the last of them has heard.</summary>
sealed class Audience : IAsyncDisposable
{
    const int ConnectAtOnce = 32;

    readonly List<HubSocket> _clients = [];
    long _awaited = long.MaxValue;
    int _waiting;
    TaskCompletionSource<long> _all = new();

    public static async Task<Audience> GatherAsync(Uri server, int size, string? key = null)
    {
        var audience = new Audience();
        var hub = new Uri(server, "hubs/live");
        foreach (var some in Enumerable.Range(0, size).Chunk(ConnectAtOnce))
        {
            audience._clients.AddRange(await Task.WhenAll(some.Select(_ => audience.JoinAsync(hub, key))));
        }

        return audience;
    }

    /// <summary>Does what rings the bell and gives the milliseconds until the last client has heard of <paramref name="last"/> or later.</summary>
    public async Task<double> TimeAsync(long last, Func<Task> ring)
    {
        _all = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting = _clients.Count;
        Volatile.Write(ref _awaited, last);
        var started = Stopwatch.GetTimestamp();
        var ringing = ring();
        var ended = await _all.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Volatile.Write(ref _awaited, long.MaxValue);
        await ringing;
        return Stopwatch.GetElapsedTime(started, ended).TotalMilliseconds;
    }

    /// <summary>Between two events, so that no ping meets a measurement.</summary>
    public async Task PingAsync()
    {
        foreach (var client in _clients)
        {
            await client.PingAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }
    }

    async Task<HubSocket> JoinAsync(Uri hub, string? key)
    {
        // Each client counts once an event, however many rings it takes to reach it.
        var heard = 0L;
        return await HubSocket.WatchAsync(hub, last =>
        {
            var awaited = Volatile.Read(ref _awaited);
            if (last >= awaited && heard < awaited)
            {
                heard = awaited;
                if (Interlocked.Decrement(ref _waiting) == 0)
                {
                    _all.TrySetResult(Stopwatch.GetTimestamp());
                }
            }
        }, key);
    }
}
