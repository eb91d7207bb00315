using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Plan;
using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Feeds;

/// <summary>Takes the turn of asking a feed, so that of several processes one asks. Whoever dies over it loses the turn when <paramref name="lease"/> is over.</summary>
/// <param name="own">Until when the asking process still has its last turn, where it could not write down how that went.</param>
sealed class FeedClaim(PolledFeed feed, TimeSpan lease, DateTimeOffset? own) : LedgerChange
{
    public bool IsGranted { get; private set; }

    public DateTimeOffset LeasedUntil { get; private set; }

    public DateTimeOffset? CoveredUntil { get; private set; }

    public int Failures { get; private set; }

    /// <summary>Where the turn is not granted: when it is due.</summary>
    public DateTimeOffset? NextPollAt { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        LeasedUntil = transaction.KnownAt + lease;
        await using (var claim = new NpgsqlCommand(
            """
            INSERT INTO feed_watches AS w (feed, source_kind, kind, since, next_poll_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (feed, source_kind) DO UPDATE SET kind = excluded.kind, next_poll_at = excluded.next_poll_at,
                since = CASE WHEN w.kind IS NOT DISTINCT FROM excluded.kind THEN w.since ELSE excluded.since END
            WHERE w.next_poll_at IS NULL OR w.next_poll_at <= excluded.since OR w.next_poll_at = $6 RETURNING covered_until, failures
            """,
            transaction.Connection)
        {
            Parameters =
            {
                FeedColumn.Text(feed.Name), FeedColumn.Small((short)feed.SourceKind), FeedColumn.Text(feed.Kind), Column.Time(transaction.KnownAt), Column.Time(LeasedUntil), FeedColumn.Time(own),
            },
        })
        {
            await using var granted = await claim.ExecuteReaderAsync();
            if (await granted.ReadAsync())
            {
                (IsGranted, CoveredUntil, Failures) = (true, await granted.IsDBNullAsync(0) ? null : granted.GetFieldValue<DateTimeOffset>(0), granted.GetInt32(1));
                transaction.WroteAtOnce();
                return;
            }
        }

        await using var due = new NpgsqlCommand("SELECT next_poll_at FROM feed_watches WHERE feed = $1 AND source_kind = $2", transaction.Connection)
        {
            Parameters = { FeedColumn.Text(feed.Name), FeedColumn.Small((short)feed.SourceKind) },
        };
        NextPollAt = await due.ExecuteScalarAsync() is DateTime at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
    }
}

/// <summary>How a poll went.</summary>
/// <param name="nextPollAt">Null where the feed looks at this machine only.</param>
sealed class FeedPolled(PolledFeed feed, PollOutcome outcome, DateTimeOffset? nextPollAt) : LedgerChange
{
    public override Task ApplyAsync(LedgerTransaction transaction)
    {
        var fault = outcome.Fault;
        transaction.Write(Column.Command(
            """
            INSERT INTO feed_watches AS w (feed, source_kind, kind, since, last_polled_at, last_good_at, covered_until, error_code, error, error_at, failures, next_poll_at, last_stored_at,
                last_occurred_at, day, today)
            VALUES ($1, $2, $3, $4, $4, CASE WHEN $5 THEN $4 END, $6, $7, $8, CASE WHEN $7 IS NULL THEN NULL ELSE $4 END, CASE WHEN $7 IS NULL THEN 0 ELSE 1 END, $9,
                CASE WHEN $10 > 0 THEN $4 END, CASE WHEN $10 > 0 THEN $11 END, $12, $10)
            ON CONFLICT (feed, source_kind) DO UPDATE SET kind = excluded.kind, last_polled_at = excluded.last_polled_at, last_good_at = coalesce(excluded.last_good_at, w.last_good_at),
                covered_until = greatest(w.covered_until, excluded.covered_until), error_code = excluded.error_code, error = excluded.error, error_at = excluded.error_at,
                failures = CASE WHEN excluded.error_code IS NULL THEN 0 ELSE w.failures + 1 END, next_poll_at = excluded.next_poll_at,
                last_stored_at = coalesce(excluded.last_stored_at, w.last_stored_at), last_occurred_at = greatest(w.last_occurred_at, excluded.last_occurred_at),
                today = CASE WHEN w.day = excluded.day THEN w.today + excluded.today ELSE excluded.today END, day = excluded.day
            """,
            FeedColumn.Text(feed.Name),
            FeedColumn.Small((short)feed.SourceKind),
            FeedColumn.Text(feed.Kind),
            Column.Time(transaction.KnownAt),
            new NpgsqlParameter<bool> { TypedValue = outcome.IsGood },
            FeedColumn.Time(outcome.CoveredUntil),
            FeedColumn.Text(fault?.Code),
            FeedColumn.Text(fault?.Words),
            FeedColumn.Time(nextPollAt),
            new NpgsqlParameter<long> { TypedValue = outcome.Stored },
            FeedColumn.Time(outcome.NewestAt),
            new NpgsqlParameter<DateOnly> { TypedValue = Beijing.DayOf(transaction.KnownAt) }));
        return Task.CompletedTask;
    }
}

/// <summary>A feed gave a sign of life that stored nothing new.</summary>
sealed class FeedHeard(string feed, SourceKind sourceKind) : LedgerChange
{
    public override Task ApplyAsync(LedgerTransaction transaction)
    {
        transaction.Write(Column.Command(
            "UPDATE feed_watches SET last_good_at = $3 WHERE feed = $1 AND source_kind = $2", FeedColumn.Text(feed), FeedColumn.Small((short)sourceKind), Column.Time(transaction.KnownAt)));
        return Task.CompletedTask;
    }
}

/// <summary>
/// Tells of feeds that went stale and of those that are back. Looks again inside the transaction: what another process told meanwhile is told by <c>stale_since</c>.
/// </summary>
sealed class FeedTurns(FeedBook book, DateTimeOffset listeningSince) : LedgerChange
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        foreach (var standing in (await book.ReadAsync(db, transaction.KnownAt, CancellationToken.None)).Where(s => s.IsTurned(listeningSince, transaction.KnownAt)))
        {
            var item = standing.Item;
            transaction.Write(Column.Command(
                """
                INSERT INTO feed_watches (feed, source_kind, kind, since, stale_since) VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN $6::timestamptz END)
                ON CONFLICT (feed, source_kind) DO UPDATE SET stale_since = excluded.stale_since
                """,
                FeedColumn.Text(item.Feed),
                FeedColumn.Small((short)standing.SourceKind),
                FeedColumn.Text(standing.WatchKind),
                Column.Time(standing.LivelyAt ?? transaction.KnownAt),
                new NpgsqlParameter<bool> { TypedValue = standing.IsStale },
                Column.Time(transaction.KnownAt)));
            transaction.Append(standing.IsStale ? EventTypes.FeedStale : EventTypes.FeedBack, null, item.Feed, FeedItem.ToText(item));
        }
    }
}

/// <summary>Single values that may be null.</summary>
static class FeedColumn
{
    public static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Small(short value) => new NpgsqlParameter<short> { TypedValue = value };

    public static NpgsqlParameter Time(DateTimeOffset? value) => new() { Value = (object?)value?.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
