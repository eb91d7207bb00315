using Linfen.AirMap.Fires.Fusion;

namespace Linfen.AirMap.Fires;

/// <summary>What hangs together is grouped anew.</summary>
sealed partial class FireFusion
{
    /// <summary>A change in one week decides at the turns of the weeks beside it, and their fires at the next ones; it never reaches further.</summary>
    const int WeeksAround = 2;

    /// <summary>More than this is not grouped again: thousands of sightings that hang together are one blaze, whoever adds to it.</summary>
    const int MostRegrouped = 20_000;

    /// <summary>Groups everything that hangs together with the sightings that could not be placed alone.</summary>
    public async Task SettleAsync()
    {
        if (unsettled.Count > 0)
        {
            Settle(await HangingTogetherAsync(unsettled));
            unsettled.Clear();
        }
    }

    /// <summary>Groups everything anew that hangs together with these, after somebody said something of them.</summary>
    public async Task RegroupAsync(IReadOnlyList<Sighting> spokenOf) => Settle(await HangingTogetherAsync(spokenOf));

    async Task<List<Sighting>> HangingTogetherAsync(IReadOnlyList<Sighting> from)
    {
        var whole = new List<Sighting>(from);
        var seen = new HashSet<Sighting>(from);
        var weeks = from.Select(s => FireWeek.Of(s.At)).Distinct().SelectMany(w => Enumerable.Range(-WeeksAround, 2 * WeeksAround + 1), (w, by) => w + by).ToHashSet();
        for (var i = 0; i < whole.Count && whole.Count < MostRegrouped; i++)
        {
            var sighting = whole[i];
            await LoadAsync([sighting.Fire is { } fire ? (Earlier(fire.FirstSeenAt, sighting.At), Later(fire.LastSeenAt, sighting.At)) : (sighting.At, sighting.At)]);
            whole.AddRange(index.Near(sighting, seen).Where(IsWithin));
            foreach (var tie in sighting.Ties)
            {
                whole.AddRange(index.OfAct(tie.Act).Where(IsWithin));
            }
        }

        return whole;

        bool IsWithin(Sighting s) => weeks.Contains(FireWeek.Of(s.At)) && seen.Add(s);

        static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

        static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    }

    /// <summary>Makes fires of groups: a fire goes on in the group of its earliest sighting, and of several in one group the first.</summary>
    void Settle(List<Sighting> whole)
    {
        whole.Sort(Sighting.Compare);
        var numbers = Grouping.Of(whole, options);
        var groups = whole.Select((s, i) => (Sighting: s, Group: numbers[i])).GroupBy(s => s.Group, s => s.Sighting).Select(g => g.ToList()).ToList();
        var homes = new Dictionary<Fire, (List<Sighting> Group, Sighting Earliest)>();
        foreach (var group in groups)
        {
            // Sightings of a group are in their order, groups are not: the earlier member decides.
            foreach (var first in group.Where(s => s.Fire is not null).DistinctBy(s => s.Fire))
            {
                if (!homes.TryGetValue(first.Fire!, out var home) || Sighting.Compare(first, home.Earliest) < 0)
                {
                    homes[first.Fire!] = (group, first);
                }
            }
        }

        var goingOn = homes.ToLookup(h => h.Value.Group, h => h.Key);
        var settled = new List<(List<Sighting> Group, Fire? Fire)>();
        foreach (var group in groups)
        {
            var fires = goingOn[group].ToList();
            var kept = fires.Count == 0 ? null : First(fires);
            fires.FindAll(f => f != kept).ForEach(f => Merge(kept!, f));
            settled.Add((group, kept));
        }

        var uneasy = new HashSet<Fire>();
        foreach (var (group, fire) in settled)
        {
            if (fire is null && group[0].Fire is { } left)
            {
                uneasy.Add(left);
            }

            var kept = fire ?? Open(group[0]);
            foreach (var sighting in group.Where(s => s.Fire != kept))
            {
                if (sighting.Fire is { } before)
                {
                    uneasy.UnionWith([before, kept]);
                    Rehang(sighting, kept);
                }
                else
                {
                    Join(kept, sighting);
                }
            }
        }

        foreach (var fire in uneasy)
        {
            Recount(fire);
        }
    }
}
