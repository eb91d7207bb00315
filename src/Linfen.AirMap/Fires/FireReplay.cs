using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Fires;

/// <summary>Fires as they were known at a moment, told by the log.</summary>
static class FireReplay
{
    sealed record Told(Guid Id, string Data);

    /// <summary>
    /// The page of fires that were known by then, each as its last event until then left it; history, of which no single events tell, as it is. Asked for
    /// statuses a page may hold fewer than its limit: the link to the next counts all of them. Null when the log no longer reaches back so far.
    /// </summary>
    public static async Task<FeatureCollectionResult?> PageAsync(
        DateTimeOffset moment, ListColumns<Fire> columns, ListQuery.Checked page, FireStatus[]? statuses, FireOptions options, HttpRequest request, AirMapDb db, CancellationToken cancellation)
    {
        var oldest = await db.Events.AsNoTracking().OrderBy(e => e.Seq).Select(e => new { e.Seq, e.At }).FirstOrDefaultAsync(cancellation);
        if (oldest is { Seq: > 1 } && moment < oldest.At)
        {
            return null;
        }

        var head = await LogPosition.ReadAsync(db, cancellation);
        var seq = await db.Events.AsNoTracking().Where(e => e.At <= moment).OrderByDescending(e => e.Seq).Select(e => e.Seq).FirstOrDefaultAsync(cancellation);
        var (rows, next) = await columns.PageAsync(columns.Filter(db.Fires.AsNoTracking(), page).Where(f => f.KnownAt <= moment), page, request, cancellation);
        var ids = rows.ConvertAll(f => f.Id.ToString()).ToArray();
        var told = (await db.Database.SqlQuery<Told>(
            $"""
            SELECT DISTINCT ON (subject_id) subject_id::uuid AS id, data::text AS data FROM airmap.events
            WHERE subject_id = ANY({ids}) AND type LIKE 'fire.%' AND at <= {moment.UtcDateTime} ORDER BY subject_id, seq DESC
            """).ToListAsync(cancellation)).ToDictionary(t => t.Id, t => t.Data);
        var wanted = statuses?.Select(s => s.ToString().ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        var features = new List<Action<Utf8JsonWriter>>();
        foreach (var row in rows)
        {
            if (told.TryGetValue(row.Id, out var data))
            {
                using var read = JsonDocument.Parse(data);
                var status = read.RootElement.GetProperty("properties").GetProperty("status").GetString()!;
                if (wanted?.Contains(status) ?? status != "merged")
                {
                    features.Add(json => json.WriteRawValue(data));
                }
            }
            else if (row.Status == FireStatus.History && wanted?.Contains("history") != false)
            {
                features.Add(json => FireFeature.Write(json, row, options));
            }
        }

        return new(features, next, new(head.Epoch, seq));
    }
}
