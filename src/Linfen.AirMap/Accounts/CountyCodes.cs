using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Accounts;

/// <summary>Checks the counties that somebody or something is to be confined to.</summary>
static class CountyCodes
{
    /// <param name="codes">Null for the whole city.</param>
    /// <param name="db">While it has no counties yet, any code of six digits is taken.</param>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(string[]? codes, AirMapDb db, CancellationToken cancellation)
    {
        if (codes is null)
        {
            return [];
        }

        if (codes.Length == 0 || !codes.All(c => c is { Length: 6 } && c.All(char.IsAsciiDigit)))
        {
            return ["counties: null for the whole city, or six-digit codes"];
        }

        // Accounts stand below the rooms of the map: the codes are read without them.
        var known = await db.Database.SqlQuery<string>($"SELECT code::text AS \"Value\" FROM counties").ToListAsync(cancellation);
        return known.Count == 0 ? [] : [.. codes.Except(known, StringComparer.Ordinal).Select(c => $"counties: '{c}' is no county of the city")];
    }
}
