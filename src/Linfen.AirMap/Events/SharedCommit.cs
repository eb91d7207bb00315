using System.Threading.Channels;
using Linfen.AirMap.Hosting;
using Npgsql;

namespace Linfen.AirMap.Events;

/// <summary>
/// Lets those who wait for the ledger share one transaction: while one commit is being written, those that arrive queue up and go together in
/// the next. Nobody is answered before the commit of his own.
/// </summary>
/// <typeparam name="T">What is written.</typeparam>
abstract class SharedCommit<T> : BackgroundService
{
    /// <summary>Who comes beyond this waits at the door (back-pressure).</summary>
    const int MostWaiting = 4_096;

    readonly Channel<Turn> queue = Channel.CreateBounded<Turn>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    sealed record Turn(IReadOnlyList<T> Items, int Rows, TaskCompletionSource Done);

    /// <summary>Those who join once a group has so many rows go in the next one.</summary>
    protected abstract int MostRows { get; }

    /// <summary>How many wait for the next group.</summary>
    protected int WaitingNow => queue.Reader.Count;

    /// <summary>Writes all of it in one transaction, or nothing.</summary>
    protected abstract Task WriteAsync(IReadOnlyList<T> items);

    /// <summary>Completes when what is given is durable.</summary>
    protected async Task JoinAsync(IReadOnlyList<T> items, int rows)
    {
        var turn = new Turn(items, rows, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await queue.Writer.WriteAsync(turn);
        }
        catch (ChannelClosedException)
        {
            throw new ServerStoppingException();
        }

        Joined();
        await turn.Done.Task;
    }

    /// <summary>Somebody waits now.</summary>
    protected virtual void Joined()
    {
    }

    /// <summary>Before a group is gathered: the time in which others may still come.</summary>
    protected virtual Task AwaitOthersAsync(CancellationToken stopping) => Task.CompletedTask;

    /// <summary>So many were written together; they are answered right after this.</summary>
    protected virtual void Written(int together)
    {
    }

    /// <summary>After a failure that is nobody's own: true when it is to be tried again, once this is complete.</summary>
    protected virtual Task<bool> OutlastAsync(Exception failure, CancellationToken stopping) => Task.FromResult(false);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Turn>();
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                await AwaitOthersAsync(stoppingToken);
                Gather(group);
                await WriteAsync(group, stoppingToken);
                group.Clear();
            }
        }
        catch (OperationCanceledException)
        {
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var late))
            {
                group.Add(late);
            }

            group.ForEach(t => t.Done.TrySetException(new ServerStoppingException()));
        }
    }

    void Gather(List<Turn> group)
    {
        var rows = 0;
        while (rows < MostRows && queue.Reader.TryRead(out var next))
        {
            group.Add(next);
            rows += next.Rows;
        }
    }

    async Task WriteAsync(List<Turn> group, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await WriteAsync(group.Count == 1 ? group[0].Items : [.. group.SelectMany(t => t.Items)]);
                // Before anybody is answered, so that nobody who is back already counts twice.
                Written(group.Count);
                group.ForEach(t => t.Done.TrySetResult());
                return;
            }
            catch (PostgresException e) when (group.Count > 1 && !Problems.IsDatabaseOutage(e))
            {
                // One of them cannot be stored: it must not take the others with it.
                foreach (var turn in group.ToList())
                {
                    await WriteAsync([turn], stopping);
                }

                return;
            }
            catch (Exception e)
            {
                if (!await OutlastAsync(e, stopping))
                {
                    group.ForEach(t => t.Done.TrySetException(e));
                    return;
                }
            }
        }
    }
}

/// <summary>The server is going down; nothing of what was to be written is stored.</summary>
public sealed class ServerStoppingException() : Exception("The server is stopping; send it again.");
