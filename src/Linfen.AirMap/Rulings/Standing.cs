using Linfen.AirMap.Data;
using Linfen.AirMap.Violations;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Rulings;

/// <summary>What stands about some subjects before they are judged: open violations, undecided rules, and when they are to be judged again.</summary>
sealed class Standing
{
    readonly ILookup<Guid, Violation> violations;
    readonly ILookup<Guid, Undecidable> undecided;
    readonly Dictionary<Guid, DateTimeOffset> wakes;

    Standing(IEnumerable<Violation> violations, IEnumerable<Undecidable> undecided, IEnumerable<Wake> wakes)
    {
        this.violations = violations.ToLookup(v => v.SubjectId);
        this.undecided = undecided.ToLookup(u => u.SubjectId);
        this.wakes = wakes.ToDictionary(w => w.SubjectId, w => w.At);
    }

    public static async Task<Standing> LoadAsync(AirMapDb db, IReadOnlyCollection<Guid> subjects)
    {
        var ids = subjects.ToArray();
        return new(
            await db.Violations.AsNoTracking().Where(v => v.ClosedAt == null && ids.Contains(v.SubjectId)).ToListAsync(),
            await db.Undecidables.AsNoTracking().Where(u => ids.Contains(u.SubjectId)).ToListAsync(),
            await db.Set<Wake>().AsNoTracking().Where(w => ids.Contains(w.SubjectId)).ToListAsync());
    }

    public IEnumerable<Violation> Violations(Guid subject) => violations[subject];

    public IEnumerable<Undecidable> Undecided(Guid subject) => undecided[subject];

    public DateTimeOffset? WakesAt(Guid subject) => wakes.TryGetValue(subject, out var at) ? at : null;
}

/// <summary>When a subject is to be judged again: a deadline, a zone that begins, a monitor that will have been silent for too long.</summary>
sealed class Wake
{
    public Guid SubjectId { get; private set; }

    public DateTimeOffset At { get; private set; }

    Wake()
    {
    }
}
