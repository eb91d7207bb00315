using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;

namespace Linfen.AirMap.Fires;

/// <summary>Why a fire is not split or merged as somebody wants.</summary>
enum TieRefusal
{
    None,

    /// <summary>There is no such fire, or it lies in another county than the caller's.</summary>
    NoSuchFire,

    /// <summary>It went on in another.</summary>
    Merged,

    /// <summary>Some of the detections belong to other fires.</summary>
    NotItsDetections,

    /// <summary>Nothing would be left.</summary>
    NothingLeft,

    /// <summary>Of two fires one has a verdict and the other burns.</summary>
    Closed,

    /// <summary>One is simulated.</summary>
    Mixed,

    /// <summary>More than a week lies between their first and last sightings.</summary>
    TooLong,

    /// <summary>One cannot be merged with itself.</summary>
    Same,
}

/// <summary>Somebody says of detections which fire they are: what a split and a merge have in common.</summary>
abstract class FireTieChange(FireIndex index, Rulebase rules, FireOptions options) : LedgerChange
{
    public TieRefusal Refusal { get; protected set; }

    /// <summary>The fire that was split off, or that goes on.</summary>
    public Fire? Fire { get; protected set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        index.Revalidate(transaction.Head);
        var fusion = new FireFusion(index, rules, options, transaction, new());
        if (await SpeakAsync(transaction, fusion) is { } spoken)
        {
            await fusion.RegroupAsync([.. spoken.Select(t => t.Sighting)]);
            await fusion.Changes.WriteAsync(transaction, opened => transaction.Write(FireRows.InsertFires(opened)));
            transaction.Write(FireRows.InsertTies(spoken));
        }
    }

    /// <summary>What is said; null when it is refused.</summary>
    protected abstract Task<List<(Sighting Sighting, Tie Tie)>?> SpeakAsync(LedgerTransaction transaction, FireFusion fusion);

    protected List<(Sighting Sighting, Tie Tie)>? Refuse(TieRefusal why)
    {
        Refusal = why;
        return null;
    }

    /// <summary>A fire with all it rests on, in memory.</summary>
    protected async Task<Fire?> FindAsync(LedgerTransaction transaction, FireFusion fusion, Guid id)
    {
        var stored = await FireStore.FindAsync(transaction.Connection, id);
        if (stored is null || !transaction.By.Scope.Holds(stored.County))
        {
            Refusal = TieRefusal.NoSuchFire;
            return null;
        }

        if (stored.Status == FireStatus.Merged)
        {
            Refusal = TieRefusal.Merged;
            return null;
        }

        await fusion.LoadAsync([(stored.FirstSeenAt, stored.LastSeenAt)]);
        return index.Find(id);
    }

    protected void Tie(List<(Sighting, Tie)> spoken, IEnumerable<Sighting> sightings, Tie tie)
    {
        foreach (var sighting in sightings.ToList())
        {
            index.Tie(sighting, tie);
            spoken.Add((sighting, tie));
        }
    }

    public override void Committed(LedgerTransaction transaction) => index.Advance(transaction.Last);

    public override void Failed() => index.Forget();
}

/// <summary>Some detections of a fire are another fire, and stay it whatever else is seen.</summary>
sealed class SplitChange(Guid id, IReadOnlySet<Guid> parted, string? reason, FireIndex index, Rulebase rules, FireOptions options) : FireTieChange(index, rules, options)
{
    readonly FireIndex index = index;

    protected override async Task<List<(Sighting Sighting, Tie Tie)>?> SpeakAsync(LedgerTransaction transaction, FireFusion fusion)
    {
        if (await FindAsync(transaction, fusion, id) is not { } from)
        {
            return null;
        }

        var members = index.MembersOf(from);
        var (leaving, staying) = (members.Where(s => parted.Contains(s.Id)).ToList(), members.Where(s => !parted.Contains(s.Id)).ToList());
        if (leaving.Count != parted.Count)
        {
            return Refuse(TieRefusal.NotItsDetections);
        }

        if (staying.Count == 0)
        {
            return Refuse(TieRefusal.NothingLeft);
        }

        if (from.IsClosed)
        {
            return Refuse(TieRefusal.Closed);
        }

        var act = Guid.CreateVersion7(transaction.KnownAt);
        var spoken = new List<(Sighting, Tie)>();
        Tie(spoken, staying, new(act, TieSide.Stayed));
        Tie(spoken, leaving, new(act, TieSide.Parted));
        Fire = fusion.SplitOff(from, leaving);
        transaction.Audit(AuditEntry.Done("fire.split", "fire", id, from.County, null, $"{{\"into\":\"{Fire.Id}\",\"detections\":{leaving.Count},\"reason\":{System.Text.Json.JsonSerializer.Serialize(reason)}}}"));
        return spoken;
    }
}

/// <summary>Two fires are one, whatever lies between them.</summary>
sealed class MergeChange(Guid id, Guid with, string? reason, FireIndex index, Rulebase rules, FireOptions options) : FireTieChange(index, rules, options)
{
    readonly FireIndex index = index;

    protected override async Task<List<(Sighting Sighting, Tie Tie)>?> SpeakAsync(LedgerTransaction transaction, FireFusion fusion)
    {
        if (id == with)
        {
            return Refuse(TieRefusal.Same);
        }

        if (await FindAsync(transaction, fusion, id) is not { } one || await FindAsync(transaction, fusion, with) is not { } other)
        {
            return null;
        }

        if (one.Simulated != other.Simulated)
        {
            return Refuse(TieRefusal.Mixed);
        }

        if (Latest(one, other) - Earliest(one, other) > FireWeek.Longest)
        {
            return Refuse(TieRefusal.TooLong);
        }

        if (one.IsClosed || other.IsClosed)
        {
            return Refuse(TieRefusal.Closed);
        }

        var act = Guid.CreateVersion7(transaction.KnownAt);
        var spoken = new List<(Sighting, Tie)>();
        Tie(spoken, index.MembersOf(one).Concat(index.MembersOf(other)), new(act, TieSide.Together));
        Fire = fusion.MergeByHand(one, other);
        transaction.Audit(AuditEntry.Done("fire.merged", "fire", Fire.Id, Fire.County, null, $"{{\"taken\":\"{(Fire == one ? with : id)}\",\"reason\":{System.Text.Json.JsonSerializer.Serialize(reason)}}}"));
        return spoken;
    }

    static DateTimeOffset Earliest(Fire one, Fire other) => one.FirstSeenAt < other.FirstSeenAt ? one.FirstSeenAt : other.FirstSeenAt;

    static DateTimeOffset Latest(Fire one, Fire other) => one.LastSeenAt > other.LastSeenAt ? one.LastSeenAt : other.LastSeenAt;
}
