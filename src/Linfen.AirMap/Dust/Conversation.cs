using System.Buffers;
using System.IO.Pipelines;
using Linfen.AirMap.Hj212;
using Microsoft.AspNetCore.Connections;

namespace Linfen.AirMap.Dust;

/// <summary>
/// One connection: read, keep, answer, in the order in which it came. While a commit runs nothing more is read, so that a device that pushes
/// fills its own line and not our memory.
/// </summary>
sealed class Conversation : IAsyncDisposable
{
    /// <summary>Read at once at most; a hundred packets.</summary>
    const int MostBytes = 64 * 1024;

    /// <summary>A frame that lacks only its line's end is taken after so long.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    readonly PipeReader input;
    readonly PipeWriter output;
    readonly ConnectionContext connection;
    readonly string address;
    readonly Reception reception;
    readonly ReadingCommit commit;
    readonly Refusals refusals;
    readonly Hj212Options options;
    readonly TimeProvider clock;
    readonly FrameReader frames = new();
    readonly ITimer alarm;
    readonly List<HeardPacket> heard = [];
    readonly List<DeviceData> data = [];
    readonly List<byte[]> answers = [];
    long lastBytes;
    long frameBegan;
    long taken;
    int unknown;

    public Conversation(
        ConnectionContext connection, string address, Reception reception, ReadingCommit commit, Refusals refusals, Hj212Options options, TimeProvider clock)
    {
        (this.connection, this.address, this.reception, this.commit, this.refusals, this.options) = (connection, address, reception, commit, refusals, options);
        (input, output, this.clock) = (connection.Transport.Input, connection.Transport.Output, clock);
        lastBytes = clock.GetTimestamp();
        alarm = clock.CreateTimer(_ => input.CancelPendingRead(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public async Task RunAsync()
    {
        while (!connection.ConnectionClosed.IsCancellationRequested)
        {
            var read = await ReadAsync();
            var isEnd = read.IsCompleted && read.Buffer.Length <= MostBytes;
            Hear(read);
            if (isEnd)
            {
                Finish(Delivery.Ended);
            }
            else if (read.IsCanceled)
            {
                Pauses();
            }

            var isOver = isEnd || IsLate();
            if (!await WorkAsync() || isOver)
            {
                return;
            }
        }
    }

    /// <summary>Comes back without bytes when a pause, or the time for a frame or a word at all, is over.</summary>
    async ValueTask<ReadResult> ReadAsync()
    {
        alarm.Change(frames.Kept > 0 ? Pause : TimeSpan.FromSeconds(options.IdleSeconds), Timeout.InfiniteTimeSpan);
        return await input.ReadAsync();
    }

    void Hear(ReadResult read)
    {
        var bytes = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MostBytes));
        if (!bytes.IsEmpty)
        {
            lastBytes = clock.GetTimestamp();
            var (began, before) = (frames.Kept == 0, taken);
            foreach (var piece in bytes)
            {
                Hear(piece.Span);
            }

            // The time of a frame runs from its first byte, however slowly the others drip in.
            frameBegan = began || taken > before ? lastBytes : frameBegan;
        }

        input.AdvanceTo(bytes.End);
    }

    void Hear(ReadOnlySpan<byte> bytes)
    {
        while (frames.TryRead(ref bytes, out var frame))
        {
            Take(frame);
        }
    }

    void Finish(Delivery delivery)
    {
        while (frames.TryFinish(delivery, out var frame))
        {
            Take(frame);
        }
    }

    void Take(Frame frame)
    {
        taken++;
        if (frame.Fault == Fault.None)
        {
            heard.Add(new(PacketReader.Read(frame.Segment), frame.Crc));
        }
        else
        {
            refusals.Count("", address, Names.Of(frame.Fault));
        }
    }

    /// <summary>Nothing came for a while: what lacks only its line's end is taken as it is.</summary>
    void Pauses()
    {
        if (clock.GetElapsedTime(lastBytes) >= Pause)
        {
            Finish(Delivery.Paused);
        }
    }

    /// <summary>Silent for too long, or with a frame that does not come to its end.</summary>
    bool IsLate() => clock.GetElapsedTime(lastBytes) >= TimeSpan.FromSeconds(options.IdleSeconds)
        || (frames.Kept > 0 && clock.GetElapsedTime(frameBegan) >= TimeSpan.FromSeconds(options.FrameSeconds));

    /// <summary>Keeps what was heard, then answers it. False when the connection is to end.</summary>
    async ValueTask<bool> WorkAsync()
    {
        foreach (var packet in heard)
        {
            var admission = await reception.AdmitAsync(packet, address);
            if (admission.Refusal is { } reason)
            {
                refusals.Count(packet.Packet.Mn, address, reason);
                unknown += reason == Reception.UnknownMn ? 1 : 0;
            }

            if (admission.Data is { } readings)
            {
                data.Add(readings);
            }

            answers.AddRange(admission.Answers);
        }

        if (data.Count > 0)
        {
            await commit.CommitAsync([.. data]);
            // While we did not listen, however long the database was away, nobody was silent or slow.
            lastBytes = frameBegan = clock.GetTimestamp();
        }

        if (answers.Count > 0)
        {
            await AnswerAsync();
        }

        heard.Clear();
        data.Clear();
        answers.Clear();
        return unknown < options.UnknownFrames;
    }

    async ValueTask AnswerAsync()
    {
        foreach (var answer in answers)
        {
            output.Write(answer);
        }

        var flushed = output.FlushAsync();
        if (!flushed.IsCompletedSuccessfully)
        {
            try
            {
                await flushed.AsTask().WaitAsync(TimeSpan.FromSeconds(options.AnswerSeconds), clock);
            }
            catch (TimeoutException e)
            {
                connection.Abort(new ConnectionAbortedException("The device does not take its answers."));
                throw new IOException("The device does not take its answers.", e);
            }
        }
    }

    public ValueTask DisposeAsync() => alarm.DisposeAsync();
}
