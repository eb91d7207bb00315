using System.Collections.Concurrent;
using Linfen.AirMap.Data;
using Linfen.AirMap.Plan;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Tiles;

/// <summary>What is to be drawn: layers in drawing order, column and row of the zoom.</summary>
/// <param name="EndedSince">Fires that ended earlier are not drawn.</param>
/// <param name="Filter">Of the violations.</param>
/// <param name="Now">For what a filter compares with.</param>
/// <param name="Counties">Of those who may see only some, or ask for some; null for the whole city.</param>
readonly record struct Sheet(string[] Layers, int Z, int X, int Y, DateOnly EndedSince, TileFilter Filter, DateTimeOffset Now, string[]? Counties = null);

/// <summary>
/// Draws tiles on a few connections: a room full of screens that all ask at once must not take the database from intake. Those that wait
/// share the next round trip, as reports share a commit.
/// </summary>
sealed class TilePress(NpgsqlDataSource database, IOptions<TileOptions> options)
{
    const string FireLayer = "fires";

    /// <summary>So many at most in one round trip: the last one waits for the first.</summary>
    const int MostTogether = 8;

    readonly ConcurrentDictionary<(string Layers, int Zoom, bool Scoped, string Filter), string> statements = new();
    readonly Queue<Waiting> queue = new();
    readonly int presses = options.Value.Connections > 0 ? options.Value.Connections : 2 * Environment.ProcessorCount;
    int running;

    sealed record Waiting(Sheet Sheet, TaskCompletionSource<byte[]> Done, CancellationToken Cancellation);

    /// <summary>What became of one who waited.</summary>
    readonly record struct Outcome(Waiting Waiting, byte[]? Tile, Exception? Fault)
    {
        public void Tell()
        {
            if (Fault is null)
            {
                Waiting.Done.TrySetResult(Tile!);
            }
            else
            {
                Waiting.Done.TrySetException(Fault);
            }
        }
    }

    /// <summary>The bytes of the tile; empty where none of its layers has anything.</summary>
    public Task<byte[]> DrawAsync(Sheet sheet, CancellationToken cancellation)
    {
        var waiting = new Waiting(sheet, new(), cancellation);
        lock (queue)
        {
            queue.Enqueue(waiting);
            if (running == presses)
            {
                return waiting.Done.Task.WaitAsync(cancellation);
            }

            running++;
        }

        _ = RunAsync();
        return waiting.Done.Task.WaitAsync(cancellation);
    }

    /// <summary>
    /// One press, until nobody waits. It never fails: each waiter gets his tile or his exception. He goes on on this thread, while the
    /// database draws the next ones: waking another thread would cost more than what is left to do for a tile.
    /// </summary>
    async Task RunAsync()
    {
        IReadOnlyList<Outcome> printed = [];
        while (true)
        {
            var group = Take();
            var next = DrawAsync(group);
            foreach (var outcome in printed)
            {
                outcome.Tell();
            }

            if (group.Count == 0)
            {
                return;
            }

            printed = await next;
        }
    }

    /// <summary>This press's share of those who wait; whoever went away meanwhile is left out.</summary>
    List<Waiting> Take()
    {
        var group = new List<Waiting>(MostTogether);
        lock (queue)
        {
            var share = Math.Min((queue.Count + presses - 1) / presses, MostTogether);
            while (group.Count < share && queue.TryDequeue(out var next))
            {
                if (!next.Cancellation.IsCancellationRequested)
                {
                    group.Add(next);
                }
            }

            if (group.Count == 0)
            {
                running--;
            }
        }

        return group;
    }

    async Task<IReadOnlyList<Outcome>> DrawAsync(IReadOnlyList<Waiting> group)
    {
        try
        {
            return group.Count == 0 ? [] : await PrintAsync(group);
        }
        catch (PostgresException) when (group.Count > 1)
        {
            // One of them cannot be drawn: it must not take the others with it.
            var outcomes = new List<Outcome>(group.Count);
            foreach (var one in group)
            {
                outcomes.AddRange(await DrawAsync([one]));
            }

            return outcomes;
        }
        catch (Exception e)
        {
            return [.. group.Select(waiting => new Outcome(waiting, null, e))];
        }
    }

    async Task<IReadOnlyList<Outcome>> PrintAsync(IReadOnlyList<Waiting> group)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var waiting in group)
        {
            batch.BatchCommands.Add(Command(waiting.Sheet));
        }

        await using var reader = await batch.ExecuteReaderAsync();
        var outcomes = new Outcome[group.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            await reader.ReadAsync();
            outcomes[i] = new(group[i], reader.GetFieldValue<byte[]>(0), null);
            await reader.NextResultAsync();
        }

        return outcomes;
    }

    static bool IsPublic(Sheet sheet) => Array.TrueForAll(sheet.Layers, layer => TileSql.Needs[layer] is null);

    NpgsqlBatchCommand Command(Sheet sheet)
    {
        // Zooms from the one on that sums nothing up share their statement.
        var statement = statements.GetOrAdd(
            (string.Join(',', sheet.Layers), Math.Min(sheet.Z, TileSql.LastZoomOfItsOwn), sheet.Counties is not null && !IsPublic(sheet), sheet.Filter.Shape),
            static (key, sheet) => TileSql.For(sheet.Layers, key.Zoom, key.Scoped, sheet.Filter), sheet);
        var command = new NpgsqlBatchCommand(statement)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = sheet.Z }, new NpgsqlParameter<int> { TypedValue = sheet.X }, new NpgsqlParameter<int> { TypedValue = sheet.Y },
            },
        };
        if (sheet.Layers.Contains(FireLayer, StringComparer.Ordinal))
        {
            command.Parameters.Add(Column.Time(Beijing.StartOf(sheet.EndedSince)));
        }

        if (sheet.Counties is { } counties && !IsPublic(sheet))
        {
            command.Parameters.Add(Column.Texts(counties));
        }

        sheet.Filter.AddTo(command.Parameters, sheet.Now);

        return command;
    }
}
