using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Npgsql;

namespace Linfen.AirMap.Events;

/// <summary>What a change writes: rows by commands, and events in order. Sealed into one closing round trip with the commit.</summary>
sealed class LedgerTransaction(NpgsqlConnection connection, Guid epoch, long head, DateTimeOffset knownAt, long lawSeq)
{
    readonly List<PendingEvent> events = [];
    readonly List<(Author By, AuditEntry Entry)> audited = [];
    readonly List<(string Sql, Func<NpgsqlBinaryImporter, Task> Write)> copies = [];
    bool changesLaw;
    bool wroteAtOnce;

    bool settled;

    /// <summary>What it reads holds all that was decided before it.</summary>
    /// <exception cref="InvalidOperationException">The change may be decided ahead: <see cref="SettledAsync"/>.</exception>
    public NpgsqlConnection Connection => Settle is null || settled ? connection : throw new InvalidOperationException("The change before this one may not be durable yet.");

    /// <summary>What it reads may lack the change before this one.</summary>
    public NpgsqlConnection Unsettled => connection;

    /// <summary>Waits until the change before this one is durable, or will never be; null where it is.</summary>
    internal Func<Task>? Settle { get; init; }

    /// <summary>The connection, once it reads all that was decided before.</summary>
    public async ValueTask<NpgsqlConnection> SettledAsync()
    {
        if (Settle is not null && !settled)
        {
            await Settle();
            settled = true;
        }

        return connection;
    }

    public Author By { get; set; } = Author.Product;

    public Guid Epoch { get; } = epoch;

    /// <summary>Head of the log before this change.</summary>
    public long Head { get; } = head;

    /// <summary>Head of the log once this change is durable.</summary>
    public long Last => Head + events.Count;

    /// <summary>Commit time of everything in this change; never before that of the change before it.</summary>
    public DateTimeOffset KnownAt { get; } = knownAt;

    /// <summary>Position of the last event that changed what decisions rest on; of this change, once it says so.</summary>
    public long LawSeq => changesLaw ? Last : LawSeqBefore;

    /// <summary>Position of the last event before this change that changed what decisions rest on.</summary>
    public long LawSeqBefore { get; } = lawSeq;

    /// <summary>Zones, plants, parks, counties or parameters change with this: every process has to read them again before it decides.</summary>
    public void ChangesLaw() => changesLaw = true;

    public NpgsqlBatch Closing { get; } = new(connection);

    public bool IsEmpty => Closing.BatchCommands.Count == 0 && events.Count == 0 && copies.Count == 0 && !wroteAtOnce;

    /// <summary>The change has written rows itself, before it decided by them.</summary>
    public void WroteAtOnce() => wroteAtOnce = true;

    /// <summary>Says in the audit what is done, in the same commit.</summary>
    public void Audit(AuditEntry entry) => audited.Add((By, entry));

    public void Write(NpgsqlBatchCommand command) => Closing.BatchCommands.Add(command);

    /// <summary>Writes many rows by a COPY, which goes before all that is written by commands.</summary>
    public void Copy(string sql, Func<NpgsqlBinaryImporter, Task> write) => copies.Add((sql, write));

    internal bool Copies => copies.Count > 0;

    internal async Task CopyAsync()
    {
        foreach (var (sql, write) in copies)
        {
            await using var copy = await connection.BeginBinaryImportAsync(sql);
            await write(copy);
            await copy.CompleteAsync();
        }
    }

    /// <summary>Puts commands before all others.</summary>
    internal void Precede(IReadOnlyList<NpgsqlBatchCommand> commands)
    {
        for (var i = 0; i < commands.Count; i++)
        {
            Closing.BatchCommands.Insert(i, commands[i]);
        }
    }

    /// <summary>Appends an event; <paramref name="data"/> is the JSON of the GET representation after the change.</summary>
    /// <param name="type">One of <see cref="EventTypes"/>.</param>
    /// <param name="about">What the event tells of, for whoever follows the transaction.</param>
    public void Append(string type, string? county, string id, string data, object? about = null) =>
        events.Add(EventTypes.All.Contains(type) ? new(type, county, id, data, about) : throw new ArgumentException($"No event type: {type}", nameof(type)));

    /// <summary>The things of one kind that were told of so far, in order, with the type of the event.</summary>
    public IEnumerable<(string Type, T About)> ToldOf<T>()
        where T : class => events.Where(e => e.About is T).Select(e => (e.Type, (T)e.About!));

    internal void Seal()
    {
        if (audited.Count > 0)
        {
            Write(AuditRows.Insert(audited, KnownAt));
        }

        if (events.Count > 0)
        {
            Write(new("""
                INSERT INTO events (seq, at, type, county, subject_id, data)
                SELECT $1 + e.n, $2, e.type, e.county, e.id, e.data::json
                FROM unnest($3, $4, $5, $6) WITH ORDINALITY AS e(type, county, id, data, n)
                """)
            {
                Parameters =
                {
                    new NpgsqlParameter<long> { TypedValue = Head },
                    Column.Time(KnownAt),
                    Column.Texts(events.Select(e => e.Type)),
                    Column.Texts(events.Select(e => e.County)),
                    Column.Texts(events.Select(e => e.Id)),
                    Column.Texts(events.Select(e => e.Data)),
                },
            });
            Write(new($"""
                WITH head AS (UPDATE event_head SET last = $1, at = $2, law_seq = $3 WHERE id = 1 RETURNING 1)
                SELECT pg_notify('{Ledger.Channel}', $4) FROM head
                """)
            {
                Parameters =
                {
                    new NpgsqlParameter<long> { TypedValue = Last },
                    Column.Time(KnownAt),
                    new NpgsqlParameter<long> { TypedValue = LawSeq },
                    new NpgsqlParameter<string> { TypedValue = Ring.From(Epoch, Last, events).ToPayload() },
                },
            });
        }

        Write(new("COMMIT"));
    }

    internal sealed record PendingEvent(string Type, string? County, string Id, string Data, object? About = null);
}
