using System.Globalization;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.HeatSources.Learning;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.HeatSources;

/// <summary>
/// Writes what was learned into the register: new candidates, and candidates that are there already anew. Where somebody has decided, approved
/// or dismissed, nothing is written.
/// </summary>
sealed class HeatSourceLearning(IReadOnlyList<HeatCandidate> candidates, HeatSourceRegister register, Bench bench) : LedgerChange
{
    const int Decimals = 3;

    readonly List<SubjectWrite> writes = [];
    SubjectBatch? batch;

    /// <summary>Candidates at the place of a source that was decided about.</summary>
    public int Decided { get; private set; }

    public int Count(WriteOutcome outcome) => writes.Count(w => w.Outcome == outcome);

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var stored = await db.Subjects.AsNoTracking().Where(s => s.Kind == register.Kind && !s.Simulated && s.Shape != null).OrderBy(s => s.KnownAt).ThenBy(s => s.Id).ToListAsync();
        foreach (var candidate in candidates)
        {
            var there = stored.FindAll(s => Meets(s, candidate));
            if (there.Exists(s => HeatSourceRegister.StatusOf(s) != HeatSourceRegister.Candidate))
            {
                Decided++;
                continue;
            }

            // What grew together from two is told by the elder; each is written once.
            var known = there.Find(s => writes.TrueForAll(w => w.Id != s.Id));
            if (there.Count == 0 || known is not null)
            {
                writes.Add(new(Draft(candidate, known), known?.Id, null, MayReplace: false) { ByStep = true });
            }
        }

        if (writes.Count > 0)
        {
            batch = new SubjectBatch(register, writes, transaction.By.Name, bench);
            await batch.ApplyAsync(transaction);
        }
    }

    static bool Meets(Subject source, HeatCandidate candidate) =>
        Regulation.DistanceMetres(source.Shape!, candidate.Extent) <= (double)(source.Fields.Number("radiusMetres") ?? 0);

    SubjectDraft Draft(HeatCandidate c, Subject? known)
    {
        var values = (known?.Fields ?? FieldValues.None).With(
            register.Fields,
            ("status", HeatSourceRegister.Candidate),
            ("origin", known?.Fields.Text("origin") ?? "learned"),
            ("medianMegawatts", Number(c.MedianMegawatts)),
            ("highestMegawatts", Number(c.HighestMegawatts)),
            ("score", Number(c.Score)),
            ("days", (decimal)c.Days),
            ("nights", (decimal)c.Nights),
            ("months", (decimal)c.Months),
            ("sightings", (decimal)c.Sightings),
            ("nightShare", Number(c.NightShare)),
            ("spread", Number(c.Spread)),
            ("firstLit", c.FirstLit),
            ("lastLit", c.LastLit));
        return known is null
            ? new(register.Kind, SubjectReader.KeyOf(null, c.Name, c.Extent, null), null, c.Name, c.Extent, null, values, Start(c), false)
            : new(register.Kind, known.Key, known.Code, known.Name, c.Extent, null, values, null, false);
    }

    static DateTimeOffset Start(HeatCandidate candidate) => Plan.Beijing.StartOf(candidate.FirstLit).ToUniversalTime();

    /// <summary>As the register's own reader would write it: no zeros at the end.</summary>
    static decimal? Number(double? value) => value is { } number
        ? decimal.Parse(Math.Round(number, Decimals).ToString("0.###", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : null;

    public override void Committed(LedgerTransaction transaction) => batch?.Committed(transaction);

    public override void Failed() => batch?.Failed();
}
