using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Rulings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Air;

/// <summary>What became of the station values of one call. <c>received</c> is the sum of the others.</summary>
public sealed class AirReport(int listedRejections)
{
    readonly List<RejectedLine> rejected = [];

    public long Received => Stored + Duplicates + Corrected + RejectedCount;

    public long Stored { get; private set; }

    public long Duplicates { get; private set; }

    /// <summary>Took the place of another value; what that said is kept.</summary>
    public long Corrected { get; private set; }

    public long RejectedCount { get; private set; }

    /// <summary>The first of them, by line.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    internal void Count(IEnumerable<AirArrival> arrivals, IEnumerable<RejectedLine> refused)
    {
        var late = new List<RejectedLine>(refused);
        foreach (var arrival in arrivals)
        {
            switch (arrival.Fate)
            {
                case AirFate.Stored:
                    Stored++;
                    break;
                case AirFate.Duplicate:
                    Duplicates++;
                    break;
                case AirFate.Corrected:
                    Corrected++;
                    break;
                default:
                    late.Add(new(arrival.Line, arrival.Fate == AirFate.InTheFuture ? "in-the-future: at lies ahead of the server's clock" : "station-unknown: the station was deleted meanwhile"));
                    break;
            }
        }

        RejectedCount += late.Count;
        rejected.AddRange(late.OrderBy(r => r.Line).Take(listedRejections - rejected.Count));
    }
}

/// <summary>The way of station values: read → find the station → one transaction per chunk → acknowledge.</summary>
sealed class AirIntake(Ledger ledger, Bench bench, IDbContextFactory<AirMapDb> database, IOptions<IntakeOptions> options)
{
    /// <summary>Stores the lines in chunks, each committed whole; after an exception the report holds what was committed before it.</summary>
    public async Task StoreAsync(IAsyncEnumerable<AirLine> lines, AirReport report, Scope scope, CancellationToken cancellation)
    {
        var chunk = new List<AirLine>();
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            chunk.Add(line);
            if (chunk.Count == options.Value.BatchRows)
            {
                await StoreAsync(chunk, report, scope, cancellation);
                chunk.Clear();
            }
        }

        await StoreAsync(chunk, report, scope, cancellation);
    }

    async Task StoreAsync(List<AirLine> lines, AirReport report, Scope scope, CancellationToken cancellation)
    {
        var directory = await DirectoryAsync(lines, scope, cancellation);
        var rejected = new List<RejectedLine>();
        var arrivals = new List<AirArrival>(lines.Count);
        foreach (var (line, reading, reason) in lines)
        {
            var (station, unclear) = reading is null ? (default, reason) : directory.Find(reading);
            if (unclear is null)
            {
                arrivals.Add(new(line, station, reading!));
            }
            else
            {
                rejected.Add(new(line, unclear));
            }
        }

        if (arrivals.Count > 0)
        {
            await ledger.CommitAsync(new AirBatch(arrivals, bench, options.Value.FutureTolerance), cancellation);
        }

        report.Count(arrivals, rejected);
    }

    async Task<StationDirectory> DirectoryAsync(List<AirLine> lines, Scope scope, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        return await StationDirectory.LoadAsync(db, [.. lines.Select(l => l.Reading?.Station).OfType<string>()], scope, cancellation);
    }
}
