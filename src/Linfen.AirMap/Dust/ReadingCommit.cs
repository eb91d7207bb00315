using System.Threading.Channels;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Rulings;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Lets devices share a transaction: while one commit is being written, what arrives queues up and goes together in the next. While the
/// database is away everybody waits; what waits is written once it is back, and answered then.
/// </summary>
sealed class ReadingCommit(Ledger ledger, DeviceBook book, Bench bench, IOptions<Hj212Options> options, ILogger<ReadingCommit> log) : BackgroundService
{
    /// <summary>Connections beyond this wait at the door (back-pressure).</summary>
    const int MostWaiting = 8_192;

    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    readonly ReadingMonths months = new(options.Value.KeepRawDays);

    sealed record Waiting(IReadOnlyList<DeviceData> Data, TaskCompletionSource Done)
    {
        public int Rows { get; } = Data.Sum(d => d.Readings.Count);
    }

    /// <summary>Completes when the readings are durable.</summary>
    public async Task CommitAsync(IReadOnlyList<DeviceData> data)
    {
        var waiting = new Waiting(data, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await queue.Writer.WriteAsync(waiting);
        await waiting.Done.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var group = new List<Waiting>();
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                var rows = 0;
                while (rows < options.Value.BatchRows && queue.Reader.TryRead(out var next))
                {
                    group.Add(next);
                    rows += next.Rows;
                }

                await CommitAsync(group, stoppingToken);
                group.Clear();
            }
        }
        catch (OperationCanceledException)
        {
            queue.Writer.TryComplete();
            group.ForEach(w => w.Done.TrySetCanceled(stoppingToken));
            while (queue.Reader.TryRead(out var late))
            {
                late.Done.TrySetCanceled(stoppingToken);
            }
        }
    }

    async Task CommitAsync(List<Waiting> group, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await CommitTogetherAsync(group.SelectMany(w => w.Data));
                group.ForEach(w => w.Done.TrySetResult());
                return;
            }
            catch (Exception e) when (Problems.IsDatabaseOutage(e))
            {
                log.LogWarning("Readings wait for the database: {Reason}", e.Message);
                // By the machine's time, not the city's: nothing that is stored depends on it.
                await Task.Delay(Again, stopping);
            }
            catch (PostgresException) when (group.Count > 1)
            {
                // One of them cannot be stored: it must not take the others with it.
                foreach (var waiting in group)
                {
                    await CommitAsync([waiting], stopping);
                }

                return;
            }
            catch (Exception e)
            {
                log.LogError(e, "Readings could not be stored");
                group.ForEach(w => w.Done.TrySetException(e));
                return;
            }
        }
    }

    Task CommitTogetherAsync(IEnumerable<DeviceData> data) =>
        ledger.CommitAsync(new ReadingBatch([.. data], book, bench, months, TimeSpan.FromSeconds(options.Value.EventSeconds)), CancellationToken.None);
}
