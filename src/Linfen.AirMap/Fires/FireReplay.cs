using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Replay;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Fires;

/// <summary>Fires as they were known at a moment, told by the log; history, of which no single events tell, by its detections that were known then.</summary>
static class FireReplay
{
    /// <summary>Null when the log no longer reaches back so far.</summary>
    public static Task<FeatureCollectionResult?> PageAsync(
        DateTimeOffset moment, ListColumns<Fire> columns, ListQuery.Checked page, FireStatus[]? statuses, bool? attributed, FireOptions options, HttpRequest request, AirMapDb db, CancellationToken cancellation)
    {
        var wanted = statuses?.Select(s => s.ToString().ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return new ReplayedList<Fire>(KnownThen.Fires, "firstSeenAt", columns, (json, fire) => FireFeature.Write(json, fire, options), (then, token) => HistoryThenAsync(then, options, db, token)).PageAsync(
            moment, page,
            rows =>
            {
                var known = rows.Where(f => f.KnownAt <= moment && ((f.Status != FireStatus.History && f.Status != FireStatus.Merged) || f.UpdatedAt <= moment));
                known = statuses is null ? known.Where(f => f.Status != FireStatus.Merged) : known.Where(f => statuses.Contains(f.Status));
                return attributed is null ? known : known.Where(f => f.AttributedTo != null == attributed);
            },
            told => (wanted?.Contains(told.Text("status")!) ?? told.Text("status") != "merged") && (attributed is null || told.Has("attributedTo") == attributed),
            request, db, cancellation);
    }

    /// <summary>What was history then and has grown, woken or become part of another fire since.</summary>
    static async Task<IEnumerable<ToldThing>> HistoryThenAsync(KnownThen then, FireOptions options, AirMapDb db, CancellationToken cancellation)
    {
        var fires = await db.Fires.FromSqlRaw(KnownThen.HistoryThen, then.Place.Seq, then.Moment.ToUniversalTime()).AsNoTracking().ToListAsync(cancellation);
        var moment = then.Moment.ToUniversalTime();
        HashSet<Guid> ids = [.. fires.Select(f => f.Id)];
        var members = await MembersThenAsync(ids, moment, options, db, cancellation);
        var left = (await db.FireStays.AsNoTracking().Where(s => ids.Contains(s.FireId) && s.UntilAt <= moment).ToListAsync(cancellation)).ToLookup(s => s.FireId, s => s.UntilAt);
        var charges = fires.ConvertAll(f => f.ViolationId);
        var charged = (await db.Violations.Where(v => charges.Contains(v.Id) && v.KnownAt <= moment).Select(v => v.Id).ToListAsync(cancellation)).ToHashSet();
        return fires.ConvertAll(fire =>
        {
            fire.AsHistory(
                [.. members[fire.Id].Select(m => m.Sighting)], options, members[fire.Id].Select(m => m.Since).Concat(left[fire.Id]).DefaultIfEmpty(fire.KnownAt).Max(),
                fire.ViolationId is { } violation && charged.Contains(violation) ? violation : null);
            var text = FireFeature.ToText(fire, options);
            return new ToldThing(fire.Id, text, JsonElement.Parse(text));
        });
    }

    /// <summary>What these fires rested on then, of what was known, and since when.</summary>
    static async Task<ILookup<Guid, (Sighting Sighting, DateTimeOffset Since)>> MembersThenAsync(
        HashSet<Guid> fires, DateTimeOffset moment, FireOptions options, AirMapDb db, CancellationToken cancellation)
    {
        var known = db.Detections.AsNoTracking().Where(d => d.KnownAt <= moment);
        var gone = db.FireStays.Where(s => fires.Contains(s.FireId) && s.UntilAt > moment).Select(s => s.DetectionId);
        var seen = await known.Where(d => fires.Contains(d.FireId!.Value)).ToListAsync(cancellation);
        seen.AddRange(await known.Where(d => gone.Contains(d.Id)).ToListAsync(cancellation));
        var ids = seen.ConvertAll(d => d.Id);
        var stays = (await db.FireStays.AsNoTracking().Where(s => ids.Contains(s.DetectionId)).OrderBy(s => s.UntilAt).ToListAsync(cancellation)).ToLookup(s => s.DetectionId);
        // What has moved since rested with the fire that it left first; what had moved before came to it from the one that it left last.
        return seen.DistinctBy(d => d.Id).ToLookup(
            d => stays[d.Id].FirstOrDefault(s => s.UntilAt > moment)?.FireId ?? d.FireId!.Value,
            d => (Sighting.Of(d, options), stays[d.Id].LastOrDefault(s => s.UntilAt <= moment)?.UntilAt ?? d.KnownAt));
    }
}
