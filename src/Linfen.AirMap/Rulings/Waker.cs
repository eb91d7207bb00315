using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;

namespace Linfen.AirMap.Rulings;

/// <summary>
/// Judges again what is due, soon after a change marked it and on the clock: a deadline passed, a zone begins, a monitor has been silent
/// for too long. Several processes may do it; each mark is worked off once.
/// </summary>
sealed class Waker(Ledger ledger, Bench bench, TimeProvider clock, ILogger<Waker> log) : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            do
            {
                await TickAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    async Task TickAsync(CancellationToken cancellation)
    {
        try
        {
            await WorkOffAsync(cancellation);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            log.LogWarning("What is due could not be judged again: {Reason}", e.Message);
        }
    }

    /// <summary>Judges until nothing is due any more.</summary>
    public async Task<WorkedOff> WorkOffAsync(CancellationToken cancellation)
    {
        var done = new WorkedOff(0, 0, 0);
        Rejudging change;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            change = new Rejudging(bench);
            await ledger.CommitAsync(change, cancellation);
            done = new(done.Judged + change.Judged, done.Opened + change.Opened, done.Closed + change.Closed);
        }
        while (change.IsFull);
        return done;
    }
}

/// <summary>How many subjects were judged again, and what came of it.</summary>
readonly record struct WorkedOff(int Judged, int Opened, int Closed);

/// <summary>The whole city is judged again: every subject is marked, then worked off like any other mark.</summary>
sealed class WakeAll : LedgerChange
{
    public override Task ApplyAsync(LedgerTransaction transaction)
    {
        transaction.Write(Wakes.OfAll(transaction.KnownAt));
        return Task.CompletedTask;
    }
}
