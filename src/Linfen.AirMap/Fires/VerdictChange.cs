using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Fires;

/// <summary>A verdict on a fire: the fire changes, and its violation with it.</summary>
sealed class VerdictChange(Guid id, FireVerdict verdict, string? reason, DateTimeOffset? at, FireIndex index, Rulebase rules, FireOptions options) : LedgerChange
{
    public Fire? Fire { get; private set; }

    public VerdictOutcome Outcome { get; private set; }

    /// <summary>Set when the given time cannot be: before the fire, or in the future.</summary>
    public string? ImpossibleTime { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        index.Revalidate(transaction.Head);
        Fire = index.Find(id) ?? await FireStore.FindAsync(transaction.Connection, id);
        Fire = Fire is not null && transaction.By.Scope.Holds(Fire.County) ? Fire : null;
        if (Fire is null)
        {
            return;
        }

        var when = at ?? transaction.KnownAt;
        ImpossibleTime = when > transaction.KnownAt + TimeSpan.FromMinutes(5) ? "in the future" : when < Fire.FirstSeenAt ? "before the fire was first seen" : null;
        if (ImpossibleTime is not null)
        {
            return;
        }

        var before = FireFeature.ToText(Fire, options);
        Outcome = Fire.Verify(verdict, reason, when, transaction.KnownAt);
        if (Outcome == VerdictOutcome.Taken)
        {
            var escaped = verdict == FireVerdict.Confirmed && Fire.Attribute(null, transaction.KnownAt);
            var opened = escaped ? await ChargeAsync(transaction, Fire) : null;
            transaction.Audit(AuditEntry.Done("fire.verdict", "fire", id, Fire.County, before, FireFeature.ToText(Fire, options)));
            await WriteAsync(transaction, Fire);
            if (opened is not null)
            {
                transaction.Write(ViolationRows.Insert([opened]));
                transaction.TellOpened([opened]);
            }
        }
    }

    /// <summary>Somebody saw it burn: it is no heat source's any more, whatever explains what satellites see there.</summary>
    async Task<Violation?> ChargeAsync(LedgerTransaction transaction, Fire fire)
    {
        var evidence = await FireStore.EvidenceAsync(transaction.Connection, fire.Id);
        return rules.Atlas.ByCode.TryGetValue(fire.County, out var county)
            ? FireLaw.Charge(fire, county, evidence, fire.ConfirmedAt!.Value, fire.LastSeenAt, rules, transaction.KnownAt).Violation
            : null;
    }

    async Task WriteAsync(LedgerTransaction transaction, Fire fire)
    {
        foreach (var command in FireRows.UpdateFires([fire], []))
        {
            transaction.Write(command);
        }

        transaction.Append(EventTypes.FireUpdated, fire.County, fire.Id.ToString(), FireFeature.ToText(fire, options));
        var changed = (await FireStore.OpenViolationsAsync(transaction.Connection, [fire.Id])).FindAll(v => FireLaw.Reweigh(v, fire, rules.Law));
        if (changed.Count > 0)
        {
            transaction.Write(ViolationRows.UpdateState(changed));
            transaction.TellChanged(changed);
        }

        if (fire.IsClosed)
        {
            transaction.Write(FireLaw.DropUndecidables([fire.Id]));
        }
    }

    public override void Committed(LedgerTransaction transaction) => index.Advance(transaction.Last);

    public override void Failed() => index.Forget();
}
