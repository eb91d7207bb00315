using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Fires;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Intake;

/// <summary>
/// The way of every detection, whatever door it came through: read → locate → one transaction → acknowledge.
/// </summary>
sealed class IntakePipeline(AtlasKeeper atlas, GroupCommit ledger, IOptions<IntakeOptions> options)
{
    /// <summary>Chunks of one body that may be on their way at the same time: reading goes on while the database writes.</summary>
    const int ChunksUnderWay = 2;

    /// <summary>
    /// Stores the lines in chunks, each committed whole. Returns when everything is durable. Fills <paramref name="report"/> as
    /// it goes, so that after an exception it holds the truth about what was committed before.
    /// </summary>
    public async Task StoreAsync(IAsyncEnumerable<IntakeLine> lines, IntakeReport report, Scope scope, CancellationToken cancellation)
    {
        var underWay = new Queue<Task<ChunkOutcome>>();
        try
        {
            var chunk = new List<IntakeLine>();
            await foreach (var line in lines.WithCancellation(cancellation))
            {
                chunk.Add(line);
                if (chunk.Count < options.Value.BatchRows)
                {
                    continue;
                }

                await StartAsync(chunk);
                chunk = [];
            }

            await StartAsync(chunk);
        }
        finally
        {
            await FinishAsync(underWay, 0, report);
        }

        async Task StartAsync(List<IntakeLine> chunk)
        {
            await FinishAsync(underWay, ChunksUnderWay - 1, report);
            if (chunk.Count > 0)
            {
                underWay.Enqueue(StoreChunkAsync(chunk, scope));
            }
        }
    }

    /// <summary>Waits until at most so many chunks are under way, counting each in order. The first failure is thrown after all were counted.</summary>
    static async Task FinishAsync(Queue<Task<ChunkOutcome>> underWay, int atMost, IntakeReport report)
    {
        Exception? failure = null;
        while (underWay.Count > (failure is null ? atMost : 0))
        {
            try
            {
                report.Count(await underWay.Dequeue());
            }
            catch (Exception e) when (failure is null)
            {
                failure = e;
            }
        }

        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>One chunk: locate, hand to the ledger, sum up.</summary>
    public async Task<ChunkOutcome> StoreChunkAsync(IReadOnlyList<IntakeLine> lines, Scope scope)
    {
        var map = atlas.Current;
        var rejected = new List<RejectedLine>();
        var arrivals = new List<Arrival>(lines.Count);
        var arrivalLines = new List<long>(lines.Count);
        var outside = 0;
        foreach (var (line, observation, reason) in lines)
        {
            if (observation is null)
            {
                rejected.Add(new(line, reason!));
            }
            else if (map.Locate(observation.Position, options.Value.MarginMetres) is { } county)
            {
                if (!scope.Holds(county.Code))
                {
                    rejected.Add(new(line, "outside-scope: this key delivers for other counties"));
                    continue;
                }

                arrivals.Add(new(observation, county));
                arrivalLines.Add(line);
            }
            else
            {
                outside++;
            }
        }

        if (arrivals.Count > 0)
        {
            await ledger.CommitAsync(arrivals);
        }

        for (var i = 0; i < arrivals.Count; i++)
        {
            if (arrivals[i].Fate == ArrivalFate.Conflict)
            {
                rejected.Add(new(arrivalLines[i], "conflict: this detectionId was stored before with other content"));
            }
        }

        rejected.Sort((a, b) => a.Line.CompareTo(b.Line));
        return new(Fated(ArrivalFate.Stored), Fated(ArrivalFate.Duplicate), outside, Fated(ArrivalFate.Quarantined), rejected);

        int Fated(ArrivalFate fate) => arrivals.Count(a => a.Fate == fate);
    }
}
