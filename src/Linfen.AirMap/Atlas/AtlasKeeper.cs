using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Atlas;

/// <summary>Holds the present <see cref="CityAtlas"/>; readers take it once per batch, so that one batch sees one map.</summary>
sealed class AtlasKeeper(IDbContextFactory<AirMapDb> database)
{
    volatile CityAtlas current = new([]);

    public CityAtlas Current => current;

    public bool IsLoaded => current.ByCode.Count > 0;

    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        current = new CityAtlas(await db.Counties.AsNoTracking().ToListAsync(cancellation));
    }
}
