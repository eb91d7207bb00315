using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Atlas;

/// <summary>Holds the present <see cref="CityAtlas"/>; readers take it once per batch, so that one batch sees one map.</summary>
sealed class AtlasKeeper(IDbContextFactory<AirMapDb> database) : IDisposable
{
    readonly SemaphoreSlim turn = new(1, 1);
    volatile CityAtlas current = new([]);
    volatile Task reloading = Task.CompletedTask;

    public CityAtlas Current => current;

    public bool IsLoaded => current.ByCode.Count > 0;

    public async Task LoadAsync(CancellationToken cancellation)
    {
        // One after the other: what is read last is what stays.
        await turn.WaitAsync(cancellation);
        try
        {
            await using var db = await database.CreateDbContextAsync(cancellation);
            current = new CityAtlas(await db.Counties.AsNoTracking().ToListAsync(cancellation));
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The counties changed: who asks for <see cref="FreshAsync"/> from now on waits for the new ones.</summary>
    public Task ReloadAsync() => reloading = LoadAsync(CancellationToken.None);

    /// <summary>The atlas with all that the log has told of, unless the database is away.</summary>
    public async Task<CityAtlas> FreshAsync()
    {
        await reloading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return current;
    }

    public void Dispose() => turn.Dispose();
}
