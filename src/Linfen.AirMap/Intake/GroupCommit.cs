using System.Threading.Channels;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Intake;

/// <summary>
/// Lets requests that wait for the ledger share one transaction: while one commit is being written, those that arrive queue up
/// and go together in the next. Nobody is answered before the commit of his own rows.
/// </summary>
sealed class GroupCommit(Ledger ledger, FireIndex index, AtlasKeeper atlas, IOptions<FireOptions> fires, IOptions<IntakeOptions> intake) : BackgroundService
{
    /// <summary>Waiting requests beyond this make further ones wait at the door (back-pressure).</summary>
    const int MostWaiting = 4_096;

    /// <summary>Groups up to this size are single reports, which seldom repeat what is known. Larger ones are files, which often do.</summary>
    const int FewRows = 64;

    /// <summary>After a repeat was met, so many groups go the careful way: repeats come in flocks.</summary>
    const int CarefulFor = 20;

    /// <summary>How long those who were just answered may take to come back, so that they share the next group too.</summary>
    static readonly TimeSpan ReturnWithin = TimeSpan.FromMilliseconds(1);

    /// <summary>After somebody did not come back, so many groups go without waiting: a slow sender must not hold up the others.</summary>
    const int ImpatientFor = 50;

    int careful;

    /// <summary>The last batch that was looked up had many rows, and none of them was known.</summary>
    bool lastFileRowsWereNew;

    int impatient;

    /// <summary>How many the next group hopes for: those of the last one, and who waited by its end.</summary>
    int expected;

    /// <summary>Completes when as many wait as the next group hopes for; null while nobody waits for that.</summary>
    volatile Quorum? quorum;

    sealed record Quorum(int Size, TaskCompletionSource Met);

    readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    sealed record Waiting(IReadOnlyList<Arrival> Arrivals, TaskCompletionSource Done);

    /// <summary>Completes when the arrivals are durable and their fates are set.</summary>
    public async Task CommitAsync(IReadOnlyList<Arrival> arrivals)
    {
        var waiting = new Waiting(arrivals, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(waiting);
        if (quorum is { } hoped && queue.Reader.Count >= hoped.Size)
        {
            hoped.Met.TrySetResult();
        }

        await waiting.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Waiting>();
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                await AwaitReturnAsync();
                Gather(group);
                await CommitAsync(group);
            }
        }
        catch (OperationCanceledException)
        {
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var late))
            {
                late.Done.TrySetException(new ServerStoppingException());
            }
        }
    }

    /// <summary>
    /// A commit costs the database much more than one row of it. Whoever sends one report after the other comes back right after
    /// his answer: where others wait already, the next commit waits for him.
    /// </summary>
    async Task AwaitReturnAsync()
    {
        var size = expected;
        if (size <= 1 || size > FewRows || queue.Reader.Count >= size)
        {
            return;
        }

        if (impatient > 0)
        {
            impatient--;
            return;
        }

        var hoped = new Quorum(size, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        quorum = hoped;
        if (queue.Reader.Count < size)
        {
            // By the machine's time, not the city's: nothing that is stored depends on it.
            await Task.WhenAny(hoped.Met.Task, Task.Delay(ReturnWithin));
            impatient = hoped.Met.Task.IsCompleted ? 0 : ImpatientFor;
        }

        quorum = null;
    }

    /// <summary>Everybody who waits now, up to the size of a batch.</summary>
    void Gather(List<Waiting> group)
    {
        group.Clear();
        var rows = 0;
        while (rows < intake.Value.BatchRows && queue.Reader.TryRead(out var next))
        {
            group.Add(next);
            rows += next.Arrivals.Count;
        }
    }

    async Task CommitAsync(List<Waiting> group)
    {
        try
        {
            await CommitTogetherAsync([.. group.SelectMany(w => w.Arrivals)]);
        }
        catch (PostgresException e) when (!e.IsTransient && group.Count > 1)
        {
            // One of them cannot be stored: it must not take the others with it.
            await CommitOneByOneAsync(group);
            return;
        }
        catch (Exception e)
        {
            group.ForEach(w => w.Done.TrySetException(e));
            return;
        }

        // Counted before anybody is answered, so that nobody who is back already counts twice.
        expected = group.Count + queue.Reader.Count;
        group.ForEach(w => w.Done.TrySetResult());
    }

    async Task CommitOneByOneAsync(List<Waiting> group)
    {
        foreach (var waiting in group)
        {
            try
            {
                await CommitTogetherAsync(waiting.Arrivals);
                waiting.Done.TrySetResult();
            }
            catch (Exception e)
            {
                waiting.Done.TrySetException(e);
            }
        }
    }

    /// <summary>
    /// Few rows are taken for new and written in one round trip, and so are many right after others that were all new. When that
    /// fails, and at the beginning of a file, the careful way.
    /// </summary>
    async Task CommitTogetherAsync(IReadOnlyList<Arrival> arrivals)
    {
        if (careful > 0)
        {
            careful--;
        }
        else if (arrivals.Count <= FewRows || lastFileRowsWereNew)
        {
            if (await ledger.TryCommitAtOnceAsync(Batch(arrivals), CancellationToken.None))
            {
                return;
            }

            careful = CarefulFor;
        }

        lastFileRowsWereNew = false;
        await ledger.CommitAsync(Batch(arrivals), CancellationToken.None);
        lastFileRowsWereNew = arrivals.Count > FewRows && arrivals.All(a => a.Fate == ArrivalFate.Stored);
    }

    DetectionBatch Batch(IReadOnlyList<Arrival> arrivals) => new(arrivals, index, atlas.Rulebase, fires.Value, intake.Value.FutureTolerance);
}

/// <summary>The server is going down; nothing of the request was stored.</summary>
public sealed class ServerStoppingException() : Exception("The server is stopping; send it again.");
