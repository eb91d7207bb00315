using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Replay;

namespace Linfen.AirMap.Fires;

/// <summary>Fires as they were known at a moment, told by the log; history, of which no single events tell, as it is.</summary>
static class FireReplay
{
    /// <summary>Null when the log no longer reaches back so far.</summary>
    public static Task<FeatureCollectionResult?> PageAsync(
        DateTimeOffset moment, ListColumns<Fire> columns, ListQuery.Checked page, FireStatus[]? statuses, bool? attributed, FireOptions options, HttpRequest request, AirMapDb db, CancellationToken cancellation)
    {
        var wanted = statuses?.Select(s => s.ToString().ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        return new ReplayedList<Fire>(KnownThen.Fires, "firstSeenAt", columns, (json, fire) => FireFeature.Write(json, fire, options)).PageAsync(
            moment, page,
            rows =>
            {
                var known = rows.Where(f => f.KnownAt <= moment);
                known = statuses is null ? known.Where(f => f.Status != FireStatus.Merged) : known.Where(f => statuses.Contains(f.Status));
                return attributed is null ? known : known.Where(f => f.AttributedTo != null == attributed);
            },
            told => (wanted?.Contains(told.Text("status")!) ?? told.Text("status") != "merged") && (attributed is null || told.Has("attributedTo") == attributed),
            request, db, cancellation);
    }
}
