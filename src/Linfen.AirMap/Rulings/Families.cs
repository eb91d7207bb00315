using Linfen.AirMap.Data;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Rulings;

/// <summary>Reads subjects with those that are judged together with them, as a transaction sees them and as it is about to leave them.</summary>
static class Families
{
    /// <param name="ids">The subjects to be judged.</param>
    /// <param name="present">Subjects as this transaction leaves them, before what is stored.</param>
    /// <param name="gone">Subjects that this transaction deletes.</param>
    public static async Task<List<Dossier>> LoadAsync(
        AirMapDb db, IReadOnlyCollection<Guid> ids, IReadOnlyDictionary<Guid, Subject> present, IReadOnlySet<Guid> gone)
    {
        var subjects = await FindAsync(db, ids, present, gone);
        var parents = (await FindAsync(db, [.. subjects.Select(s => s.ParentId).OfType<Guid>().Distinct()], present, gone)).ToDictionary(s => s.Id);
        var wanted = subjects.ConvertAll(s => (Guid?)s.Id).ToArray();
        var stored = await db.Subjects.AsNoTracking().Where(s => wanted.Contains(s.ParentId)).ToListAsync();
        var children = stored.Where(s => !present.ContainsKey(s.Id)).Concat(present.Values.Where(s => s.ParentId is not null))
            .Where(s => !gone.Contains(s.Id)).ToLookup(s => s.ParentId!.Value);
        var devices = subjects.Select(s => s.Id).Concat(stored.Select(s => s.Id)).ToArray();
        var states = await db.Set<DeviceState>().AsNoTracking().Where(d => devices.Contains(d.SubjectId)).ToListAsync();
        var lastData = states.ToDictionary(d => d.SubjectId, d => d.LastDataAt);
        var dust = states.Where(d => d.Dust is not null).ToDictionary(d => d.SubjectId, d => d.Means);
        return subjects.ConvertAll(s => new Dossier(s, s.ParentId is { } parent ? parents.GetValueOrDefault(parent) : null, [.. children[s.Id]], lastData) { Dust = dust });
    }

    static async Task<List<Subject>> FindAsync(AirMapDb db, IReadOnlyCollection<Guid> ids, IReadOnlyDictionary<Guid, Subject> present, IReadOnlySet<Guid> gone)
    {
        var found = ids.Where(present.ContainsKey).Select(id => present[id]).ToList();
        var missing = ids.Where(id => !present.ContainsKey(id) && !gone.Contains(id)).ToArray();
        if (missing.Length > 0)
        {
            found.AddRange(await db.Subjects.AsNoTracking().Where(s => missing.Contains(s.Id)).ToListAsync());
        }

        return found;
    }
}
