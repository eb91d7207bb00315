using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;

namespace Linfen.AirMap.Fires;

/// <summary>
/// Keeps fires as <see cref="Grouping"/> says of the set of all sightings, while sightings arrive one by one: in one change of the ledger, under its lock.
/// What stands alone, joins one fire or ties plain fires together is placed at once; where vague sightings, verdicts or what people split have a say,
/// everything that hangs together is grouped again, once for all that arrived in one change.
/// </summary>
sealed partial class FireFusion(FireIndex index, Rulebase rules, FireOptions options, LedgerTransaction transaction, RowIds ids)
{
    /// <summary>Fires that this change charges, with the violation that each had before.</summary>
    readonly Dictionary<Fire, Guid?> charged = [];

    /// <summary>Taken in and of no fire yet.</summary>
    readonly List<Sighting> unsettled = [];

    /// <summary>What has to be written and told.</summary>
    public FireChanges Changes { get; } = new(rules, options);

    DateTimeOffset KnownAt => transaction.KnownAt;

    /// <summary>Loads the fires of the days around these times.</summary>
    public async Task LoadAsync(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> times)
    {
        var missing = index.Missing(times);
        if (missing.Count > 0)
        {
            index.Load(missing, await FireStore.OfDaysAsync(transaction.Connection, missing, options));
        }
    }

    /// <summary>Takes a new sighting in. The days around it are loaded, and <see cref="SettleAsync"/> follows after the last one.</summary>
    public void Place(Sighting sighting)
    {
        Changes.Fresh.Add(sighting);
        var meeting = index.Met(sighting);
        index.Add(sighting);
        var met = meeting.Fires;
        var isPlain = !meeting.Unsettled && (!meeting.Vague || GoesWithTheOnly(met, sighting, meeting));
        if (!isPlain || (met.Count > 1 && (sighting.IsVague || met.Exists(f => f.IsClosed || f.IsTied))) || met.Exists(f => f.IsClosed && sighting.At > f.VerdictAt) || !OfOneWeek(sighting, met))
        {
            unsettled.Add(sighting);
            return;
        }

        switch (met.Count)
        {
            case 0:
                Open(sighting);
                break;
            case 1:
                Join(met[0], sighting);
                break;
            default:
                var kept = First(met);
                met.FindAll(f => f != kept).ForEach(f => Merge(kept, f));
                Join(kept, sighting);
                break;
        }
    }

    /// <summary>
    /// Whether a sighting that meets vague ones joins the one fire that it meets and moves nothing else. A vague one does: whatever it meets stays with its
    /// likeliest, which is of this fire. A precise one does where it meets a precise one of the fire, or the fire has none; otherwise it is another fire,
    /// and the vague ones go with the likelier of the two.
    /// </summary>
    bool GoesWithTheOnly(List<Fire> met, Sighting sighting, Meeting meeting) =>
        met is [{ IsTied: false } only] && (sighting.IsVague || meeting.Precise || index.IsVague(only));

    /// <summary>Whether the turn of a week has no say: all were seen in the week of the sighting, too, and together they last for one at most.</summary>
    static bool OfOneWeek(Sighting sighting, List<Fire> met)
    {
        var week = FireWeek.Of(sighting.At);
        var (first, last) = (sighting.At, sighting.At);
        foreach (var fire in met)
        {
            if (FireWeek.Of(fire.FirstSeenAt) != week && FireWeek.Of(fire.LastSeenAt) != week)
            {
                return false;
            }

            (first, last) = (fire.FirstSeenAt < first ? fire.FirstSeenAt : first, fire.LastSeenAt > last ? fire.LastSeenAt : last);
        }

        return last - first <= FireWeek.Longest;
    }

    /// <summary>A fire of its own for sightings that were split off.</summary>
    public Fire SplitOff(Fire from, IReadOnlyList<Sighting> parted)
    {
        var first = parted.Aggregate((a, b) => Sighting.Compare(a, b) <= 0 ? a : b);
        var fire = Fire.Open(ids.Next(KnownAt), first, NameOf(first.County), parted.All(s => s.IsHistory), options, KnownAt);
        Changes.Opened.Add(fire);
        foreach (var sighting in parted)
        {
            Rehang(sighting, fire);
        }

        fire.Recount(index.MembersOf(fire), options, KnownAt);
        fire.Attribute(FireLaw.ExplainAll(parted, rules), KnownAt);
        fire.Bind();
        from.Bind();
        Recount(from);
        if (fire.IsLive)
        {
            Charge(fire, [.. parted.Select(s => s.Id)], fire.FirstSeenAt, fire.LastSeenAt);
        }

        return fire;
    }

    /// <summary>A corrected verdict holds for another fire, too.</summary>
    public void Take(Fire kept, Fire lost) => Merge(kept, lost);

    /// <summary>Two fires are one, because somebody says so.</summary>
    public Fire MergeByHand(Fire one, Fire other)
    {
        var kept = First([one, other]);
        var lost = kept == one ? other : one;
        Merge(kept, lost);
        kept.Bind();
        return kept;
    }

    /// <summary>The one that goes on: what is acted upon before history, what raises an alarm before what a heat source explains, then the one known first.</summary>
    static Fire First(IEnumerable<Fire> fires) => fires
        .OrderByDescending(f => f.IsClosed).ThenByDescending(f => f.IsLive).ThenBy(f => f.IsAttributed).ThenBy(f => f.KnownAt).ThenBy(f => f.FirstSeenAt).ThenBy(f => f.Id)
        .First();

    Fire Open(Sighting sighting)
    {
        if (sighting.Fire is not null)
        {
            Changes.Rehung.Add(sighting);
        }

        var fire = Fire.Open(ids.Next(KnownAt), sighting, NameOf(sighting.County), sighting.IsHistory, options, KnownAt);
        Changes.Opened.Add(fire);
        index.Place(sighting, fire);
        fire.Attribute(FireLaw.Explain(sighting, rules), KnownAt);
        if (fire.IsLive)
        {
            Charge(fire, [sighting.Id], fire.FirstSeenAt, sighting.At);
        }

        return fire;
    }

    void Join(Fire fire, Sighting sighting)
    {
        var before = fire.LonLat;
        Remember(fire);
        index.Place(sighting, fire);
        if (fire.Join(sighting, index.MembersOf(fire), options, KnownAt))
        {
            Changes.Relit.Add(fire);
        }

        Touch(fire, before);
        if (fire.Status == FireStatus.History && !sighting.IsHistory)
        {
            fire.Wake(options, KnownAt);
            fire.Attribute(fire.ConfirmedAt is null ? FireLaw.ExplainAll(index.MembersOf(fire), rules) : null, KnownAt);
            Charge(fire, [sighting.Id], fire.FirstSeenAt, sighting.At);
        }
        else if (fire.IsAttributed && FireLaw.Explain(sighting, rules) is null)
        {
            Unattribute(fire, [sighting.Id], sighting.At);
        }
    }

    /// <summary>What the source does not explain, or what somebody else than a satellite sees, is more than its heat.</summary>
    void Unattribute(Fire fire, Guid[] evidence, DateTimeOffset since)
    {
        if (fire.IsClosed)
        {
            return;
        }

        fire.Attribute(null, KnownAt);
        if (fire.IsLive)
        {
            ChargeAnew(fire, evidence, since);
        }
    }

    void Merge(Fire kept, Fire lost)
    {
        var before = kept.LonLat;
        Remember(kept);
        index.PlaceAll(lost, kept);
        if (kept.Absorb(lost, index.MembersOf(kept), options, KnownAt))
        {
            Changes.Relit.Add(kept);
        }

        lost.MergeInto(kept, KnownAt);
        if (kept.IsAttributed && !lost.IsAttributed)
        {
            Unattribute(kept, EvidenceOf(kept), kept.FirstSeenAt);
        }

        for (var i = 0; i < Changes.Merged.Count; i++)
        {
            Changes.Merged[i] = Changes.Merged[i].Kept == lost ? (Changes.Merged[i].Lost, kept) : Changes.Merged[i];
        }

        Changes.Changed.Remove(lost.Id);
        Uncharge(lost);
        if (!Changes.Opened.Remove(lost))
        {
            Changes.Merged.Add((lost, kept));
        }

        Touch(kept, before);
    }

    /// <summary>How it was known before this change.</summary>
    void Remember(Fire fire) => Changes.Before.TryAdd(fire, (fire.LastSeenAt, fire.UpdatedAt));

    void Rehang(Sighting sighting, Fire fire)
    {
        index.Place(sighting, fire);
        Changes.Rehung.Add(sighting);
    }

    /// <summary>Sums a fire up anew after sightings came from other fires or went to them, and judges it by what is left.</summary>
    public void Recount(Fire fire)
    {
        if (index.MembersOf(fire) is not { Count: > 0 } rests)
        {
            return;
        }

        var before = fire.LonLat;
        var (isHistory, wasHistory) = (rests.All(s => s.IsHistory), fire.Status == FireStatus.History);
        Remember(fire);
        if (fire.Recount(rests, options, KnownAt))
        {
            Changes.Relit.Add(fire);
        }

        if (wasHistory && !isHistory)
        {
            fire.Wake(options, KnownAt);
        }
        else if (isHistory && fire.Forget(KnownAt))
        {
            Changes.Forgotten.Add(fire);
            Uncharge(fire);
        }

        Touch(fire, before);
        var source = FireLaw.ExplainAll(rests, rules);
        if (fire.IsAttributed && source is null)
        {
            Unattribute(fire, EvidenceOf(fire), fire.FirstSeenAt);
        }
        else if (fire is { IsClosed: false, ConfirmedAt: null } && source is not null && fire.Attribute(source, KnownAt))
        {
            // What made it more than a source's heat is another fire now.
            Changes.Explained.Add(fire);
            Uncharge(fire);
        }
        else if (wasHistory && fire is { IsLive: true, IsAttributed: false })
        {
            ChargeAnew(fire, EvidenceOf(fire), fire.FirstSeenAt);
        }
    }

    /// <summary>Charges what nobody was called for so far, since it was history or a source's: somebody is called where the last of it is fresh.</summary>
    void ChargeAnew(Fire fire, Guid[] evidence, DateTimeOffset since)
    {
        Charge(fire, evidence, since, fire.LastSeenAt);
        Changes.Before[fire] = (fire.FirstSeenAt, KnownAt);
    }

    Guid[] EvidenceOf(Fire fire) => [.. index.MembersOf(fire).OrderByDescending(s => s.At).ThenBy(s => s.Id).Take(FireStore.MostEvidence).Select(s => s.Id)];

    void Touch(Fire fire, Geo.LonLat before)
    {
        Changes.Changed[fire.Id] = fire;
        if (before != fire.LonLat)
        {
            Changes.Moved.Add(fire);
        }
    }

    void Charge(Fire fire, Guid[] evidence, DateTimeOffset since, DateTimeOffset at)
    {
        if (!rules.Atlas.ByCode.TryGetValue(fire.County, out var county) || charged.ContainsKey(fire))
        {
            return;
        }

        var former = fire.ViolationId;
        var (violation, undecidable) = FireLaw.Charge(fire, county, evidence, since, at, rules, KnownAt);
        if (violation is not null)
        {
            charged[fire] = former;
            Changes.Violations.Add(violation);
        }

        if (undecidable is not null)
        {
            charged[fire] = former;
            Changes.Undecided.Add((fire, undecidable));
        }
    }

    /// <summary>Takes back what this change itself charged a fire with: nobody has heard of it yet.</summary>
    void Uncharge(Fire fire)
    {
        if (charged.Remove(fire, out var former))
        {
            fire.Violates(former);
            Changes.Violations.RemoveAll(v => v.SubjectId == fire.Id);
            Changes.Undecided.RemoveAll(u => u.Fire == fire);
        }
    }

    string NameOf(string code) => rules.Atlas.ByCode.TryGetValue(code, out var county) ? county.Name : code;
}
