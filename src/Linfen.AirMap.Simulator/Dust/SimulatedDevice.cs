using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Simulator.Dust;

/// <summary>One device on a connection of its own: sends in its rhythm, waits for answers, sends again what was not answered.</summary>
sealed class SimulatedDevice(string mn, Edition edition, DeviceFault fault, DustSettings settings, string host, int port, DustTally tally, Random random) : IDisposable
{
    /// <summary>As HJ 212 has it by default.</summary>
    static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    const int MostTries = 4;
    const int PacketsPerConnection = 5;
    const int PacketsPerOutage = 6;
    const int StickyPackets = 3;

    readonly PacketWriter writer = new(mn, edition, fault, random);
    readonly ConcurrentDictionary<string, Pending> pending = new(StringComparer.Ordinal);
    readonly List<(string Qn, byte[] Frame)> held = [];
    TcpClient? line;
    int rhythm;

    sealed record Pending(byte[] Frame, long SentAt, int Tries);

    public async Task RunAsync(Stopwatch clock, CancellationToken stop)
    {
        var next = settings.Interval * random.NextDouble();
        while (next < settings.For && !stop.IsCancellationRequested)
        {
            await RestAsync(next - clock.Elapsed, stop);
            next += settings.Interval;
            rhythm++;
            var (qn, frame) = writer.Write(DateTimeOffset.UtcNow);
            tally.Sent();
            pending[qn] = new(frame, Stopwatch.GetTimestamp(), 1);
            held.Add((qn, frame));
            if (!Holds())
            {
                await SendHeldAsync(stop);
            }

            await RepeatAsync(stop);
        }

        await SendHeldAsync(stop);
        await AwaitAnswersAsync(stop);
    }

    /// <summary>Sticky devices and those in an outage keep what they measure for later.</summary>
    bool Holds() => fault switch
    {
        DeviceFault.Sticky => held.Count < StickyPackets,
        DeviceFault.Outage => rhythm % (2 * PacketsPerOutage) >= PacketsPerOutage,
        _ => false,
    };

    async Task SendHeldAsync(CancellationToken stop)
    {
        if (held.Count > 0)
        {
            held.ForEach(h => pending[h.Qn] = new(h.Frame, Stopwatch.GetTimestamp(), 1));
            await SendAsync([.. held.SelectMany(h => h.Frame)], stop);
            held.Clear();
        }

        if (fault == DeviceFault.Reconnects && rhythm % PacketsPerConnection == 0)
        {
            await AwaitAnswersAsync(stop);
            HangUp();
        }
    }

    async Task SendAsync(byte[] bytes, CancellationToken stop)
    {
        try
        {
            var stream = (await ConnectedAsync(stop)).GetStream();
            if (fault != DeviceFault.Pieces)
            {
                await stream.WriteAsync(bytes, stop);
                return;
            }

            for (var from = 0; from < bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 60), bytes.Length - from);
                await stream.WriteAsync(bytes.AsMemory(from, length), stop);
                from += length;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            HangUp();
        }
    }

    async Task<TcpClient> ConnectedAsync(CancellationToken stop)
    {
        if (line is { Connected: true } open)
        {
            return open;
        }

        line = new TcpClient { NoDelay = true };
        await line.ConnectAsync(host, port, stop);
        tally.Connected();
        _ = ListenAsync(line, stop);
        return line;
    }

    void HangUp()
    {
        line?.Dispose();
        line = null;
    }

    async Task ListenAsync(TcpClient client, CancellationToken stop)
    {
        var (frames, buffer) = (new FrameReader(), new byte[2048]);
        try
        {
            int length;
            while ((length = await client.GetStream().ReadAsync(buffer, stop)) > 0)
            {
                Hear(frames, buffer.AsSpan(0, length));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The line is dead; what was not answered goes out again over the next one.
        }

        client.Dispose();
    }

    void Hear(FrameReader frames, ReadOnlySpan<byte> bytes)
    {
        while (frames.TryRead(ref bytes, out var frame))
        {
            if (frame.Fault == Fault.None && PacketReader.Read(frame.Segment) is { Command: CommandCode.DataAnswer, Qn: { } qn } && pending.TryRemove(qn, out var answered))
            {
                tally.Answered(Stopwatch.GetElapsedTime(answered.SentAt));
            }
        }
    }

    async Task RepeatAsync(CancellationToken stop)
    {
        foreach (var (qn, waiting) in pending.Where(p => !held.Exists(h => h.Qn == p.Key) && Stopwatch.GetElapsedTime(p.Value.SentAt) > AnswerWithin * p.Value.Tries).ToList())
        {
            if (waiting.Tries == MostTries)
            {
                if (pending.TryRemove(qn, out _))
                {
                    tally.Lost();
                }

                continue;
            }

            pending.TryUpdate(qn, waiting with { Tries = waiting.Tries + 1 }, waiting);
            tally.Repeated();
            await SendAsync(waiting.Frame, stop);
        }
    }

    async Task AwaitAnswersAsync(CancellationToken stop)
    {
        while (!pending.IsEmpty && !stop.IsCancellationRequested)
        {
            await RestAsync(TimeSpan.FromMilliseconds(20), stop);
            await RepeatAsync(stop);
        }
    }

    public void Dispose() => line?.Dispose();

    static async Task RestAsync(TimeSpan time, CancellationToken stop)
    {
        if (time > TimeSpan.Zero)
        {
            await Task.Delay(time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
