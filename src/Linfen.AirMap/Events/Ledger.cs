using System.Globalization;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Npgsql;

namespace Linfen.AirMap.Events;

/// <summary>
/// The one door through which state changes. A change runs alone (a lock in the database, so across processes too), and its
/// rows, its events and the head of the log become durable in one commit; only then does <see cref="CommitAsync"/> return.
/// That makes <c>seq</c> gap-free and commit-ordered.
/// </summary>
/// <param name="followers">Answer in each transaction to what it tells.</param>
sealed class Ledger(string connectionString, TimeProvider clock, IEnumerable<ILedgerFollower> followers) : IDisposable
{
    /// <summary>Channel of the notification that rings the doorbell in every server process.</summary>
    public const string Channel = "airmap_events";

    /// <summary>Key of the advisory lock that serialises writers.</summary>
    const long WriterLock = 0x4C46_4149_524D_4150;

    static readonly string TakeLock = $"SELECT pg_advisory_xact_lock({WriterLock.ToString(CultureInfo.InvariantCulture)})";

    readonly NpgsqlDataSource database = Database.OpenForLedger(connectionString);
    readonly SemaphoreSlim turn = new(1, 1);
    readonly ILedgerFollower[] followers = [.. followers];

    /// <summary>The head as our own last commit left it; null when that is not known.</summary>
    Head? expected;

    readonly record struct Head(Guid Epoch, long Last, DateTimeOffset At, long LawSeq);

    /// <summary>Runs the change and commits it. Throws (and leaves nothing behind) when the database fails.</summary>
    public Task CommitAsync(LedgerChange change, CancellationToken cancellation) => TakeTurnAsync(connection => RunAsync(connection, change), cancellation);

    /// <summary>
    /// As <see cref="CommitAsync"/> but without questions, and (where nothing is copied) in one round trip, on two assumptions: nobody
    /// else wrote since our last commit, and the change's rows are new. Both are checked in the transaction (head of the log, unique
    /// keys). Returns false, with nothing written and the change spent, when one of them fails; the caller then does it carefully with
    /// a fresh change.
    /// </summary>
    public async Task<bool> TryCommitAtOnceAsync(LedgerChange change, CancellationToken cancellation)
    {
        var done = false;
        await TakeTurnAsync(async connection => done = expected is { } head && await RunAtOnceAsync(connection, change, head), cancellation);
        return done;
    }

    async Task TakeTurnAsync(Func<NpgsqlConnection, Task> run, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            // From here on the outcome is the database's: a caller that hangs up does not tear a transaction.
            await run(connection);
        }
        finally
        {
            turn.Release();
        }
    }

    async Task RunAsync(NpgsqlConnection connection, LedgerChange change)
    {
        expected = null;
        try
        {
            var transaction = await BeginAsync(connection, change);
            transaction.By = change.By;
            await using var closing = transaction.Closing;
            await change.ApplyAsync(transaction);
            await FollowAsync(transaction);
            if (transaction.IsEmpty)
            {
                await ExecuteAsync(connection, "ROLLBACK");
            }
            else
            {
                await transaction.CopyAsync();
                transaction.Seal();
                await closing.ExecuteNonQueryAsync();
            }

            Committed(change, transaction);
        }
        catch
        {
            change.Failed();
            await AbandonAsync(connection);
            throw;
        }
    }

    async Task<bool> RunAtOnceAsync(NpgsqlConnection connection, LedgerChange change, Head head)
    {
        expected = null;
        try
        {
            var now = Truncate(clock.GetUtcNow());
            var transaction = new LedgerTransaction(connection, head.Epoch, head.Last, now < head.At ? head.At : now, head.LawSeq) { By = change.By };
            await using var closing = transaction.Closing;
            NpgsqlBatchCommand[] opening = [new("BEGIN"), new(TakeLock), AssertHead(head)];
            await change.ApplyAsync(transaction);
            await FollowAsync(transaction);
            if (transaction.Copies)
            {
                await ExecuteAsync(connection, opening);
                await transaction.CopyAsync();
            }
            else
            {
                transaction.Precede(opening);
            }

            transaction.Seal();
            await closing.ExecuteNonQueryAsync();
            Committed(change, transaction);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DivisionByZero or PostgresErrorCodes.UniqueViolation)
        {
            change.Failed();
            await AbandonAsync(connection);
            return false;
        }
        catch
        {
            change.Failed();
            await AbandonAsync(connection);
            throw;
        }
    }

    async ValueTask FollowAsync(LedgerTransaction transaction)
    {
        foreach (var follower in followers)
        {
            await follower.FollowAsync(transaction);
        }
    }

    void Committed(LedgerChange change, LedgerTransaction transaction)
    {
        change.Committed(transaction);
        foreach (var follower in followers)
        {
            follower.Committed(transaction);
        }

        expected = new(transaction.Epoch, transaction.Last, transaction.KnownAt, transaction.LawSeq);
    }

    /// <summary>Fails with a division by zero when the log went on without us. A statement of its own, so that it sees what the lock waited for.</summary>
    static NpgsqlBatchCommand AssertHead(Head head) => new("SELECT 1 / (SELECT count(*) FROM event_head WHERE id = 1 AND epoch = $1 AND last = $2)")
    {
        Parameters = { new NpgsqlParameter<Guid> { TypedValue = head.Epoch }, new NpgsqlParameter<long> { TypedValue = head.Last } },
    };

    /// <summary>Begins, takes the lock, reads the head and asks the change's own questions: one round trip.</summary>
    async Task<LedgerTransaction> BeginAsync(NpgsqlConnection connection, LedgerChange change)
    {
        await using var opening = new NpgsqlBatch(connection);
        opening.BatchCommands.Add(new("BEGIN"));
        opening.BatchCommands.Add(new(TakeLock));
        opening.BatchCommands.Add(new("SELECT epoch, last, at, law_seq FROM event_head WHERE id = 1"));
        change.Ask(opening);
        await using var reader = await opening.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        var epoch = reader.GetGuid(0);
        var last = reader.GetInt64(1);
        var previous = reader.GetFieldValue<DateTimeOffset>(2);
        var now = Truncate(clock.GetUtcNow());
        var transaction = new LedgerTransaction(connection, epoch, last, now < previous ? previous : now, reader.GetInt64(3));
        await reader.NextResultAsync();
        await change.HearAsync(reader);
        return transaction;
    }

    /// <summary>PostgreSQL keeps microseconds; what we say must be what we store.</summary>
    static DateTimeOffset Truncate(DateTimeOffset time) => new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    static async Task AbandonAsync(NpgsqlConnection connection)
    {
        try
        {
            await ExecuteAsync(connection, "ROLLBACK");
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException or IOException)
        {
            // The connection is broken: the server rolls back by itself, and the pool must not hand it out again.
            NpgsqlConnection.ClearPool(connection);
        }
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> commands)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
    }

    static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public void Dispose()
    {
        turn.Dispose();
        database.Dispose();
    }
}

/// <summary>A change of state: what it must know first, and what it then does. One instance, one use.</summary>
abstract class LedgerChange
{
    /// <summary>Who wants it; clocks and verbs are the product itself.</summary>
    public Author By { get; init; } = Author.Product;

    /// <summary>Adds questions to the opening round trip; answers come to <see cref="HearAsync"/> in the same order.</summary>
    public virtual void Ask(NpgsqlBatch opening)
    {
    }

    /// <summary>Reads the answers; the reader stands before the first of them.</summary>
    public virtual Task HearAsync(NpgsqlDataReader answers) => Task.CompletedTask;

    /// <summary>Decides, and hands rows and events to the transaction.</summary>
    public abstract Task ApplyAsync(LedgerTransaction transaction);

    /// <summary>It is durable (or nothing was to be written).</summary>
    public virtual void Committed(LedgerTransaction transaction)
    {
    }

    /// <summary>It was rolled back, or its outcome is not known.</summary>
    public virtual void Failed()
    {
    }
}

/// <summary>What a change writes: rows by commands, and events in order. Sealed into one closing round trip with the commit.</summary>
sealed class LedgerTransaction(NpgsqlConnection connection, Guid epoch, long head, DateTimeOffset knownAt, long lawSeq)
{
    readonly List<PendingEvent> events = [];
    readonly List<(Author By, AuditEntry Entry)> audited = [];
    readonly List<(string Sql, Func<NpgsqlBinaryImporter, Task> Write)> copies = [];
    bool changesLaw;
    bool wroteAtOnce;

    public NpgsqlConnection Connection { get; } = connection;

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
            await using var copy = await Connection.BeginBinaryImportAsync(sql);
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

    /// <summary>Whether it tells of anything of these layers (first parts of event types).</summary>
    public bool TellsOf(IReadOnlySet<string> layers) => events.Exists(e => layers.Contains(EventTypes.LayerOf(e.Type)));

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
