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

    /// <summary>So many share a transaction without waiting for more.</summary>
    const int Enough = 16;

    /// <summary>After a repeat was met, so many groups go the careful way: repeats come in flocks.</summary>
    const int CarefulFor = 20;

    readonly ReadingMonths months = new(options.Value.KeepRawDays);

    int careful;

    /// <summary>Completes when the readings are durable.</summary>
    public Task CommitAsync(IReadOnlyList<DeviceData> data) => JoinAsync(data, data.Sum(d => d.Readings.Count));

    protected override int MostRows => options.Value.BatchRows;

    protected override Task AwaitOthersAsync(CancellationToken stopping) => WaitingNow >= Enough || options.Value.GatherMilliseconds == 0
        ? Task.CompletedTask
        // By the machine's time, not the city's: nothing that is stored depends on it.
        : Task.Delay(options.Value.GatherMilliseconds, stopping);

    /// <summary>
    /// In one round trip, and taken for new; where somebody is judged, somebody else wrote meanwhile, or a reading is known, the careful way.
    /// </summary>
    protected override async Task WriteAsync(IReadOnlyList<DeviceData> items)
    {
        var batch = Batch(items, takenForNew: careful == 0);
        if (!batch.JudgesSomebody)
        {
            if (await ledger.TryCommitAtOnceAsync(batch, CancellationToken.None))
            {
                careful = Math.Max(0, careful - 1);
                return;
            }

            careful = CarefulFor;
        }

        await ledger.CommitAsync(Batch(items, takenForNew: false), CancellationToken.None);
    }

    ReadingBatch Batch(IReadOnlyList<DeviceData> items, bool takenForNew) =>
        new(items, book, bench, months, TimeSpan.FromSeconds(options.Value.EventSeconds), takenForNew);

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
