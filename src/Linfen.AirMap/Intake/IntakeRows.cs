using Linfen.AirMap.Data;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Plan;
using Npgsql;

namespace Linfen.AirMap.Intake;

/// <summary>The bulk statements of the intake's own tables: feeds and quarantine.</summary>
static class IntakeRows
{
    public static NpgsqlBatchCommand UpsertFeeds(IReadOnlyList<NewDetection> stored, DateTimeOffset knownAt)
    {
        var feeds = stored.GroupBy(d => (d.Seen.Feed, d.Seen.SourceKind, d.Seen.Simulated)).ToList();
        return Column.Command(
            """
            INSERT INTO feeds AS f (feed, source_kind, simulated, last_known_at, last_occurred_at, day, today)
            SELECT feed, source_kind, simulated, $5, last_occurred_at, $6, today FROM unnest($1, $2, $3, $4, $7) AS r(feed, source_kind, simulated, last_occurred_at, today)
            ON CONFLICT (feed, source_kind, simulated) DO UPDATE SET last_known_at = excluded.last_known_at,
                last_occurred_at = greatest(f.last_occurred_at, excluded.last_occurred_at),
                today = CASE WHEN f.day = excluded.day THEN f.today + excluded.today ELSE excluded.today END, day = excluded.day
            """,
            Column.Texts(feeds.Select(f => f.Key.Feed)),
            Column.Smalls(feeds.Select(f => (short)f.Key.SourceKind)),
            Column.Flags(feeds.Select(f => f.Key.Simulated)),
            Column.Times(feeds.Select(f => f.Max(d => d.Seen.OccurredAt))),
            Column.Time(knownAt),
            new NpgsqlParameter<DateOnly> { TypedValue = Beijing.DayOf(knownAt) },
            Column.Integers(feeds.Select(f => f.Count())));
    }

    /// <summary>What is stored now is no longer held back. The quarantine is empty nearly always, and then this looks no further.</summary>
    public static NpgsqlBatchCommand Release(IReadOnlyList<NewDetection> stored) => Column.Command(
        """
        DELETE FROM quarantined_detections q USING unnest($1, $2, $3, $4) AS r(detection_id, feed, source_kind, simulated)
        WHERE EXISTS (SELECT FROM quarantined_detections)
            AND q.detection_id = r.detection_id AND q.feed = r.feed AND q.source_kind = r.source_kind AND q.simulated = r.simulated
        """,
        Column.Texts(stored.Select(d => d.Seen.DetectionId)),
        Column.Texts(stored.Select(d => d.Seen.Feed)),
        Column.Smalls(stored.Select(d => (short)d.Seen.SourceKind)),
        Column.Flags(stored.Select(d => d.Seen.Simulated)));

    /// <summary>Keeps what claims to be of the future; the same again replaces what it said.</summary>
    public static NpgsqlBatchCommand Quarantine(IReadOnlyList<Arrival> held, DateTimeOffset knownAt) => Column.Command(
        """
        INSERT INTO quarantined_detections (detection_id, feed, source_kind, occurred_at, known_at, longitude, latitude, reason, simulated)
        SELECT DISTINCT ON (detection_id, feed, source_kind, simulated) detection_id, feed, source_kind, occurred_at, $8, longitude, latitude, 'time-in-the-future', simulated
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS r(detection_id, feed, source_kind, occurred_at, longitude, latitude, simulated)
        ON CONFLICT (detection_id, feed, source_kind, simulated) DO UPDATE SET occurred_at = excluded.occurred_at, longitude = excluded.longitude, latitude = excluded.latitude
        """,
        Column.Texts(held.Select(a => a.Seen.DetectionId)),
        Column.Texts(held.Select(a => a.Seen.Feed)),
        Column.Smalls(held.Select(a => (short)a.Seen.SourceKind)),
        Column.Times(held.Select(a => a.Seen.OccurredAt)),
        Column.Numbers(held.Select(a => a.Seen.Position.Lon)),
        Column.Numbers(held.Select(a => a.Seen.Position.Lat)),
        Column.Flags(held.Select(a => a.Seen.Simulated)),
        Column.Time(knownAt));
}
