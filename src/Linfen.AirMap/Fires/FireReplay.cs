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
        var ids = fires.ConvertAll(f => (Guid?)f.Id);
        var seen = (await db.Detections.AsNoTracking().Where(d => ids.Contains(d.FireId) && d.KnownAt <= then.Moment).ToListAsync(cancellation)).ToLookup(d => d.FireId, d => Sighting.Of(d, options));
        return fires.ConvertAll(fire =>
        {
            fire.AsHistory([.. seen[fire.Id]], options);
            var text = FireFeature.ToText(fire, options);
            return new ToldThing(fire.Id, text, JsonElement.Parse(text));
        });
    }
}
