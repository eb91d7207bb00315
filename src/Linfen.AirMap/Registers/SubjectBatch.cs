using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Registers;

/// <summary>What is to become of one subject.</summary>
/// <param name="Draft">What it is to be; null to delete it.</param>
/// <param name="Id">Which stored one is meant; null finds it by its key.</param>
/// <param name="IfVersion">The version that the caller saw; null where he did not have to.</param>
/// <param name="MayReplace">Whether one with the same key is changed (imports) or in the way (a new entry).</param>
sealed record SubjectWrite(SubjectDraft? Draft, Guid? Id, int? IfVersion, bool MayReplace)
{
    /// <summary>A step of the product, which may set what callers and files may not.</summary>
    public bool ByStep { get; init; }

    public WriteOutcome Outcome { get; set; }

    /// <summary>As it is stored after the commit, or the one that is in the way.</summary>
    public Subject? Stored { get; set; }
}

enum WriteOutcome
{
    Created,
    Changed,
    Unchanged,
    Deleted,
    NotFound,

    /// <summary>Somebody else changed it since the caller read it.</summary>
    VersionDiffers,

    /// <summary>Another entry has the same key.</summary>
    KeyTaken,
    OutsideCity,

    /// <summary>It would lie, or lies, where the author may not write.</summary>
    OutsideScope,
}

/// <summary>
/// A batch of entries of one register as one change: written with their history, judged with all that depends on them, told as events.
/// </summary>
sealed class SubjectBatch(Register register, IReadOnlyList<SubjectWrite> writes, string by, Bench bench) : LedgerChange
{
    readonly Dictionary<Guid, Subject> present = [];
    readonly List<Subject> deleted = [];
    readonly List<(Subject Subject, string Action, string Data)> history = [];
    readonly List<string> before = [];
    Rulebase? made;
    Scope scope = Scope.City;
    bool followed;

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        scope = transaction.By.Scope;
        await using var db = LedgerDb.On(transaction.Connection);
        var rules = await bench.RulesAsync(transaction, db);
        await TakeAsync(db, rules, transaction.KnownAt);
        if (history.Count == 0)
        {
            return;
        }

        var followers = await FollowAsync(db, transaction.KnownAt);
        List<HeatSourceInForce> heat = [];
        if (register.MakesLaw)
        {
            heat = Heat(rules);
            RegisterLaw.Mark(transaction, rules, present.Values.Concat(deleted));
            rules = rules with { Atlas = rules.Atlas.With(RegisterLaw.After(rules.Atlas.Regulation, present.Values, deleted)) };
            heat.AddRange(Heat(rules));
        }

        var docket = await bench.JudgeAsync(db, rules, Concerned(followers), present, present.Keys.ToHashSet(), deleted, transaction.KnownAt);
        Write(transaction, followers);
        docket.Write(transaction);
        if (heat.Count > 0)
        {
            followed = true;
            await bench.FollowHeatAsync(transaction, db, rules, heat);
        }

        made = register.MakesLaw ? rules : null;
    }

    /// <summary>The heat sources of this batch that a law knows.</summary>
    List<HeatSourceInForce> Heat(Rulebase rules)
    {
        var touched = present.Keys.Concat(deleted.Select(s => s.Id)).ToHashSet();
        return [.. rules.Atlas.Regulation.Heat.Sources.Where(h => touched.Contains(h.Id))];
    }

    public override void Committed(LedgerTransaction transaction)
    {
        if (made is not null)
        {
            bench.Adopt(made with { Epoch = transaction.Epoch, Seq = transaction.LawSeq });
        }

        if (followed)
        {
            bench.Followed(transaction);
        }
    }

    public override void Failed()
    {
        if (followed)
        {
            bench.FollowingFailed();
        }
    }

    async Task TakeAsync(AirMapDb db, Rulebase rules, DateTimeOffset knownAt)
    {
        var ids = writes.Select(w => w.Id).OfType<Guid>().ToArray();
        var keys = writes.Select(w => w.Draft?.Key).OfType<string>().ToArray();
        var stored = await db.Subjects.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync();
        if (keys.Length > 0)
        {
            stored.AddRange(await db.Subjects.AsNoTracking().Where(s => s.Kind == register.Kind && keys.Contains(s.Key) && !ids.Contains(s.Id)).ToListAsync());
        }

        var byId = stored.ToDictionary(s => s.Id);
        var byKey = stored.Where(s => s.Kind == register.Kind).ToDictionary(s => (s.Key, s.Simulated));
        var parents = await ParentsAsync(db);
        foreach (var write in writes)
        {
            Take(write, byId, byKey, parents, rules, knownAt);
        }
    }

    async Task<Dictionary<Guid, Subject>> ParentsAsync(AirMapDb db)
    {
        var ids = writes.Select(w => w.Draft?.ParentId).OfType<Guid>().Distinct().ToArray();
        return ids.Length == 0 ? [] : await db.Subjects.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id);
    }

    void Take(
        SubjectWrite write, Dictionary<Guid, Subject> byId, Dictionary<(string Key, bool Simulated), Subject> byKey,
        Dictionary<Guid, Subject> parents, Rulebase rules, DateTimeOffset knownAt)
    {
        var named = write.Id is { } id ? byId.GetValueOrDefault(id) : null;
        var sameKey = write.Draft is { } d ? byKey.GetValueOrDefault((d.Key, d.Simulated)) : null;
        var target = named ?? (write.Id is null || write.MayReplace ? sameKey : null);
        write.Stored = target;
        if (write.Id is not null && !write.MayReplace && (named is null || named.Kind != register.Kind || !scope.Holds(named.County)))
        {
            write.Outcome = WriteOutcome.NotFound;
        }
        else if ((target ?? sameKey) is { } there && !scope.Holds(there.County))
        {
            // Of what lies elsewhere nothing is told but that the number is taken.
            (write.Outcome, write.Stored) = (named is null ? WriteOutcome.KeyTaken : WriteOutcome.OutsideScope, null);
        }
        else if (write.IfVersion is { } version && target!.Version != version)
        {
            write.Outcome = WriteOutcome.VersionDiffers;
        }
        else if (write.Draft is null)
        {
            write.Outcome = Delete(target!, byId, byKey);
        }
        else if (sameKey is not null && (sameKey.Id != target?.Id || (write.Id is null && !write.MayReplace)))
        {
            (write.Outcome, write.Stored) = (WriteOutcome.KeyTaken, scope.Holds(sameKey.County) ? sameKey : null);
        }
        else
        {
            write.Outcome = Store(write, write.Draft, target, parents, rules, knownAt);
            if (write.Stored is { } stored)
            {
                byId[stored.Id] = byKey[(stored.Key, stored.Simulated)] = stored;
            }
        }
    }

    WriteOutcome Delete(Subject target, Dictionary<Guid, Subject> byId, Dictionary<(string Key, bool Simulated), Subject> byKey)
    {
        Remember(target);
        deleted.Add(target);
        byId.Remove(target.Id);
        byKey.Remove((target.Key, target.Simulated));
        history.Add((target, "deleted", SubjectFeature.ToText(target, register)));
        return WriteOutcome.Deleted;
    }

    WriteOutcome Store(SubjectWrite write, SubjectDraft draft, Subject? target, Dictionary<Guid, Subject> parents, Rulebase rules, DateTimeOffset knownAt)
    {
        var where = Whereabouts(draft, parents, rules);
        if (where.Position is not null && where.County is null && !register.MakesLaw)
        {
            return WriteOutcome.OutsideCity;
        }

        if (!scope.Holds(where.County) || (draft.ParentId is { } of && parents.GetValueOrDefault(of) is { } parent && !scope.Holds(parent.County)))
        {
            return WriteOutcome.OutsideScope;
        }

        draft = write.ByStep ? draft : register.Completed(draft, target);
        if (target is not null && !target.DiffersFrom(draft))
        {
            return WriteOutcome.Unchanged;
        }

        var outcome = target is null ? WriteOutcome.Created : WriteOutcome.Changed;
        if (target is null)
        {
            target = Subject.Create(write.Id ?? Guid.CreateVersion7(knownAt), draft, where, knownAt);
        }
        else
        {
            Remember(target);
            target.Change(draft, where, register.IsSameState(target.Fields, draft.Values) && target.HasShape(draft.Shape), knownAt);
        }

        write.Stored = target;
        present[target.Id] = target;
        history.RemoveAll(h => h.Subject.Id == target.Id);
        history.Add((target, target.Version == 1 ? "created" : "changed", SubjectFeature.ToText(target, register)));
        return outcome;
    }

    /// <summary>What it was, for the audit; of whole files the history keeps it.</summary>
    void Remember(Subject target)
    {
        if (writes.Count == 1)
        {
            before.Add(SubjectFeature.ToText(target, register));
        }
    }

    static Whereabouts Whereabouts(SubjectDraft draft, Dictionary<Guid, Subject> parents, Rulebase rules) =>
        draft.Shape is { } shape
            ? new(rules.Atlas.CountyOf(shape)?.Code, shape as NetTopologySuite.Geometries.Point ?? shape.InteriorPoint)
            : draft.ParentId is { } id && parents.GetValueOrDefault(id) is { } parent ? new(parent.County, parent.Position) : default;

    /// <summary>What has no place of its own lies where its parent lies now.</summary>
    async Task<List<Subject>> FollowAsync(AirMapDb db, DateTimeOffset knownAt)
    {
        var parents = present.Keys.Select(id => (Guid?)id).ToArray();
        var children = await db.Subjects.AsNoTracking().Where(s => parents.Contains(s.ParentId)).ToListAsync();
        foreach (var child in children.Where(c => c.Shape is null && !present.ContainsKey(c.Id)))
        {
            var parent = present[child.ParentId!.Value];
            if (child.Move(new(parent.County, parent.Position), knownAt))
            {
                present[child.Id] = child;
                history.Add((child, "changed", SubjectFeature.ToText(child, bench.Book.Of(child))));
            }
        }

        return children;
    }

    /// <summary>The changed ones, those judged with them, and their children.</summary>
    HashSet<Guid> Concerned(List<Subject> followers)
    {
        var ids = present.Keys.Concat(followers.Select(f => f.Id)).ToHashSet();
        ids.UnionWith(present.Values.Concat(deleted).Where(s => bench.Book.Of(s).ConcernsParent).Select(s => s.ParentId).OfType<Guid>());
        ids.ExceptWith(deleted.Select(s => s.Id));
        return ids;
    }

    void Audit(LedgerTransaction transaction)
    {
        if (writes is [var one])
        {
            var (subject, action, data) = history[0];
            transaction.Audit(AuditEntry.Done(
                $"{register.Kind}.{action}", register.Kind, subject.Id, subject.County, before.FirstOrDefault(), one.Draft is null ? null : data));
            return;
        }

        transaction.Audit(AuditEntry.Done(
            $"{register.Kind}.imported", register.Kind, null, null, null, JsonSerializer.Serialize(new { entries = history.Count, ids = history.Select(h => h.Subject.Id) })));
    }

    void Write(LedgerTransaction transaction, List<Subject> followers)
    {
        Audit(transaction);
        if (deleted.Count > 0)
        {
            transaction.Write(SubjectRows.Delete(deleted));
        }

        if (present.Count > 0)
        {
            transaction.Write(SubjectRows.Upsert([.. present.Values]));
        }

        transaction.Write(SubjectRows.InsertHistory(history, by, transaction.KnownAt));
        foreach (var (subject, action, data) in history)
        {
            var (created, changed) = bench.Book.Of(subject).Events;
            transaction.Append(action switch { "deleted" => EventTypes.SubjectDeleted, "created" => created, _ => changed }, subject.County, subject.Id.ToString(), data);
        }
    }
}
