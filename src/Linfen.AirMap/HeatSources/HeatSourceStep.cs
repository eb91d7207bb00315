using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.HeatSources;

enum HeatSourceOutcome
{
    Taken,

    /// <summary>It is so already: nothing changes.</summary>
    Repeated,
    NotFound,

    /// <summary>Somebody else changed it since the caller read it.</summary>
    VersionDiffers,
}

/// <summary>An officer approves a heat source or dismisses it; open fires that it touches are decided again in the same commit.</summary>
/// <param name="status">Approved or dismissed.</param>
/// <param name="officer">Under whose name.</param>
/// <param name="ifVersion">The version that the caller saw; null where he did not say.</param>
sealed class HeatSourceStep(Guid id, string status, string officer, string? reason, int? ifVersion, HeatSourceRegister register, Bench bench) : LedgerChange
{
    SubjectBatch? batch;

    public HeatSourceOutcome Outcome { get; private set; }

    public Subject? Stored { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var stored = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == register.Kind);
        Stored = stored is not null && transaction.By.Scope.Holds(stored.County) ? stored : null;
        Outcome = Stored is null ? HeatSourceOutcome.NotFound
            : HeatSourceRegister.StatusOf(Stored) == status ? HeatSourceOutcome.Repeated
            : ifVersion is { } seen && seen != Stored.Version ? HeatSourceOutcome.VersionDiffers
            : HeatSourceOutcome.Taken;
        if (Outcome != HeatSourceOutcome.Taken)
        {
            return;
        }

        var values = Stored!.Fields.With(register.Fields, ("status", status), ("approvedBy", officer), ("approvedAt", transaction.KnownAt), ("reason", reason));
        if (status == HeatSourceRegister.Approved && Stored.Fields.Number("highestMegawatts") is null)
        {
            values = values.With(register.Fields, ("highestMegawatts", HeatSourceRegister.HighestMegawattsOf(Stored)));
        }

        var draft = new SubjectDraft(Stored.Kind, Stored.Key, Stored.Code, Stored.Name, Stored.Shape, Stored.ParentId, values, null, Stored.Simulated);
        var write = new SubjectWrite(draft, id, null, MayReplace: false) { ByStep = true };
        batch = new SubjectBatch(register, [write], transaction.By.Name, bench);
        await batch.ApplyAsync(transaction);
        Stored = write.Stored;
    }

    public override void Committed(LedgerTransaction transaction) => batch?.Committed(transaction);

    public override void Failed() => batch?.Failed();
}
