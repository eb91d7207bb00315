using Linfen.AirMap.Plan.Parameters;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Data;

/// <summary>The dated parameters as they stand in the database, held in memory; replaced when a parameter changes.</summary>
sealed class Law(IDbContextFactory<AirMapDb> database)
{
    volatile ParameterSet current = ParameterSet.Empty;

    public ParameterSet Current => current;

    public async Task LoadAsync(CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        current = ParameterRow.ToSet(await db.Parameters.AsNoTracking().ToListAsync(cancellation));
    }
}
