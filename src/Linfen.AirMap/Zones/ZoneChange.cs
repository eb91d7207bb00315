using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Rulings;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Zones;

/// <summary>One action on one zone, as one change.</summary>
/// <param name="seen">ETag of the version that the caller saw; null where he need not have seen any.</param>
/// <param name="act">Does it to the versions, the newest first; returns why not, or null.</param>
sealed class ZoneChange(
    Guid id, string? seen, Bench bench, ZoneMeasures measures, string by, Func<Gazette, List<ZoneVersion>, ZoneRefusal?> act) : LedgerChange
{
    Rulebase? made;

    public ZoneRefusal? Refusal { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var versions = await db.ZoneVersions.AsNoTracking().Where(z => z.Id == id).OrderByDescending(z => z.Version).ToListAsync();
        if (seen is not null && versions is [var latest, ..] && latest.ETag != seen)
        {
            Refusal = ZoneRefusal.VersionDiffers(latest);
            return;
        }

        var gazette = new Gazette(transaction, await bench.RulesAsync(transaction, db), measures, by);
        Refusal = act(gazette, versions);
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
