using System.Data;
using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Npgsql;

namespace Linfen.AirMap.Replay;

/// <summary>A moment of the past as a place in the log, to answer what was known then.</summary>
/// <param name="Place">The last event until then.</param>
/// <param name="Cleared">The last time until then that everything simulated was taken away; 0 for never.</param>
sealed record KnownThen(DateTimeOffset Moment, LogPosition Place, long Cleared)
{
    /// <summary>Positions are without a gap and times never run backwards along them, so halving finds the moment without an index of times.</summary>
    const string Find =
        """
        WITH RECURSIVE log AS (
            SELECT epoch, last, coalesce((SELECT seq FROM events ORDER BY seq LIMIT 1), last + 1) AS oldest, at <= $1 AS is_past FROM event_head WHERE id = 1
        ), halves AS (
            SELECT oldest AS low, last + 1 AS high FROM log
            UNION ALL
            SELECT CASE WHEN e.at <= $1 THEN e.seq + 1 ELSE low END, CASE WHEN e.at <= $1 THEN high ELSE e.seq END
            FROM halves CROSS JOIN LATERAL (SELECT seq, at FROM events WHERE seq = (low + high) / 2) e WHERE low < high
        ), place AS (SELECT max(low) - 1 AS seq FROM halves)
        SELECT epoch, place.seq, oldest, is_past, coalesce((SELECT max(c.seq) FROM events c WHERE c.type = 'simulation.cleared' AND c.seq <= place.seq), 0) FROM log, place
        """;

    /// <summary>Fires and violations are told of by events whose types begin so; each has an index of its own.</summary>
    public const string Fires = "fire", Violations = "violation";

    /// <summary>
    /// What is read by the way that the log knows it: the last event until the moment of all that has moved since, and of all that is gone since.
    /// Whatever has not moved is as its row says.
    /// </summary>
    static string Told(string kind) =>
        $"""
        WITH moved AS (
            SELECT subject_id, max(seq) FILTER (WHERE seq <= $1) AS seq, max(seq) AS newest FROM events WHERE type LIKE '{kind}.%' GROUP BY subject_id)
        SELECT e.subject_id::uuid, e.seq, e.data::text FROM moved m JOIN events e ON e.seq = m.seq
        WHERE m.newest > $1 OR (m.seq > $2 AND NOT EXISTS (SELECT 1 FROM {kind}s t WHERE t.id = m.subject_id::uuid))
        """;

    /// <summary>
    /// A condition on rows named <c>t</c>: nothing tells of them as they were then but the row itself. <c>$1</c> is the place. Of what was history then
    /// no event tells; what has become of it since is no answer.
    /// </summary>
    public static string IsAsThen(string kind) =>
        $"""
        (NOT EXISTS (SELECT 1 FROM events e WHERE e.type LIKE '{kind}.%' AND e.subject_id = t.id::text AND e.seq > $1)
            OR (NOT EXISTS (SELECT 1 FROM events e WHERE e.type LIKE '{kind}.%' AND e.subject_id = t.id::text AND e.seq <= $1){(kind == Fires ? $" AND NOT ({WasUntold})" : "")}))
        """;

    /// <summary>A condition on fires: they were opened as history, in the time of the log, and are something else now.</summary>
    const string WasUntold = "t.status <> 5 AND t.known_at >= (SELECT at FROM events ORDER BY seq LIMIT 1)";

    /// <summary>Fires that were history at the place <c>{0}</c> and moment <c>{1}</c>, and are not as they were any more. What joins history is no event, nor that history became part of history.</summary>
    public const string HistoryThen =
        $$"""
        SELECT * FROM fires t WHERE t.known_at <= {1} AND t.updated_at > {1}
            AND ((t.status IN (5, 6) AND NOT EXISTS (SELECT 1 FROM events e WHERE e.type LIKE 'fire.%' AND e.subject_id = t.id::text AND e.seq > {0}))
                OR ((t.status = 5 OR {{WasUntold}}) AND NOT EXISTS (SELECT 1 FROM events e WHERE e.type LIKE 'fire.%' AND e.subject_id = t.id::text AND e.seq <= {0})))
        """;

    /// <summary>Those rows, where the place is the first argument.</summary>
    public static string RowsAsThen(string kind) => $"SELECT * FROM {kind}s t WHERE {IsAsThen(kind).Replace("$1", "{0}", StringComparison.Ordinal)}";

    /// <summary>Everything within sees one state of the database, so that nothing is told twice or not at all.</summary>
    public static async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    /// <summary>Null when the log no longer reaches back so far.</summary>
    public static async Task<KnownThen?> FindAsync(NpgsqlConnection connection, DateTimeOffset moment, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Find, connection) { Parameters = { Column.Time(moment) } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var (seq, oldest, isPastHead) = (reader.GetInt64(1), reader.GetInt64(2), reader.GetBoolean(3));
        return oldest > 1 && seq < oldest && !isPastHead ? null : new(moment, new(reader.GetGuid(0).ToString("N"), seq), reader.GetInt64(4));
    }

    /// <summary>All that has moved or gone since, as it was then.</summary>
    public async Task<List<ToldThing>> ToldAsync(NpgsqlConnection connection, string kind, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Told(kind), connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = Place.Seq }, new NpgsqlParameter<long> { TypedValue = Cleared } },
        };
        var told = new List<ToldThing>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var data = reader.GetString(2);
            var thing = new ToldThing(reader.GetGuid(0), data, JsonElement.Parse(data));
            if (!thing.Simulated || reader.GetInt64(1) > Cleared)
            {
                told.Add(thing);
            }
        }

        return told;
    }
}

/// <summary>A fire or violation as an event told of it.</summary>
sealed record ToldThing(Guid Id, string Data, JsonElement Feature)
{
    public bool Simulated => Properties.GetProperty("simulated").GetBoolean();

    public string County => Text("county")!;

    /// <summary>Id of what a violation is about.</summary>
    public Guid Subject => Properties.GetProperty("subject").GetProperty("id").GetGuid();

    JsonElement Properties => Feature.GetProperty("properties");

    public bool Has(string name) => Properties.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public string? Text(string name) => Properties.GetProperty(name).GetString();

    public DateTimeOffset Time(string name) => Properties.GetProperty(name).GetDateTimeOffset();

    public (double Lon, double Lat) Place => Feature.GetProperty("geometry").GetProperty("coordinates") is var at ? (at[0].GetDouble(), at[1].GetDouble()) : default;
}
