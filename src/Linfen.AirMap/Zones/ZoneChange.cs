using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Rulings;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Zones;

/// <summary>One action on one zone, as one change.</summary>
/// <param name="seen">ETag of the version that the caller saw; null where he need not have seen any.</param>
/// <param name="act">Does it to the versions, the newest first; returns why not, or null.</param>
sealed class ZoneChange(
    Guid id, string action, string? seen, Bench bench, ZoneMeasures measures, Func<Gazette, List<ZoneVersion>, ZoneRefusal?> act) : LedgerChange
{
    Rulebase? made;

    public ZoneRefusal? Refusal { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var versions = await db.ZoneVersions.AsNoTracking().Where(z => z.Id == id).OrderByDescending(z => z.Version).ToListAsync();
        if (seen is not null && versions is [var latest, ..] && ZoneSight.Holds(By.Scope, measures.CountiesOf(latest.Shape)) && latest.ETag != seen)
        {
            Refusal = ZoneRefusal.VersionDiffers(latest);
            return;
        }

        var gazette = new Gazette(transaction, await bench.RulesAsync(transaction, db), measures, By.Name);
        var before = versions is [var newest, ..] ? ZoneFeature.ToText(newest, measures.Of(newest)) : null;
        Refusal = versions is [var stored, ..] && !ZoneSight.Holds(By.Scope, measures.CountiesOf(stored.Shape)) ? ZoneRefusal.NotFound : act(gazette, versions);
        if (Refusal is null && gazette.Last is { } last && !ZoneSight.Holds(By.Scope, measures.CountiesOf(last.Shape)))
        {
            Refusal = ZoneRefusal.OutsideScope;
        }

        if (Refusal is null)
        {
            transaction.Audit(AuditEntry.Done(
                action, "zone", id, null, before, gazette.Last is { } now ? ZoneFeature.ToText(now, measures.Of(now.Shape)) : null));
        }

        made = Refusal is null ? gazette.Write() : null;
    }

    public override void Committed(LedgerTransaction transaction)
    {
        if (made is not null)
        {
            bench.Adopt(made with { Epoch = transaction.Epoch, Seq = transaction.LawSeq });
        }
    }
}
