using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Registers;

/// <summary>Finds subjects that others name by id, code or name; asks for each once.</summary>
sealed class References(AirMapDb db)
{
    readonly Dictionary<(string Kind, string Text), Guid?> known = [];

    /// <summary>Null when there is none, or a name fits several.</summary>
    public async Task<Guid?> FindAsync(string kind, string text, CancellationToken cancellation)
    {
        if (!known.TryGetValue((kind, text), out var id))
        {
            known[(kind, text)] = id = await LookUpAsync(kind, text, cancellation);
        }

        return id;
    }

    async Task<Guid?> LookUpAsync(string kind, string text, CancellationToken cancellation)
    {
        var ofKind = db.Subjects.AsNoTracking().Where(s => s.Kind == kind);
        if (Guid.TryParse(text, out var id))
        {
            return await ofKind.AnyAsync(s => s.Id == id, cancellation) ? id : null;
        }

        var found = await ofKind.Where(s => s.Key == "code:" + text).Select(s => s.Id).Take(2).ToListAsync(cancellation);
        if (found.Count == 0)
        {
            found = await ofKind.Where(s => s.Name == text).Select(s => s.Id).Take(2).ToListAsync(cancellation);
        }

        return found is [var only] ? only : null;
    }
}
