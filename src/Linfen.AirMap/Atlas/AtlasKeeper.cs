using Linfen.AirMap.Data;
using Linfen.AirMap.Plan.Parameters;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Atlas;

/// <summary>All that decisions rest on beside the facts, as it stood at one position of the log.</summary>
/// <param name="Seq">Position of the last event that changed law: zones, plants, parks, counties, parameters.</param>
sealed record Rulebase(CityAtlas Atlas, ParameterSet Law, Guid Epoch, long Seq)
{
    public static readonly Rulebase Empty = new(new CityAtlas([]), ParameterSet.Empty, Guid.Empty, -1);
}

/// <summary>Holds the present <see cref="Rulebase"/>; readers take it once per batch, so that one batch sees one map and one law.</summary>
sealed class AtlasKeeper(IDbContextFactory<AirMapDb> database) : IDisposable
{
    readonly SemaphoreSlim turn = new(1, 1);
    volatile Rulebase current = Rulebase.Empty;
    volatile Task reloading = Task.CompletedTask;

    public CityAtlas Current => current.Atlas;

    public ParameterSet Law => current.Law;

    public Rulebase Rulebase => current;

    public bool IsLoaded => Current.ByCode.Count > 0;

    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        await LoadAsync(db, cancellation);
    }

    /// <summary>Reads it by the given context: inside a ledger's transaction that is what the transaction sees.</summary>
    public async Task<Rulebase> LoadAsync(AirMapDb db, CancellationToken cancellation)
    {
        // One after the other: what is read last is what stays.
        await turn.WaitAsync(cancellation);
        try
        {
            // The position first: what is read after it may be newer than it says, never older.
            var head = await db.EventHeads.AsNoTracking().SingleAsync(cancellation);
            // Most events of registers leave the law alone; reading all of it after each would make every reader wait.
            if (head.Epoch == current.Epoch && head.LawSeq <= current.Seq)
            {
                return current;
            }

            var counties = await db.Counties.AsNoTracking().ToListAsync(cancellation);
            var parameters = ParameterRow.ToSet(await db.Parameters.AsNoTracking().ToListAsync(cancellation));
            var regulation = await RegulationReader.ReadAsync(db, cancellation);
            Adopt(new(current.Atlas.Over(counties, regulation), parameters, head.Epoch, head.LawSeq));
            return current;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Takes what was just committed, unless something later is known already.</summary>
    public void Adopt(Rulebase next)
    {
        if (next.Epoch != current.Epoch || next.Seq >= current.Seq)
        {
            current = next;
        }
    }

    /// <summary>The law changed: who asks for <see cref="FreshAsync"/> from now on waits for the new one.</summary>
    public Task ReloadAsync() => reloading = LoadAsync(CancellationToken.None);

    /// <summary>The atlas with all that the log has told of, unless the database is away.</summary>
    public async Task<CityAtlas> FreshAsync()
    {
        await reloading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Current;
    }

    public void Dispose() => turn.Dispose();
}
