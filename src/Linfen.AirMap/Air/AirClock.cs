using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Rulings;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Air;

/// <summary>
/// Lets time pass for the annual means: their year moves on at midnight, and a station that was added, moved or deleted changes which
/// counties have one. Looks often, computes only when something of that happened.
/// </summary>
sealed class AirClock(Ledger ledger, Bench bench, AtlasKeeper atlas, IDbContextFactory<AirMapDb> database, TimeProvider clock, ILogger<AirClock> log) : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(30);

    Basis? computed;

    /// <summary>What the means rest on beside the values, which bring their own computation.</summary>
    /// <param name="Changes">How often stations and parks were changed: a deletion counts too, where their number and last change may be as before it all.</param>
    sealed record Basis(DateOnly Today, string Counties, int Changes, DateTimeOffset? Changed);

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
            var basis = await BasisAsync(cancellation);
            if (basis != computed)
            {
                await ledger.CommitAsync(new AirYear(bench), cancellation);
                computed = basis;
            }
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            log.LogWarning("The annual means could not be brought up to date: {Reason}", e.Message);
        }
    }

    async Task<Basis> BasisAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var changes = db.SubjectVersions.AsNoTracking().Where(v => v.Kind == StationRegister.StationKindName || v.Kind == "park");
        return new(
            Beijing.DayOf(clock.GetUtcNow()), atlas.Current.Fingerprint, await changes.CountAsync(cancellation),
            await changes.MaxAsync(v => (DateTimeOffset?)v.At, cancellation));
    }
}

/// <summary>All annual means as of now, and what follows from them. Nothing differs, nothing is written.</summary>
sealed class AirYear(Bench bench) : LedgerChange
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var rules = await bench.RulesAsync(transaction, db);
        var counties = await CountyAir.RefreshAsync(db, rules, null, transaction.KnownAt);
        var docket = await bench.JudgeAsync(db, rules, counties.Present.Keys, counties.Present, counties.Present.Keys.ToHashSet(), counties.Gone, transaction.KnownAt);
        counties.Write(transaction, bench.Book);
        docket.Write(transaction);
    }
}
