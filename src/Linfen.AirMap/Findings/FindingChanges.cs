using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Findings;

enum FindingOutcome
{
    Taken,

    /// <summary>The same was said before: nothing changes.</summary>
    Repeated,

    /// <summary>Something else was said before under the same id, or about the same step.</summary>
    Contradicts,
    NotFound,
    OutsideCity,

    /// <summary>It would lie, or lies, where the author may not write.</summary>
    OutsideScope,

    /// <summary>Its state does not allow the step.</summary>
    WrongState,

    /// <summary>Somebody else changed it since the caller read it.</summary>
    VersionDiffers,

    /// <summary>The step is said to have been taken before the finding was made.</summary>
    BeforeFinding,
}

/// <summary>Files a finding, once: what comes again with the same id changes nothing.</summary>
sealed class FindingFiled(Filing filing, FindingRegister register, string by, Bench bench) : LedgerChange
{
    public FindingOutcome Outcome { get; private set; }

    /// <summary>As it is stored; null where the id belongs to something else.</summary>
    public Subject? Stored { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var there = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(s => s.Id == filing.Id);
        if (there is not null && !transaction.By.Scope.Holds(there.County))
        {
            Outcome = FindingOutcome.OutsideScope;
            return;
        }

        if (there is not null)
        {
            Stored = there.Kind == register.Kind ? there : null;
            Outcome = Stored is not null && IsTheSame(Stored, filing.Draft) ? FindingOutcome.Repeated : FindingOutcome.Contradicts;
            return;
        }

        var write = new SubjectWrite(filing.Draft, filing.Id, null, MayReplace: true);
        await new SubjectBatch(register, [write], by, bench).ApplyAsync(transaction);
        (Outcome, Stored) = (write.Outcome switch
        {
            WriteOutcome.OutsideCity => FindingOutcome.OutsideCity,
            WriteOutcome.OutsideScope => FindingOutcome.OutsideScope,
            _ => FindingOutcome.Taken,
        }, write.Stored);
    }

    /// <summary>What was filed, whatever became of it since.</summary>
    static bool IsTheSame(Subject stored, SubjectDraft draft) =>
        stored.Simulated == draft.Simulated && stored.Shape is { } shape && shape.EqualsExact(draft.Shape)
        && FindingRegister.Filed.All(f => stored.Fields.Text(f.Name) == draft.Values.Text(f.Name));
}

/// <summary>Takes a finding one step further.</summary>
sealed class FindingFollowed(Guid id, FindingStep step, StepSaid said, int? ifVersion, FindingRegister register, string by, Bench bench) : LedgerChange
{
    public FindingOutcome Outcome { get; private set; }

    public Subject? Stored { get; private set; }

    /// <summary>As it would have become.</summary>
    public SubjectDraft? Wanted { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        Stored = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == register.Kind);
        Stored = Stored is not null && transaction.By.Scope.Holds(Stored.County) ? Stored : null;
        if (Stored is null)
        {
            Outcome = FindingOutcome.NotFound;
            return;
        }

        Wanted = After(Stored, said.At ?? transaction.KnownAt);
        Outcome = Weigh(Stored);
        if (Outcome == FindingOutcome.Taken)
        {
            var write = new SubjectWrite(Wanted, id, null, MayReplace: false);
            await new SubjectBatch(register, [write], by, bench).ApplyAsync(transaction);
            Stored = write.Stored;
        }
    }

    /// <summary>A repeat is one even when the version moved on by what it repeats.</summary>
    FindingOutcome Weigh(Subject stored) =>
        FindingRegister.StateOf(stored) == step.To ? (SaysTheSame(stored) ? FindingOutcome.Repeated : FindingOutcome.Contradicts)
        : ifVersion is { } seen && seen != stored.Version ? FindingOutcome.VersionDiffers
        : !step.MayFollow(stored) ? FindingOutcome.WrongState
        : said.At < stored.Since ? FindingOutcome.BeforeFinding
        : FindingOutcome.Taken;

    bool SaysTheSame(Subject stored) =>
        (said.At is null || said.At == stored.Fields.Moment(step.AtField)) && said.Reason == stored.Fields.Text(step.ReasonField)
        && said.Photos.SequenceEqual(stored.Fields.Texts(step.PhotosField), StringComparer.Ordinal);

    SubjectDraft After(Subject stored, DateTimeOffset at)
    {
        var values = stored.Fields.All.ToDictionary(v => v.Key, v => (object?)Of(stored, v.Key), StringComparer.Ordinal);
        values["state"] = step.To.ToString().ToLowerInvariant();
        values[step.AtField] = at;
        values[step.ReasonField] = said.Reason;
        values[step.PhotosField] = said.Photos.Count > 0 ? said.Photos : null;
        return new(
            stored.Kind, stored.Key, stored.Code, stored.Name, stored.Shape, stored.ParentId, FieldValues.From(register.Fields, values), stored.Since, stored.Simulated);
    }

    static object? Of(Subject stored, string name) =>
        stored.Fields.Texts(name) is { Count: > 0 } texts ? texts : stored.Fields.Number(name) is { } number ? number : stored.Fields.Text(name);
}
