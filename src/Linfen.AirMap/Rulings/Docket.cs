using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Rulings;

/// <summary>
/// Judges matters one after the other against what stands, and writes the difference: violations opened, weighed anew or closed, rules
/// that became undecidable or decided, and when each matter is to be judged again. Nothing differs, nothing is written.
/// </summary>
sealed class Docket(Rulebase rules, Standing standing, DateTimeOffset now)
{
    readonly List<Violation> opened = [];
    readonly List<Violation> changed = [];
    readonly List<UndecidableEntry> undecided = [];
    readonly List<UndecidableEntry> decided = [];
    readonly List<(Guid Subject, DateTimeOffset? At)> wakes = [];

    /// <summary>What a change of law ends is closed with this reason.</summary>
    const string LawChanged = "law-changed";

    public int Opened => opened.Count;

    public int Closed => changed.Count(v => !v.IsOpen);

    public void Judge(Matter matter)
    {
        var chronicle = new Chronicle(matter, now);
        var stands = standing.Violations(matter.Id).ToDictionary(v => v.Rule, StringComparer.Ordinal);
        var missing = standing.Undecided(matter.Id).ToDictionary(u => u.Rule, u => u.Missing, StringComparer.Ordinal);
        foreach (var decision in chronicle.Now)
        {
            var open = stands.GetValueOrDefault(decision.Rule);
            stands.Remove(decision.Rule);
            Weigh(matter, chronicle, decision, open);
            Note(matter, decision.Rule, decision.Article, (decision as Decision.Undecidable)?.MissingFact, missing.GetValueOrDefault(decision.Rule));
            missing.Remove(decision.Rule);
        }

        foreach (var orphan in stands.Values)
        {
            Close(orphan, "not-applicable", now);
        }

        Forget(matter, missing.Keys);
        WakeAt(matter.Id, chronicle.Next);
    }

    /// <summary>The subject is no more: what stands about it ends.</summary>
    public void Dismiss(Matter matter, string reason)
    {
        foreach (var violation in standing.Violations(matter.Id))
        {
            Close(violation, reason, now);
        }

        Forget(matter, standing.Undecided(matter.Id).Select(u => u.Rule));
        WakeAt(matter.Id, null);
    }

    void Weigh(Matter matter, Chronicle chronicle, Decision decision, Violation? open)
    {
        switch (decision)
        {
            case Decision.Violation violation when open is null:
                Open(matter, violation, chronicle.ViolatedSince(violation.Rule));
                break;
            case Decision.Violation violation when open!.Stand(violation, matter.ChangedSince ?? now):
                changed.Add(open);
                break;
            case Decision.Compliant compliant when open is not null:
                End(matter, chronicle, compliant, open);
                break;
            default:
                // Undecidable: what was proven stays open until it is proven mended.
                break;
        }
    }

    /// <summary>Mended by a change of facts, at its time; else by a turn of law or clock, at that.</summary>
    void End(Matter matter, Chronicle chronicle, Decision.Compliant compliant, Violation open)
    {
        if (matter.ChangedSince is { } since)
        {
            Close(open, compliant.Reason, since);
            return;
        }

        var turned = chronicle.EndedSince(compliant.Rule, open.OpenedAt);
        Close(open, turned is null && Grounds.Stand(open, rules) ? compliant.Reason : LawChanged, turned ?? now);
    }

    void Open(Matter matter, Decision.Violation decision, DateTimeOffset since)
    {
        // A decided violation names its county, so it has a place.
        var (county, position) = (rules.Atlas.ByCode[matter.County!], matter.Position!);
        opened.Add(Violation.Open(
            decision,
            new(matter.Kind, matter.Id, matter.Name, county, position, matter.Simulated, rules.Atlas.ResponsibleAt(county, position, now, matter.Simulated)),
            matter.Evidence,
            since,
            now));
    }

    void Close(Violation violation, string reason, DateTimeOffset at)
    {
        if (violation.Close(reason, at > now ? now : at, now))
        {
            changed.Add(violation);
        }
    }

    void Note(Matter matter, string rule, int article, string? missing, string? before)
    {
        if (missing != before)
        {
            (missing is null ? decided : undecided).Add(
                new(rule, article, matter.Kind, matter.Id, matter.Name, matter.County, matter.Position, missing, matter.Simulated));
        }
    }

    void Forget(Matter matter, IEnumerable<string> ruled)
    {
        foreach (var rule in ruled)
        {
            Note(matter, rule, RuleBook.Find(rule)?.Article ?? 0, null, "");
        }
    }

    void WakeAt(Guid subject, DateTimeOffset? at)
    {
        if (standing.WakesAt(subject) != at)
        {
            wakes.Add((subject, at));
        }
    }

    /// <summary>Hands rows and events to the transaction; endings before beginnings, as a reader would tell them.</summary>
    public void Write(LedgerTransaction transaction)
    {
        if (changed.Count > 0)
        {
            transaction.Write(ViolationRows.UpdateState(changed));
            transaction.TellChanged(changed);
        }

        if (opened.Count > 0)
        {
            transaction.Write(ViolationRows.Insert(opened));
            transaction.TellOpened(opened);
        }

        WriteUndecided(transaction);
        WriteWakes(transaction);
    }

    void WriteUndecided(LedgerTransaction transaction)
    {
        if (decided.Count > 0)
        {
            transaction.Write(UndecidableRows.Delete(decided));
        }

        if (undecided.Count > 0)
        {
            transaction.Write(UndecidableRows.Upsert(undecided, now));
        }

        foreach (var entry in decided.Concat(undecided))
        {
            transaction.Append(EventTypes.UndecidableChanged, entry.County, entry.SubjectId.ToString(), UndecidableRows.ToText(entry));
        }
    }

    void WriteWakes(LedgerTransaction transaction)
    {
        var ended = wakes.FindAll(w => w.At is null);
        if (ended.Count > 0)
        {
            transaction.Write(Column.Command("DELETE FROM wakes WHERE subject_id = ANY($1)", Column.Uuids(ended.Select(w => w.Subject))));
        }

        var set = wakes.FindAll(w => w.At is not null);
        if (set.Count > 0)
        {
            transaction.Write(Column.Command(
                "INSERT INTO wakes (subject_id, at) SELECT * FROM unnest($1, $2) ON CONFLICT (subject_id) DO UPDATE SET at = excluded.at",
                Column.Uuids(set.Select(w => w.Subject)),
                Column.Times(set.Select(w => w.At!.Value))));
        }
    }
}
