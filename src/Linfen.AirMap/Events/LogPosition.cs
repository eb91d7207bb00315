using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Events;

/// <summary>A place in the history: an answer that names it reflects everything up to there.</summary>
public sealed record LogPosition(string Epoch, long Seq)
{
    /// <summary>
    /// Where the log stands now. Read before the rows it goes with: they may then be newer than it says, never older, and
    /// applying an event twice does no harm.
    /// </summary>
    public static async Task<LogPosition> ReadAsync(AirMapDb db, CancellationToken cancellation)
    {
        var head = await db.EventHeads.AsNoTracking().SingleAsync(cancellation);
        return new(head.Epoch.ToString("N"), head.Last);
    }
}
