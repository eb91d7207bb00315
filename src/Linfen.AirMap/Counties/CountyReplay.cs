using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Replay;
using Npgsql;

namespace Linfen.AirMap.Counties;

/// <summary>The numbers of the counties as they were known at a moment: rows that have not moved since are counted where they lie, the others as the log tells of them.</summary>
static class CountyReplay
{
    static readonly string Open =
        $"""
        SELECT county, rule, severity, count(*)::int, (count(*) FILTER (WHERE due_at < $2))::int, (count(*) FILTER (WHERE simulated))::int FROM violations t
        WHERE known_at <= $2 AND (closed_at IS NULL OR closed_known_at > $2) AND NOT (simulated AND $3) AND {KnownThen.IsAsThen(KnownThen.Violations)} GROUP BY 1, 2, 3
        """;

    static readonly string Burning =
        $"""
        SELECT county, attributed_to IS NOT NULL, count(*)::int FROM fires t
        WHERE status <= 1 AND known_at <= $2 AND NOT (simulated AND $3) AND {KnownThen.IsAsThen(KnownThen.Fires)} GROUP BY 1, 2
        """;

    /// <summary>After <c>$2</c>, until <c>$1</c>; what is simulated only after <c>$4</c>, the last time until then that it was taken away.</summary>
    const string Today =
        $"""
        SELECT county, type, count(*)::int FROM events
        WHERE seq > $2 AND seq <= $1 AND type NOT IN ('reading.stored', 'air.changed') AND type IN ('{EventTypes.ViolationOpened}', '{EventTypes.ViolationClosed}')
            AND ((seq > $4 AND NOT $3) OR NOT (data->'properties'->>'simulated')::boolean)
        GROUP BY 1, 2
        """;

    /// <summary>Null when the log no longer reaches back so far. What waited for a fact then is not told.</summary>
    public static async Task<CityNumbers?> ReadAsync(NpgsqlDataSource database, DateTimeOffset moment, bool withoutSimulated, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var view = await KnownThen.BeginAsync(connection, cancellation);
        if (await KnownThen.FindAsync(connection, moment, cancellation) is not { } then)
        {
            return null;
        }

        var tally = new CountyTally();
        await CountStandingAsync(connection, then, withoutSimulated, tally, cancellation);
        await CountTodayAsync(connection, then, withoutSimulated, tally, cancellation);
        foreach (var told in await then.ToldAsync(connection, KnownThen.Violations, cancellation))
        {
            if (told.Text("status") == "open" && !(withoutSimulated && told.Simulated))
            {
                var severity = (int)Enum.Parse<Severity>(told.Text("severity")!, ignoreCase: true);
                tally.AddOpen(told.County, told.Text("rule")!, severity, 1, told.Time("dueAt") < moment ? 1 : 0, told.Simulated ? 1 : 0);
            }
        }

        foreach (var told in await then.ToldAsync(connection, KnownThen.Fires, cancellation))
        {
            if (told.Text("status") is "suspected" or "confirmed" && !(withoutSimulated && told.Simulated))
            {
                CountyTally.Count(told.Has("attributedTo") ? tally.Attributed : tally.Burning, told.County);
            }
        }

        return new(then.Place, moment, "", tally.Sum()) { Quiet = CountySummary.Quiet with { Undecidable = null } };
    }

    static async Task CountStandingAsync(NpgsqlConnection connection, KnownThen then, bool withoutSimulated, CountyTally tally, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in new[] { Open, Burning })
        {
            batch.BatchCommands.Add(Column.Command(statement, Number(then.Place.Seq), Column.Time(then.Moment), Flag(withoutSimulated)));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            tally.AddOpen(reader.GetString(0), reader.GetString(1), reader.GetInt16(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5));
        }

        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            CountyTally.Count(reader.GetBoolean(1) ? tally.Attributed : tally.Burning, reader.GetString(0), reader.GetInt32(2));
        }
    }

    static async Task CountTodayAsync(NpgsqlConnection connection, KnownThen then, bool withoutSimulated, CountyTally tally, CancellationToken cancellation)
    {
        // The last microsecond of the day before, which is as fine as times are kept.
        var before = await KnownThen.FindAsync(connection, Beijing.StartOf(Beijing.DayOf(then.Moment)).AddMicroseconds(-1), cancellation);
        await using var command = new NpgsqlCommand(Today, connection)
        {
            Parameters = { Number(then.Place.Seq), Number(before?.Place.Seq ?? 0), Flag(withoutSimulated), Number(then.Cleared) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            CountyTally.Count(reader.GetString(1) == EventTypes.ViolationOpened ? tally.OpenedToday : tally.ClosedToday, reader.GetString(0), reader.GetInt32(2));
        }
    }

    static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value };

    static NpgsqlParameter<bool> Flag(bool value) => new() { TypedValue = value };
}
