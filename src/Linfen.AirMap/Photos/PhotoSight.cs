using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Photos;

/// <summary>Whoever may see some counties sees the photos of their findings and of the steps that these took; a hash by itself opens nothing.</summary>
static class PhotoSight
{
    public static async Task<bool> SeesAsync(AirMapDb db, Scope scope, string hash, CancellationToken cancellation) =>
        scope.Codes is not { } own || await db.Database.SqlQuery<bool>(
            $"""
            SELECT EXISTS (
              SELECT FROM airmap.subjects WHERE kind = 'finding' AND county = ANY({own})
                AND ((fields -> 'photos')::jsonb ? {hash} OR (fields -> 'confirmedPhotos')::jsonb ? {hash}
                  OR (fields -> 'rectifiedPhotos')::jsonb ? {hash} OR (fields -> 'dismissedPhotos')::jsonb ? {hash})) AS "Value"
            """).SingleAsync(cancellation);
}
