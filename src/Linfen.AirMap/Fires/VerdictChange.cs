using System.Collections.Frozen;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Fires;

/// <summary>A verdict on a fire, or the correction of one: the fire changes, and its violation with it; what was seen after it was put out or refuted is another fire.</summary>
sealed class VerdictChange(GivenVerdict given, FireIndex index, Rulebase rules, FireOptions options) : LedgerChange
{
    public Fire? Fire { get; private set; }

    public VerdictOutcome Outcome { get; private set; }

    /// <summary>Set when the given time cannot be: before the fire, or in the future.</summary>
    public string? ImpossibleTime { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        index.Revalidate(transaction.Head);
        var stored = index.Find(given.Fire) ?? await FireStore.FindAsync(transaction.Connection, given.Fire);
        if (stored is null || !transaction.By.Scope.Holds(stored.County))
        {
            return;
        }

        var when = given.At ?? (stored.IsClosed && given.Verdict != FireVerdict.Confirmed ? stored.VerdictAt!.Value : transaction.KnownAt);
        ImpossibleTime = when > transaction.KnownAt + TimeSpan.FromMinutes(5) ? "in the future" : when < stored.FirstSeenAt ? "before the fire was first seen" : null;
        Fire = stored;
        if (ImpossibleTime is null)
        {
            await TakeAsync(transaction, when);
        }
    }

    async Task TakeAsync(LedgerTransaction transaction, DateTimeOffset when)
    {
        var fusion = new FireFusion(index, rules, options, transaction, new());
        if (Fire!.IsLive && (Fire.IsClosed || Fire.LastSeenAt > when))
        {
            await fusion.LoadAsync([(Fire.FirstSeenAt, Fire.LastSeenAt)]);
            Fire = index.Find(given.Fire)!;
        }

        var (closedAt, before) = (Fire.IsClosed ? Fire.VerdictAt : null, FireFeature.ToText(Fire, options));
        var seenBefore = (Fire.LastSeenAt, Fire.UpdatedAt);
        Outcome = Fire.Verify(given.Verdict, given.Reason, when, given.IsCorrection, options.LapseAfter, transaction.KnownAt);
        if (Outcome != VerdictOutcome.Taken)
        {
            return;
        }

        var wasClosed = closedAt is not null;
        var escaped = given.Verdict == FireVerdict.Confirmed && Fire.Attribute(null, transaction.KnownAt);
        fusion.Changes.Changed[Fire.Id] = Fire;
        // Whoever was called off is called again; and who sees it burn calls, where all others told of it too late.
        fusion.Changes.Before[Fire] = wasClosed || escaped ? (Fire.FirstSeenAt, transaction.KnownAt) : seenBefore;

        await RegroupAsync(fusion, Fire, closedAt);
        transaction.Audit(AuditEntry.Done(wasClosed ? "fire.verdict.corrected" : "fire.verdict", "fire", Fire.Id, Fire.County, before, FireFeature.ToText(Fire, options)));
        var opened = escaped || (wasClosed && Fire.ConfirmedAt is not null && !Fire.IsClosed && Fire.IsLive) ? await ChargeAsync(transaction, Fire, wasClosed ? Fire.FirstSeenAt : Fire.ConfirmedAt!.Value) : null;
        fusion.Changes.Violations.AddRange(opened is null ? [] : [opened]);
        await fusion.Changes.WriteAsync(transaction, fires => transaction.Write(FireRows.InsertFires(fires)));
        if (Fire.IsLive)
        {
            await ReweighAsync(transaction, Fire, wasClosed);
        }
    }

    /// <summary>What was seen after it was over leaves it; what was seen before a later end comes to it, and so does all that hangs together with it once it burns again.</summary>
    /// <param name="closedAt">When it was over, as was said before.</param>
    async Task RegroupAsync(FireFusion fusion, Fire fire, DateTimeOffset? closedAt)
    {
        var members = index.MembersOf(fire);
        if (fire.IsClosed)
        {
            for (var more = fire.VerdictAt > closedAt; more;)
            {
                var met = members.SelectMany(s => index.Near(s, FrozenSet<Sighting>.Empty)).Select(s => s.Fire).OfType<Fire>().Distinct()
                    .Where(f => f is { IsClosed: false, IsLive: true, Verdict: null } && f.FirstSeenAt > closedAt && f.LastSeenAt <= fire.VerdictAt).ToList();
                met.ForEach(f => fusion.Take(fire, f));
                more = met.Count > 0;
            }
        }

        if (members.Count > 0 && (closedAt is not null || (fire.IsClosed && members.Any(s => s.At > fire.VerdictAt))))
        {
            await fusion.RegroupAsync([.. members]);
        }

        if (fire is { IsClosed: true } && fire.LastSeenAt > fire.VerdictAt)
        {
            fusion.Recount(fire);
        }
    }

    /// <summary>Somebody saw it burn: it is no heat source's any more, whatever explains what satellites see there, and no error, whoever said so.</summary>
    async Task<Violation?> ChargeAsync(LedgerTransaction transaction, Fire fire, DateTimeOffset since)
    {
        var evidence = await FireStore.EvidenceAsync(transaction.Connection, fire.Id);
        return rules.Atlas.ByCode.TryGetValue(fire.County, out var county)
            ? FireLaw.Charge(fire, county, evidence, since, fire.LastSeenAt, rules, transaction.KnownAt).Violation
            : null;
    }

    async Task ReweighAsync(LedgerTransaction transaction, Fire fire, bool wasClosed)
    {
        var changed = wasClosed && fire.IsClosed
            ? (await FireStore.ClosedViolationsAsync(transaction.Connection, fire.ViolationId)).FindAll(v => v.Correct(fire.Status.ToString().ToLowerInvariant(), fire.VerdictAt!.Value))
            : (await FireStore.OpenViolationsAsync(transaction.Connection, [fire.Id])).FindAll(v => FireLaw.Reweigh(v, fire, rules.Law));
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

/// <summary>What somebody says of a fire.</summary>
/// <param name="Fire">Its id.</param>
/// <param name="At">When it was so in the world; null for now, or for the time of the verdict that is corrected.</param>
/// <param name="IsCorrection">It takes the place of one that closed the fire.</param>
sealed record GivenVerdict(Guid Fire, FireVerdict Verdict, string? Reason, DateTimeOffset? At, bool IsCorrection);
