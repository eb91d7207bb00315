using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Violations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Fires;

/// <summary>Lets time pass for fires: those not seen for long lapse, and violations that nobody verified close.</summary>
sealed class LapseClock(Ledger ledger, FireIndex index, Law law, IOptions<FireOptions> options, TimeProvider clock, ILogger<LapseClock> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ClockSeconds), clock);
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

    /// <summary>One look at the clock; repeated until nothing is due any more.</summary>
    public async Task TickAsync(CancellationToken cancellation)
    {
        try
        {
            LapseChange change;
            do
            {
                change = new LapseChange(index, law.Current, options.Value);
                await ledger.CommitAsync(change, cancellation);
            }
            while (change.IsFull);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            log.LogWarning("Lapsed fires could not be looked for: {Reason}", e.Message);
        }
    }
}

/// <summary>What is due now, at most a batch of it.</summary>
sealed class LapseChange(FireIndex index, ParameterSet law, FireOptions options) : LedgerChange
{
    const int Most = 500;

    /// <summary>There may be more.</summary>
    public bool IsFull { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        index.Revalidate(transaction.Head);
        await using var db = LedgerDb.On(transaction.Connection);
        await LapseAsync(db, transaction);
        await CloseUnverifiedAsync(db, transaction);
    }

    async Task LapseAsync(AirMapDb db, LedgerTransaction transaction)
    {
        var before = transaction.KnownAt - options.LapseAfter;
        var due = await db.Fires.AsNoTracking()
            .Where(f => (f.Status == FireStatus.Suspected || f.Status == FireStatus.Confirmed) && f.LastSeenAt <= before)
            .OrderBy(f => f.LastSeenAt).Take(Most).ToListAsync();
        // The index's own copy changes, so that intake sees the lapse.
        var lapsed = due.ConvertAll(f => index.Find(f.Id) ?? f).FindAll(f => f.Lapse(options.LapseAfter, transaction.KnownAt));
        IsFull = due.Count == Most && lapsed.Count > 0;
        if (lapsed.Count == 0)
        {
            return;
        }

        foreach (var command in FireRows.UpdateFires(lapsed, []))
        {
            transaction.Write(command);
        }

        lapsed.ForEach(f => transaction.Append(EventTypes.FireUpdated, f.County, f.Id.ToString(), FireFeature.ToText(f, options)));
        var byId = lapsed.ToDictionary(f => f.Id);
        var weighed = (await FireStore.OpenViolationsAsync(transaction.Connection, byId.Keys)).FindAll(v => FireLaw.Reweigh(v, byId[v.SubjectId], law));
        Write(transaction, weighed);
    }

    async Task CloseUnverifiedAsync(AirMapDb db, LedgerTransaction transaction)
    {
        var before = transaction.KnownAt - options.UnverifiedAfter;
        var due = await db.Violations.AsNoTracking()
            .Where(v => v.ClosedAt == null && db.Fires.Any(f => f.Id == v.SubjectId && f.Status == FireStatus.Lapsed && f.LastSeenAt <= before))
            .OrderBy(v => v.OpenedAt).Take(Most).ToListAsync();
        IsFull |= due.Count == Most;
        Write(transaction, due.FindAll(v => v.Close("unverified", transaction.KnownAt, transaction.KnownAt)));
    }

    static void Write(LedgerTransaction transaction, List<Violation> violations)
    {
        if (violations.Count > 0)
        {
            transaction.Write(ViolationRows.UpdateState(violations));
            transaction.TellChanged(violations);
        }
    }

    public override void Committed(LedgerTransaction transaction) => index.Advance(transaction.Last);

    public override void Failed() => index.Forget();
}
