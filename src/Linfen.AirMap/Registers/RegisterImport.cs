using System.Runtime.CompilerServices;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Registers;

/// <summary>One row of a file on its way into a register.</summary>
/// <param name="Line">As the sender counts: file line, sheet row or feature number.</param>
sealed record ImportRow(long Line, Reading Reading);

/// <summary>A row that was not taken, and why.</summary>
sealed record RejectedRow(long Line, string Reason);

/// <summary>What became of a file. <c>received</c> is the sum of the others.</summary>
sealed class ImportReport(bool dryRun)
{
    const int MostListed = 1_000;

    readonly List<RejectedRow> rejected = [];

    public bool DryRun { get; } = dryRun;

    public int Received { get; private set; }

    public int Created { get; private set; }

    public int Changed { get; private set; }

    public int Unchanged { get; private set; }

    public int RejectedCount { get; private set; }

    /// <summary>The first thousand.</summary>
    public IReadOnlyList<RejectedRow> Rejected => rejected;

    public void Reject(long line, string reason)
    {
        Received++;
        RejectedCount++;
        if (rejected.Count < MostListed)
        {
            rejected.Add(new(line, reason));
        }
    }

    public void Count(long line, WriteOutcome outcome)
    {
        switch (outcome)
        {
            case WriteOutcome.OutsideCity:
                Reject(line, "lon, lat: the place lies outside the city");
                return;
            case WriteOutcome.KeyTaken:
                Reject(line, "exists: an entry of another county has this number");
                return;
            case WriteOutcome.OutsideScope or WriteOutcome.NotFound:
                Reject(line, "outside-scope: this account may not write there");
                return;
            case WriteOutcome.Created:
                Created++;
                break;
            case WriteOutcome.Changed:
                Changed++;
                break;
            default:
                Unchanged++;
                break;
        }

        Received++;
    }
}

/// <summary>
/// Bulk import of a register: chunks are committed whole, each with its history, rulings and events, so that after a crash a repeat of the
/// file completes it. Rows are known again by their key; the same file twice changes nothing.
/// </summary>
sealed class RegisterImport(Ledger ledger, Bench bench, Waker waker, AtlasKeeper atlas, IDbContextFactory<AirMapDb> database)
{
    const int ChunkRows = 500;

    /// <summary>Stores the rows (or says what would become of them) and counts them into the report as it goes.</summary>
    /// <param name="afterChunk">Called after each chunk that was counted, to show progress.</param>
    public async Task RunAsync(Register register, IAsyncEnumerable<ImportRow> rows, ImportReport report, Author by, Func<Task>? afterChunk, CancellationToken cancellation)
    {
        var seen = new Dictionary<(string Key, bool Simulated), long>();
        await foreach (var chunk in Chunks(rows, cancellation))
        {
            var good = new List<(long Line, SubjectDraft Draft)>();
            foreach (var (line, reading) in chunk)
            {
                if (reading.Draft is not { } draft)
                {
                    report.Reject(line, string.Join("; ", reading.Faults));
                }
                else if (!seen.TryAdd((draft.Key, draft.Simulated), line))
                {
                    report.Reject(line, $"stands in line {seen[(draft.Key, draft.Simulated)]} already");
                }
                else
                {
                    good.Add((line, draft));
                }
            }

            await StoreAsync(register, good, report, by, cancellation);
            await (afterChunk?.Invoke() ?? Task.CompletedTask);
        }

        if (register.MakesLaw && !report.DryRun)
        {
            await waker.WorkOffAsync(cancellation);
        }
    }

    async Task StoreAsync(Register register, List<(long Line, SubjectDraft Draft)> rows, ImportReport report, Author by, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (report.DryRun)
        {
            await ForeseeAsync(register, rows, report, by.Scope, cancellation);
            return;
        }

        var writes = rows.ConvertAll(r => new SubjectWrite(r.Draft, null, null, MayReplace: true));
        await ledger.CommitAsync(new SubjectBatch(register, writes, by.Name, bench) { By = by }, cancellation);
        for (var i = 0; i < writes.Count; i++)
        {
            report.Count(rows[i].Line, writes[i].Outcome);
        }
    }

    /// <summary>What would become of the rows as things stand.</summary>
    async Task ForeseeAsync(Register register, List<(long Line, SubjectDraft Draft)> rows, ImportReport report, Scope scope, CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var keys = rows.Select(r => r.Draft.Key).ToArray();
        var stored = await db.Subjects.AsNoTracking().Where(s => s.Kind == register.Kind && keys.Contains(s.Key)).ToDictionaryAsync(s => (s.Key, s.Simulated), cancellation);
        foreach (var (line, draft) in rows)
        {
            var known = stored.GetValueOrDefault((draft.Key, draft.Simulated));
            report.Count(line, draft.Shape is { } shape && !register.MakesLaw && atlas.Current.CountyOf(shape) is null ? WriteOutcome.OutsideCity
                : known is not null && !scope.Holds(known.County) ? WriteOutcome.KeyTaken
                : !scope.Holds(known?.County ?? (draft.Shape is { } place ? atlas.Current.CountyOf(place)?.Code : null)) ? WriteOutcome.OutsideScope
                : known is null ? WriteOutcome.Created
                : known.DiffersFrom(register.Completed(draft, known)) ? WriteOutcome.Changed
                : WriteOutcome.Unchanged);
        }
    }

    static async IAsyncEnumerable<List<ImportRow>> Chunks(IAsyncEnumerable<ImportRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new List<ImportRow>(ChunkRows);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            chunk.Add(row);
            if (chunk.Count == ChunkRows)
            {
                yield return chunk;
                chunk = new List<ImportRow>(ChunkRows);
            }
        }

        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }
}
