using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Looks at the means of all monitors that deliver and brings those before the rule book about which the answer may be another one. Nothing
/// else is written: a city whose air is as it was costs one query. It looks at the averaging time up to now and at nothing before: what comes
/// late, or is released from the quarantine, changes the curve of its hour and opens nothing that the present does not show.
/// </summary>
sealed class DustClock(
    Ledger ledger, Bench bench, AtlasKeeper atlas, DeviceBook book, Npgsql.NpgsqlDataSource database, IOptions<Hj212Options> options, TimeProvider clock, ILogger<DustClock> log) : BackgroundService
{
    /// <summary>Who has been silent for longer has no mean.</summary>
    static readonly TimeSpan Delivering = TimeSpan.FromHours(3);

    /// <summary>A whole city may change at once, when its hour is full or a limit moves: meanwhile devices want their answers from the same ledger.</summary>
    const int JudgedAtOnce = 40;

    readonly SemaphoreSlim ticking = new(1, 1);

    readonly DustSurvey survey = new(database, book);

    /// <summary>How each monitor was last weighed.</summary>
    readonly Dictionary<Guid, string> weighed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.JudgeSeconds), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await TickAsync(stoppingToken);
                }
                catch (Exception e) when (Problems.IsDatabaseOutage(e))
                {
                    log.LogWarning("Dust could not be judged: {Reason}", e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Returns how many monitors were judged.</summary>
    public async Task<int> TickAsync(CancellationToken cancellation)
    {
        await ticking.WaitAsync(cancellation);
        try
        {
            return await JudgeAsync(cancellation);
        }
        finally
        {
            ticking.Release();
        }
    }

    async Task<int> JudgeAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var limits = DustLimit.At(atlas.Law, now);
        var exceeding = await survey.ExceedingAsync(cancellation);
        var devices = (await book.AllAsync()).Where(d => exceeding.Contains(d.Id) || book.MemoryOf(d).LastData > now - Delivering).ToList();
        if (devices.Count == 0)
        {
            return 0;
        }

        var measured = await survey.MeansAsync(devices, limits, exceeding, now, cancellation);
        Compare(devices, measured);
        var means = measured.ToLookup(m => m.Device.Id, m => m.Mean);
        var changed = devices.Where(d => means.Contains(d.Id)).Select(d => (d.Id, Weight: string.Join(' ', means[d.Id].Select(m => Weigh(m, limits.First(l => l.Name == m.Factor), now)))))
            .Where(d => weighed.GetValueOrDefault(d.Id) != d.Weight).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        foreach (var some in changed.Chunk(JudgedAtOnce))
        {
            await ledger.CommitAsync(new DustJudging(some.ToDictionary(c => c.Id, c => (IReadOnlyList<DustMean>)[.. means[c.Id]]), bench), cancellation);
            Array.ForEach(some, c => weighed[c.Id] = c.Weight);
        }

        return changed.Count;
    }

    /// <summary>For the health list: it changes no answer.</summary>
    void Compare(List<Device> devices, List<(Device Device, DustMean Mean)> measured)
    {
        var differing = Neighbourhood.Differing(measured, options.Value);
        devices.ForEach(d => book.MemoryOf(d).Differs = differing.GetValueOrDefault(d.Id));
    }

    public override void Dispose()
    {
        ticking.Dispose();
        base.Dispose();
    }

    /// <summary>Everything of a mean that the rule looks at, and no number that moves without a meaning.</summary>
    static string Weigh(DustMean mean, DustLimit limit, DateTimeOffset now)
    {
        var measured = limit.AboveBackground ? mean.Average - mean.Background : mean.Average;
        var cleared = now - mean.BelowSince >= TimeSpan.FromMinutes(limit.ClearMinutes);
        return $"{mean.Factor} {mean.Average is null} {mean.Background is null} {mean.ValidMinutes >= limit.Minutes * limit.Share} "
            + $"{measured > limit.Limit} {measured >= limit.Limit * limit.Critical} {mean.ExceededBefore} {cleared} {mean.Flat}";
    }
}

/// <summary>Means that may change an answer, and the answers.</summary>
sealed class DustJudging(IReadOnlyDictionary<Guid, IReadOnlyList<DustMean>> means, Bench bench) : LedgerChange
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        // Judging reads it in this transaction.
        await using (var batch = new Npgsql.NpgsqlBatch(transaction.Connection))
        {
            batch.BatchCommands.Add(Column.Command(
                "UPDATE device_states SET dust = r.dust::json FROM unnest($1, $2) AS r(id, dust) WHERE subject_id = r.id",
                Column.Uuids(means.Keys), Column.Texts(means.Values.Select(m => System.Text.Json.JsonSerializer.Serialize(m)))));
            await batch.ExecuteNonQueryAsync();
        }

        transaction.WroteAtOnce();
        await using var db = LedgerDb.On(transaction.Connection);
        var rules = await bench.RulesAsync(transaction, db);
        var docket = await bench.JudgeAsync(db, rules, [.. means.Keys], new Dictionary<Guid, Subject>(), means.Keys.ToHashSet(), [], transaction.KnownAt);
        docket.Write(transaction);
    }
}
