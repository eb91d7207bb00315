using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Rulings;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Devices share transactions. While the database is away everybody waits; what waits is written once it is back, and answered then.
/// </summary>
sealed class ReadingCommit(Ledger ledger, DeviceBook book, Bench bench, IOptions<Hj212Options> options, ILogger<ReadingCommit> log) : SharedCommit<DeviceData>
{
    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    readonly ReadingMonths months = new();

    /// <summary>Completes when the readings are durable.</summary>
    public Task CommitAsync(IReadOnlyList<DeviceData> data) => JoinAsync(data, data.Sum(d => d.Readings.Count));

    protected override int MostRows => options.Value.BatchRows;

    /// <summary>In one round trip where nobody is judged and nobody else wrote meanwhile.</summary>
    protected override async Task WriteAsync(IReadOnlyList<DeviceData> items)
    {
        var batch = Batch(items);
        if (batch.JudgesSomebody || !await ledger.TryCommitAtOnceAsync(batch, CancellationToken.None))
        {
            await ledger.CommitAsync(Batch(items), CancellationToken.None);
        }
    }

    ReadingBatch Batch(IReadOnlyList<DeviceData> items) => new(items, book, bench, months, TimeSpan.FromSeconds(options.Value.EventSeconds));

    protected override async Task<bool> OutlastAsync(Exception failure, CancellationToken stopping)
    {
        if (!Problems.IsDatabaseOutage(failure))
        {
            log.LogError(failure, "Readings could not be stored");
            return false;
        }

        log.LogWarning("Readings wait for the database: {Reason}", failure.Message);
        // By the machine's time, not the city's: nothing that is stored depends on it.
        await Task.Delay(Again, stopping);
        return true;
    }
}
