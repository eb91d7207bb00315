using Linfen.AirMap.Data;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Violations;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Fires;

/// <summary>Reads fires and their violations inside a ledger transaction, on its connection, so that it sees what it locks.</summary>
static class FireStore
{
    /// <summary>Of a fire that is charged with all it rests on, so many detections are named.</summary>
    public const int MostEvidence = 200;

    /// <summary>Fires that were burning at some moment of the given days (UTC), with what they rest on.</summary>
    public static async Task<List<(Fire Fire, IReadOnlyList<Sighting> Members)>> OfDaysAsync(NpgsqlConnection connection, IReadOnlyList<DateOnly> days, FireOptions options)
    {
        await using var db = LedgerDb.On(connection);
        var found = new Dictionary<Guid, Fire>();
        foreach (var (first, last) in Ranges(days))
        {
            var from = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            var to = new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            // What people merged across the turn of a week may reach over both.
            var earliest = from - 2 * FireWeek.Longest - options.JoinWindow;
            await foreach (var fire in db.Fires.AsNoTracking()
                .Where(f => f.FirstSeenAt >= earliest && f.FirstSeenAt < to && f.LastSeenAt >= from && f.Status != FireStatus.Merged)
                .AsAsyncEnumerable())
            {
                found[fire.Id] = fire;
            }
        }

        return await WithMembersAsync(db, found, options);
    }

    static async Task<List<(Fire Fire, IReadOnlyList<Sighting> Members)>> WithMembersAsync(AirMapDb db, Dictionary<Guid, Fire> fires, FireOptions options)
    {
        if (fires.Count == 0)
        {
            return [];
        }

        var ids = fires.Keys.Select(id => (Guid?)id).ToArray();
        var members = (await db.Detections.AsNoTracking().Where(d => ids.Contains(d.FireId)).ToListAsync()).ToLookup(d => d.FireId, d => Sighting.Of(d, options));
        if (fires.Values.Where(f => f.IsTied).Select(f => (Guid?)f.Id).ToArray() is { Length: > 0 } tied)
        {
            var said = (await db.FireTies.AsNoTracking().Where(t => db.Detections.Any(d => d.Id == t.DetectionId && tied.Contains(d.FireId))).ToListAsync())
                .ToLookup(t => t.DetectionId, t => new Tie(t.Act, t.Side));
            foreach (var sighting in tied.SelectMany(id => members[id]))
            {
                sighting.Ties = [.. said[sighting.Id]];
            }
        }

        return [.. fires.Values.Select(f => (f, (IReadOnlyList<Sighting>)[.. members[f.Id]]))];
    }

    public static async Task<Fire?> FindAsync(NpgsqlConnection connection, Guid id)
    {
        await using var db = LedgerDb.On(connection);
        return await db.Fires.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id);
    }

    /// <summary>Ids of the detections that a fire rests on, the latest first; at most a few hundred.</summary>
    public static async Task<Guid[]> EvidenceAsync(NpgsqlConnection connection, Guid fire)
    {
        await using var db = LedgerDb.On(connection);
        return await db.Detections.AsNoTracking().Where(d => d.FireId == fire).OrderByDescending(d => d.OccurredAt).ThenByDescending(d => d.Id).Select(d => d.Id).Take(MostEvidence).ToArrayAsync();
    }

    /// <summary>The open violations of these fires.</summary>
    public static async Task<List<Violation>> OpenViolationsAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> fires)
    {
        await using var db = LedgerDb.On(connection);
        return await db.Violations.AsNoTracking().Where(v => v.ClosedAt == null && fires.Contains(v.SubjectId)).ToListAsync();
    }

    /// <summary>The violation with this id where a verdict closed it; a correction of the verdict corrects why.</summary>
    public static async Task<List<Violation>> ClosedViolationsAsync(NpgsqlConnection connection, Guid? id)
    {
        await using var db = LedgerDb.On(connection);
        return await db.Violations.AsNoTracking().Where(v => v.Id == id && (v.ClosedReason == "out" || v.ClosedReason == "refuted")).ToListAsync();
    }

    /// <summary>Days as runs of consecutive days: one query for a month, not thirty.</summary>
    static IEnumerable<(DateOnly First, DateOnly Last)> Ranges(IReadOnlyList<DateOnly> ordered)
    {
        for (var i = 0; i < ordered.Count;)
        {
            var first = ordered[i];
            var last = first;
            while (++i < ordered.Count && ordered[i].DayNumber == last.DayNumber + 1)
            {
                last = ordered[i];
            }

            yield return (first, last);
        }
    }
}
