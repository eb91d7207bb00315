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
    /// <summary>Who decides. Whoever writes beside a decision took this first, and gave it back once he had decided.</summary>
    readonly SemaphoreSlim decision = new(1, 1);

    /// <summary>Who writes.</summary>
    readonly SemaphoreSlim turn = new(1, 1);
    readonly ILedgerFollower[] followers = [.. followers];

    /// <summary>The head as our own last commit left it; null when that is not known. Its owner has the turn.</summary>
    Head? expected;

    /// <summary>The head as it will be once what was decided last is durable; null when that is not known. Its owner has the decision.</summary>
    Head? ahead;

    readonly record struct Head(Guid Epoch, long Last, DateTimeOffset At, long LawSeq)
    {
        public static Head After(LedgerTransaction transaction) => new(transaction.Epoch, transaction.Last, transaction.KnownAt, transaction.LawSeq);
    }

    /// <summary>Runs the change and commits it. Throws (and leaves nothing behind) when the database fails.</summary>
    public async Task CommitAsync(LedgerChange change, CancellationToken cancellation)
    {
        await decision.WaitAsync(cancellation);
        try
        {
            await turn.WaitAsync(cancellation);
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancellation);
                // From here on the outcome is the database's: a caller that hangs up does not tear a transaction.
                await RunAsync(connection, change);
            }
            finally
            {
                turn.Release();
            }
        }
        finally
        {
            decision.Release();
        }
    }

    /// <summary>
    /// As <see cref="CommitAsync"/> but without questions, and (where nothing is copied) in one round trip, on two assumptions: nobody
    /// else wrote since our last commit, and the change's rows are new. Both are checked in the transaction (head of the log, unique
    /// keys). Returns false, with nothing written and the change spent, when one of them fails; the caller then does it carefully with
    /// a fresh change.
    /// </summary>
    /// <param name="change">What is to be done.</param>
    /// <param name="mayDecideAhead">
    /// It may be decided while the one before it is still being written, on a third assumption: that it will be. A change that says so reads
    /// the database by <see cref="LedgerTransaction.SettledAsync"/>, or only what the one before it cannot change.
    /// </param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<bool> TryCommitAtOnceAsync(LedgerChange change, bool mayDecideAhead, CancellationToken cancellation)
    {
        await using var hold = new Hold(decision, turn);
        await hold.DecisionAsync(cancellation);
        if (!mayDecideAhead)
        {
            await hold.TurnAsync(cancellation);
        }

        if (ahead is not { } head || (!mayDecideAhead && expected != head))
        {
            return false;
        }

        await using var connection = await database.OpenConnectionAsync(cancellation);
        var now = Truncate(clock.GetUtcNow());
        var transaction = new LedgerTransaction(connection, head.Epoch, head.Last, now < head.At ? head.At : now, head.LawSeq)
        {
            By = change.By,
            Settle = () => hold.TurnAsync(CancellationToken.None),
        };
        await using var closing = transaction.Closing;
        ahead = null;
        try
        {
            await change.ApplyAsync(transaction);
            await FollowAsync(transaction);
            change.Concluded(transaction);
        }
        catch
        {
            change.Failed();
            throw;
        }

        await hold.TurnAsync(CancellationToken.None);
        if (expected != head)
        {
            // The one before it was not written, or somebody else wrote after it.
            change.Failed();
            return false;
        }

        ahead = Head.After(transaction);
        hold.Decided();
        return await WriteAtOnceAsync(change, transaction, head);
    }

    /// <summary>What one caller has of the two locks, always taken in this order.</summary>
    sealed class Hold(SemaphoreSlim decision, SemaphoreSlim turn) : IAsyncDisposable
    {
        bool decides;
        bool writes;

        public async Task DecisionAsync(CancellationToken cancellation)
        {
            await decision.WaitAsync(cancellation);
            decides = true;
        }

        public async Task TurnAsync(CancellationToken cancellation)
        {
            if (!writes)
            {
                await turn.WaitAsync(cancellation);
                writes = true;
            }
        }

        public void Decided()
        {
            decides = false;
            decision.Release();
        }

        public ValueTask DisposeAsync()
        {
            if (writes)
            {
                turn.Release();
            }

            if (decides)
            {
                decision.Release();
            }

            return ValueTask.CompletedTask;
        }
    }

    async Task RunAsync(NpgsqlConnection connection, LedgerChange change)
    {
        expected = ahead = null;
        try
        {
            var transaction = await BeginAsync(connection, change);
            transaction.By = change.By;
            await using var closing = transaction.Closing;
            await change.ApplyAsync(transaction);
            await FollowAsync(transaction);
            change.Concluded(transaction);
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
            ahead = expected;
        }
        catch
        {
            change.Failed();
            await AbandonAsync(connection);
            throw;
        }
    }

    async Task<bool> WriteAtOnceAsync(LedgerChange change, LedgerTransaction transaction, Head head)
    {
        var connection = transaction.Unsettled;
        expected = null;
        try
        {
            NpgsqlBatchCommand[] opening = [new("BEGIN"), new(TakeLock), AssertHead(head)];
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
            await transaction.Closing.ExecuteNonQueryAsync();
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
        expected = Head.After(transaction);
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
        decision.Dispose();
        database.Dispose();
    }
}
