using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Hosting;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Intake;

/// <summary>Detections of many requests share transactions; who sends one after the other is waited for a little, so that he shares the next one too.</summary>
sealed class GroupCommit(Ledger ledger, FireIndex index, AtlasKeeper atlas, IOptions<FireOptions> fires, IOptions<IntakeOptions> intake) : SharedCommit<Arrival>
{
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

    /// <summary>Completes when the arrivals are durable and their fates are set.</summary>
    public Task CommitAsync(IReadOnlyList<Arrival> arrivals) => JoinAsync(arrivals, arrivals.Count);

    protected override int MostRows => intake.Value.BatchRows;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ledger.CommitAsync(new FiresRecalled(index, fires.Value), stoppingToken);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e) || e is OperationCanceledException)
        {
            // The first report reads them.
        }

        await base.ExecuteAsync(stoppingToken);
    }

    protected override void Joined()
    {
        if (quorum is { } hoped && WaitingNow >= hoped.Size)
        {
            hoped.Met.TrySetResult();
        }
    }

    /// <summary>
    /// A commit costs the database much more than one row of it. Whoever sends one report after the other comes back right after
    /// his answer: where others wait already, the next commit waits for him.
    /// </summary>
    protected override async Task AwaitOthersAsync(CancellationToken stopping)
    {
        var size = expected;
        if (size <= 1 || size > FewRows || WaitingNow >= size)
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
        if (WaitingNow < size)
        {
            // By the machine's time, not the city's: nothing that is stored depends on it.
            await Task.WhenAny(hoped.Met.Task, Task.Delay(ReturnWithin, CancellationToken.None));
            impatient = hoped.Met.Task.IsCompleted ? 0 : ImpatientFor;
        }

        quorum = null;
    }

    protected override void Written(int together) => expected = together + WaitingNow;

    /// <summary>
    /// Few rows are taken for new and written in one round trip, and so are many right after others that were all new. When that
    /// fails, and at the beginning of a file, the careful way.
    /// </summary>
    protected override async Task WriteAsync(IReadOnlyList<Arrival> items)
    {
        if (careful > 0)
        {
            careful--;
        }
        else if (items.Count <= FewRows || lastFileRowsWereNew)
        {
            if (await ledger.TryCommitAtOnceAsync(Batch(items), CancellationToken.None))
            {
                return;
            }

            careful = CarefulFor;
        }

        lastFileRowsWereNew = false;
        await ledger.CommitAsync(Batch(items), CancellationToken.None);
        lastFileRowsWereNew = items.Count > FewRows && items.All(a => a.Fate == ArrivalFate.Stored);
    }

    DetectionBatch Batch(IReadOnlyList<Arrival> arrivals) => new(arrivals, index, atlas.Rulebase, fires.Value, intake.Value.FutureTolerance);
}
