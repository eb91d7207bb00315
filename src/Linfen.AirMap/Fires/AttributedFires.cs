using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Violations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Fires;

/// <summary>
/// Decides open fires again when a heat source is approved, changed, dismissed or deleted: those it now explains are attributed and their
/// violations close; those it explains no longer are suspected again, with a violation.
/// </summary>
sealed class AttributedFires(FireIndex index, IOptions<FireOptions> options) : IHeatFollower
{
    public async Task FollowAsync(LedgerTransaction transaction, AirMapDb db, Rulebase rules, IReadOnlyList<HeatSourceInForce> touched)
    {
        index.Revalidate(transaction.Head);
        var fires = await NearAsync(db, touched);
        var detections = await DetectionsAsync(db, fires);
        List<Fire> attributed = [];
        List<Violation> opened = [];
        List<(Fire Fire, Decision.Undecidable Decision)> undecided = [];
        List<Fire> changed = [];
        foreach (var fire in fires)
        {
            var source = fire.ConfirmedAt is null ? FireLaw.ExplainAll(detections[fire.Id].Select(d => Sighting.Of(d, options.Value)), rules) : null;
            if (!fire.Attribute(source, transaction.KnownAt))
            {
                continue;
            }

            changed.Add(fire);
            if (source is not null)
            {
                attributed.Add(fire);
            }
            else if (rules.Atlas.ByCode.TryGetValue(fire.County, out var county))
            {
                var (violation, undecidable) = FireLaw.Charge(
                    fire, county, [.. detections[fire.Id].Select(d => d.Id)], fire.FirstSeenAt, fire.LastSeenAt, rules, transaction.KnownAt);
                opened.AddRange(violation is null ? [] : [violation]);
                undecided.AddRange(undecidable is null ? [] : [(fire, undecidable)]);
            }
        }

        if (changed.Count > 0)
        {
            var byId = attributed.ToDictionary(f => f.Id);
            var closed = (await FireStore.OpenViolationsAsync(transaction.Connection, byId.Keys)).FindAll(v => FireLaw.Reweigh(v, byId[v.SubjectId], rules.Law));
            Write(transaction, changed, attributed, closed, opened, undecided);
        }
    }

    /// <summary>Open fires that the sources may reach, as intake's own copies where it has them, so that it sees the change.</summary>
    async Task<List<Fire>> NearAsync(AirMapDb db, IReadOnlyList<HeatSourceInForce> touched)
    {
        var found = new Dictionary<Guid, Fire>();
        var ids = touched.Select(h => (Guid?)h.Id).Distinct().ToArray();
        var near = await db.Fires.AsNoTracking().Where(f => f.Status <= FireStatus.Lapsed && ids.Contains(f.AttributedTo)).ToListAsync();
        foreach (var bounds in touched.Select(h => h.Bounds))
        {
            near.AddRange(await db.Fires.AsNoTracking()
                .Where(f => f.Status <= FireStatus.Lapsed && f.Position.X >= bounds.MinX && f.Position.X <= bounds.MaxX && f.Position.Y >= bounds.MinY && f.Position.Y <= bounds.MaxY)
                .ToListAsync());
        }

        foreach (var fire in near)
        {
            found.TryAdd(fire.Id, index.Find(fire.Id) ?? fire);
        }

        return [.. found.Values.OrderBy(f => f.FirstSeenAt).ThenBy(f => f.Id)];
    }

    static async Task<ILookup<Guid, Detection>> DetectionsAsync(AirMapDb db, List<Fire> fires)
    {
        var ids = fires.ConvertAll(f => (Guid?)f.Id).ToArray();
        var rows = await db.Detections.AsNoTracking().Where(d => ids.Contains(d.FireId)).OrderBy(d => d.OccurredAt).ThenBy(d => d.Id).ToListAsync();
        return rows.ToLookup(d => d.FireId!.Value);
    }

    void Write(
        LedgerTransaction transaction, List<Fire> changed, List<Fire> attributed, List<Violation> closed, List<Violation> opened, List<(Fire Fire, Decision.Undecidable Decision)> undecided)
    {
        foreach (var command in FireRows.UpdateFires(changed, []))
        {
            transaction.Write(command);
        }

        changed.ForEach(f => transaction.Append(EventTypes.FireUpdated, f.County, f.Id.ToString(), FireFeature.ToText(f, options.Value),
            f is { IsAttributed: false, IsBurning: true } ? new SeenAgain(f.Id, f.LastSeenAt, f.FirstSeenAt, transaction.KnownAt) : null));
        if (closed.Count > 0)
        {
            transaction.Write(ViolationRows.UpdateState(closed));
            transaction.TellChanged(closed);
        }

        if (attributed.Count > 0)
        {
            transaction.Write(Column.Command("DELETE FROM undecidables WHERE subject_id = ANY($1)", Column.Uuids(attributed.Select(f => f.Id))));
        }

        if (opened.Count > 0)
        {
            transaction.Write(ViolationRows.Insert(opened));
            transaction.TellOpened(opened);
        }

        if (undecided.Count > 0)
        {
            transaction.Write(FireLaw.InsertUndecidables(undecided, transaction.KnownAt));
            undecided.ForEach(u => transaction.Append(EventTypes.UndecidableChanged, u.Fire.County, u.Fire.Id.ToString(), FireLaw.UndecidableText(u.Fire, u.Decision)));
        }
    }

    public void Committed(LedgerTransaction transaction) => index.Advance(transaction.Last);

    public void Failed() => index.Forget();
}
