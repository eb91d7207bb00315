using Linfen.AirMap.Accounts;
using Linfen.AirMap.Intake;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Feeds;

/// <summary>Turns unpacked bytes into lines.</summary>
delegate IAsyncEnumerable<IntakeLine> LineReader(Stream unpacked, CancellationToken cancellation);

/// <summary>What became of a file.</summary>
/// <param name="NewestAt">Of the rows that could be read and do not claim to be of the future.</param>
/// <param name="Fault">Null once everything that it holds is durable; otherwise nothing of it was stored.</param>
sealed record FeedDelivery(IntakeReport Report, DateTimeOffset? NewestAt, long Rows, FeedFault? Fault)
{
    /// <summary>All of it is quarantined: the other side's clock is wrong, and nobody knows how old its data is.</summary>
    public FeedFault? Future => Fault is null && Rows > 0 && NewestAt is null ? new("future-data", "All that came claims to be of the future.") : null;
}

/// <summary>
/// Takes a whole file: reads it to the end first, and only when that goes well a second time into the ledger. A file that breaks off in the middle leaves nothing.
/// </summary>
sealed class FeedIntake(IntakePipeline pipeline, IOptions<IntakeOptions> options, TimeProvider clock)
{
    /// <param name="file">Can be wound back, and stays open.</param>
    public async Task<FeedDelivery> TakeAsync(Stream file, LineReader read, long mostBytes, CancellationToken cancellation)
    {
        var report = new IntakeReport(options.Value.ListedRejections);
        var (newest, rows, fault) = await LookThroughAsync(file, read, mostBytes, clock.GetUtcNow() + options.Value.FutureTolerance, cancellation);
        if (fault is null)
        {
            await using var body = UnpackedBody.Over(file, mostBytes);
            await pipeline.StoreAsync(read(body, cancellation), report, Scope.City, cancellation);
        }

        return new(report, newest, rows, fault);
    }

    static async Task<(DateTimeOffset? Newest, long Rows, FeedFault? Fault)> LookThroughAsync(Stream file, LineReader read, long mostBytes, DateTimeOffset latest, CancellationToken cancellation)
    {
        var (rows, good, newest, reason) = (0L, 0L, (DateTimeOffset?)null, (string?)null);
        try
        {
            await using var body = UnpackedBody.Over(file, mostBytes);
            await foreach (var line in read(body, cancellation).WithCancellation(cancellation))
            {
                rows++;
                reason ??= line.Reason;
                if (line.Observation is { } seen)
                {
                    good++;
                    newest = seen.OccurredAt <= latest && (newest is null || seen.OccurredAt > newest) ? seen.OccurredAt : newest;
                }
            }
        }
        catch (UnreadableBodyException e)
        {
            return (newest, rows, new(e.Type, e.Message));
        }

        // The reason's first word is ours, what follows may be the stranger's.
        return (newest, rows, rows > 0 && good == 0 ? new("no-row-readable", $"None of {rows} rows can be read; the first: {reason!.Split(':')[0]}.") : null);
    }
}
