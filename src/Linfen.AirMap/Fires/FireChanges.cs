using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Fires;

/// <summary>What fusion changed, on its way into rows and events.</summary>
sealed class FireChanges(Rulebase rules, FireOptions options)
{
    public List<Fire> Opened { get; } = [];

    /// <summary>Stored fires that took something in or lost it, by id.</summary>
    public Dictionary<Guid, Fire> Changed { get; } = [];

    /// <summary>Fires that lie elsewhere now.</summary>
    public HashSet<Fire> Moved { get; } = [];

    /// <summary>Stored fires that took something in, as they were known before.</summary>
    public Dictionary<Fire, (DateTimeOffset SeenAt, DateTimeOffset ToldAt)> Before { get; } = [];

    /// <summary>Lapsed fires that burn again.</summary>
    public List<Fire> Relit { get; } = [];

    /// <summary>Fires of which a heat source explains all that is left.</summary>
    public HashSet<Fire> Explained { get; } = [];

    /// <summary>Fires of which only history is left.</summary>
    public HashSet<Fire> Forgotten { get; } = [];

    /// <summary>Stored fires that turned out to be one with another.</summary>
    public List<(Fire Lost, Fire Kept)> Merged { get; } = [];

    /// <summary>Sightings that belong to another fire than before.</summary>
    public HashSet<Sighting> Rehung { get; } = [];

    /// <summary>Sightings that are not stored yet.</summary>
    public HashSet<Sighting> Fresh { get; } = [];

    public List<Violation> Violations { get; } = [];

    public List<(Fire Fire, Decision.Undecidable Decision)> Undecided { get; } = [];

    /// <summary>Fires that were opened as history.</summary>
    public int OpenedAsHistory => Opened.Count(f => f.Status == FireStatus.History);

    /// <summary>Hands rows and events to the transaction; <paramref name="writeOpened"/> says how new fires are written.</summary>
    public async Task WriteAsync(LedgerTransaction transaction, Action<IReadOnlyList<Fire>> writeOpened)
    {
        // Those that were opened and changed within the change are written once, as they stand at the end.
        var isNew = Opened.ToHashSet();
        var updated = Changed.Values.Where(f => !isNew.Contains(f)).ToList();
        updated.AddRange(Merged.Select(m => m.Lost));
        if (Opened.Count > 0)
        {
            writeOpened(Opened);
        }

        if (updated.Count > 0)
        {
            foreach (var command in FireRows.UpdateFires(updated, [.. Moved.Where(f => !isNew.Contains(f))]))
            {
                transaction.Write(command);
            }
        }

        if (Merged.Count > 0)
        {
            transaction.Write(FireRows.Rehang(Merged, transaction.KnownAt));
        }

        if (Merged.Count > 0 || Forgotten.Count > 0)
        {
            transaction.Write(FireLaw.DropUndecidables(Merged.Select(m => m.Lost).Concat(Forgotten).Select(f => f.Id)));
        }

        if (Rehung.Where(s => !Fresh.Contains(s)).ToList() is { Count: > 0 } stored)
        {
            transaction.Write(FireRows.Rehang(stored, transaction.KnownAt));
        }

        if (Violations.Count > 0)
        {
            transaction.Write(ViolationRows.Insert(Violations));
        }

        if (Undecided.Count > 0)
        {
            transaction.Write(FireLaw.InsertUndecidables(Undecided, transaction.KnownAt));
        }

        await TellAsync(transaction, updated);
    }

    /// <summary>Events in the order in which things became known.</summary>
    async Task TellAsync(LedgerTransaction transaction, List<Fire> updated)
    {
        foreach (var fire in Opened.Where(f => f.IsLive))
        {
            transaction.Append(fire.IsTied ? EventTypes.FireSplit : EventTypes.FireDetected, fire.County, fire.Id.ToString(), FireFeature.ToText(fire, options),
                fire.LastSeenAt > fire.FirstSeenAt ? new SeenAgain(fire.Id, fire.LastSeenAt, fire.FirstSeenAt, transaction.KnownAt) : null);
        }

        // History is told of as a whole.
        var quiet = Merged.Where(m => m.Kept.Status == FireStatus.History).Select(m => m.Lost).ToHashSet();
        foreach (var fire in updated.Where(f => (f.Status != FireStatus.History || Forgotten.Contains(f)) && !quiet.Contains(f)))
        {
            object? about = fire.MergedInto is { } kept ? new GoesOnIn(fire.Id, kept)
                : fire.IsBurning && Before.TryGetValue(fire, out var before) ? new SeenAgain(fire.Id, fire.LastSeenAt, before.SeenAt, before.ToldAt) : null;
            transaction.Append(fire.Status == FireStatus.Merged ? EventTypes.FireMerged : EventTypes.FireUpdated, fire.County, fire.Id.ToString(), FireFeature.ToText(fire, options), about);
        }

        if (Relit.Count > 0 || Explained.Count > 0 || Forgotten.Count > 0 || Merged.Count > quiet.Count)
        {
            await ReweighAsync(transaction);
        }

        transaction.TellOpened(Violations);

        foreach (var (fire, decision) in Undecided)
        {
            transaction.Append(EventTypes.UndecidableChanged, fire.County, fire.Id.ToString(), FireLaw.UndecidableText(fire, decision));
        }
    }

    /// <summary>A lapsed fire that burns again weighs as it did before; the violation of one that became another's part, or that a heat source explains, ends.</summary>
    async Task ReweighAsync(LedgerTransaction transaction)
    {
        var kept = Merged.Select(m => m.Kept).Concat(Relit).Concat(Explained).Concat(Forgotten).ToHashSet();
        var open = await FireStore.OpenViolationsAsync(transaction.Connection, [.. kept.Select(f => f.Id), .. Merged.Select(m => m.Lost.Id)]);
        var lost = Merged.Select(m => m.Lost.Id).ToHashSet();
        var weighed = open.FindAll(v => lost.Contains(v.SubjectId)
            ? v.Close("merged", transaction.KnownAt, transaction.KnownAt)
            : kept.FirstOrDefault(f => f.Id == v.SubjectId) is { } fire && FireLaw.Reweigh(v, fire, rules.Law));
        if (weighed.Count > 0)
        {
            transaction.Write(ViolationRows.UpdateState(weighed));
            transaction.TellChanged(weighed);
        }
    }
}
