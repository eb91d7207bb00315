using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Air;

/// <summary>Finds the stations that readings name by id, code or name. A simulated station may bear the code of a real one; the mark tells them apart.</summary>
sealed class StationDirectory
{
    readonly ILookup<string, Entry> entries;

    readonly record struct Entry(Guid Id, bool Simulated);

    StationDirectory(ILookup<string, Entry> entries) => this.entries = entries;

    public static async Task<StationDirectory> LoadAsync(AirMapDb db, IReadOnlyCollection<string> names, Scope scope, CancellationToken cancellation)
    {
        var texts = names.Distinct(StringComparer.Ordinal).ToArray();
        var ids = texts.Select(t => Guid.TryParse(t, out var id) ? id : (Guid?)null).OfType<Guid>().ToArray();
        var own = scope.Codes;
        var found = await db.Subjects.AsNoTracking()
            .Where(s => s.Kind == StationRegister.StationKindName && (own == null || own.Contains(s.County)) && (ids.Contains(s.Id) || texts.Contains(s.Code) || texts.Contains(s.Name)))
            .Select(s => new { s.Id, s.Code, s.Name, s.Simulated }).ToListAsync(cancellation);
        return new(texts.SelectMany(text =>
        {
            var byId = Guid.TryParse(text, out var id) ? found.FindAll(s => s.Id == id) : [];
            var byCode = byId.Count > 0 ? byId : found.FindAll(s => s.Code == text);
            return (byCode.Count > 0 ? byCode : found.FindAll(s => s.Name == text)).Select(s => (Text: text, Entry: new Entry(s.Id, s.Simulated)));
        }).ToLookup(p => p.Text, p => p.Entry, StringComparer.Ordinal));
    }

    /// <summary>The station that is meant; otherwise the reason why that is not clear.</summary>
    public (Guid Station, string? Reason) Find(AirReading reading)
    {
        var named = entries[reading.Station].ToList();
        // Who says nothing of a simulation means the real one, unless there is only a simulated one.
        var meant = reading.Simulated is { } mark ? named.FindAll(s => s.Simulated == mark) : named.Exists(s => !s.Simulated) ? named.FindAll(s => !s.Simulated) : named;
        return meant switch
        {
            [var only] => (only.Id, null),
            [] when named.Count > 0 => (default, named[0].Simulated
                ? "simulated-mismatch: the station is simulated, the value says it is not"
                : "simulated-mismatch: the station is real, the value says it is simulated"),
            [] => (default, "station-unknown: no station has this id, code or name"),
            _ => (default, "station-ambiguous: several stations have this name; use the code or id"),
        };
    }
}
