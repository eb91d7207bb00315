using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Fires;

/// <summary>What happened to a fire besides being seen, as far as the log is kept: read from how each of its entries differs from the one before.</summary>
static class FireHistory
{
    /// <summary>Entries of the log that are read, the newest: a fire that burns for days is seen thousands of times.</summary>
    const int MostEntries = 2_000;

    /// <summary>Within so many entries of the log lies what one act wrote.</summary>
    const int OneAct = 50;

    /// <param name="Changes">The earliest first.</param>
    public sealed record History(IReadOnlyList<Change> Changes);

    /// <param name="At">When the city knew (commit time).</param>
    /// <param name="What">
    /// <c>known</c>, <c>parted</c> (some of its detections are another fire now), <c>split-off</c> (it was split off another), <c>joined</c> (another goes on in it), <c>merged</c> (it goes on in another),
    /// <c>corroborated</c> (several kinds of sources saw it) and <c>suspected</c> (no longer), <c>attributed</c> and <c>escaped</c> (a heat source explains it, no longer), <c>lapsed</c>, <c>burning</c> (again), <c>verdict</c>.
    /// </param>
    /// <param name="Other">The other fire, where the act concerns one.</param>
    /// <param name="Name">Name of the heat source.</param>
    /// <param name="Verdict">confirmed, out or refuted.</param>
    /// <param name="Reason">Of the verdict.</param>
    public sealed record Change(DateTimeOffset At, string What, Guid? Other = null, string? Name = null, string? Verdict = null, string? Reason = null);

    /// <summary>What an entry of the log says of a fire.</summary>
    internal sealed record Entry(long Seq, DateTimeOffset At, string Type, string Status, int Detections, string? ConfirmedBy, Guid? MergedInto, string? Source, string? Verdict, string? Reason, string? VerdictKnownAt)
    {
        public static Entry Of(EventRow row)
        {
            using var data = JsonDocument.Parse(row.Data);
            var p = data.RootElement.GetProperty("properties");
            var verdict = Part(p, "verdict");
            return new(row.Seq, row.At, row.Type, Text(p, "status") ?? "", p.GetProperty("detections").GetInt32(), Text(p, "confirmedBy"), Guid.TryParse(Text(p, "mergedInto"), out var into) ? into : null,
                Text(Part(p, "attributedTo"), "name"), Text(verdict, "verdict"), Text(verdict, "reason"), Text(verdict, "knownAt"));
        }

        static JsonElement? Part(JsonElement? of, string name) => of is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(name, out var found) ? found : null;

        static string? Text(JsonElement? of, string name) => Part(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
    }

    public static async Task<History> ReadAsync(AirMapDb db, Guid id, CancellationToken cancellation)
    {
        var entries = (await OfFire(db, id).OrderByDescending(e => e.Seq).Take(MostEntries).ToListAsync(cancellation)).ConvertAll(Entry.Of);
        entries.Reverse();
        var joined = await db.Fires.AsNoTracking().Where(f => f.MergedInto == id).Select(f => f.Id).ToListAsync(cancellation);
        var changes = Changes(entries);
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i] is (var parted, { What: "parted" }))
            {
                changes[i] = (parted, changes[i].Change with { Other = await PartedAsync(db, parted, cancellation) });
            }
        }

        foreach (var other in joined)
        {
            // Where it was split off again and merged anew, the last time counts.
            if (await OfFire(db, other).Where(e => e.Type == EventTypes.FireMerged).OrderByDescending(e => e.Seq).FirstOrDefaultAsync(cancellation) is { } merged)
            {
                changes.Add((Entry.Of(merged), new(merged.At, "joined", other)));
            }
        }

        return new([.. changes.OrderBy(c => c.Entry.Seq).Select(c => c.Change with { At = c.Change.At.ToOffset(Beijing.Offset) })]);
    }

    static IQueryable<EventRow> OfFire(AirMapDb db, Guid id)
    {
        var subject = id.ToString();
        return db.Events.AsNoTracking().Where(e => e.SubjectId == subject && EF.Functions.Like(e.Type, "fire.%"));
    }

    /// <summary>The fire that the same act made of what left this one.</summary>
    static async Task<Guid?> PartedAsync(AirMapDb db, Entry entry, CancellationToken cancellation)
    {
        var made = await db.Events.AsNoTracking()
            .Where(e => e.Seq > entry.Seq - OneAct && e.Seq < entry.Seq + OneAct && e.At == entry.At && (e.Type == EventTypes.FireSplit || e.Type == EventTypes.FireDetected))
            .Select(e => new { e.Type, e.SubjectId }).ToListAsync(cancellation);
        var split = made.FindAll(e => e.Type == EventTypes.FireSplit);
        return (split.Count > 0 ? split : made) is [var one] ? Guid.Parse(one.SubjectId!) : null;
    }

    /// <param name="entries">Of one fire, the earliest first.</param>
    internal static List<(Entry Entry, Change Change)> Changes(IReadOnlyList<Entry> entries)
    {
        var changes = new List<(Entry, Change)>();
        Entry? before = null;
        foreach (var entry in entries)
        {
            changes.AddRange(Between(before, entry).Select(change => (entry, change)));
            before = entry;
        }

        return changes;
    }

    static IEnumerable<Change> Between(Entry? before, Entry now)
    {
        if (now.Type == EventTypes.FireMerged)
        {
            yield return new(now.At, "merged", now.MergedInto);
            yield break;
        }

        if (before is null)
        {
            if (now.Type == EventTypes.FireUpdated)
            {
                // What came before is forgotten: nobody knows what of it is new.
                yield break;
            }

            yield return new(now.At, now.Type == EventTypes.FireSplit ? "split-off" : "known");
        }
        else if (now.Detections < before.Detections)
        {
            yield return new(now.At, "parted");
        }

        if (now.Source != before?.Source && (now.Source ?? before?.Source) is { } source)
        {
            yield return new(now.At, now.Source is null ? "escaped" : "attributed", Name: source);
        }

        if (now.Verdict is not null && (now.Verdict, now.Reason, now.VerdictKnownAt) != (before?.Verdict, before?.Reason, before?.VerdictKnownAt))
        {
            yield return new(now.At, "verdict", Verdict: now.Verdict, Reason: now.Reason);
        }
        else if (now.ConfirmedBy == "sources" != (before?.ConfirmedBy == "sources"))
        {
            yield return new(now.At, now.ConfirmedBy == "sources" ? "corroborated" : "suspected");
        }

        if (now.Status == "lapsed" != (before?.Status == "lapsed") && (now.Status == "lapsed" || now.Status is "suspected" or "confirmed"))
        {
            yield return new(now.At, now.Status == "lapsed" ? "lapsed" : "burning");
        }
    }
}
