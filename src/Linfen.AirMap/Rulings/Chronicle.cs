using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Rulings;

/// <summary>
/// The answers about one matter along the turns of law and clock: since when a violation has held without a break, and since when it has
/// not. <c>openedAt</c> is the later of the state's beginning and the law's.
/// </summary>
sealed class Chronicle
{
    readonly Matter matter;
    readonly DateTimeOffset now;
    readonly List<DateTimeOffset> past;
    readonly Dictionary<DateTimeOffset, IReadOnlyList<Decision>> answers = [];

    public Chronicle(Matter matter, DateTimeOffset now)
    {
        (this.matter, this.now) = (matter, now);
        var turns = matter.Turns.Distinct().ToList();
        past = [.. turns.Where(t => t <= now && t > matter.Since).OrderDescending()];
        Next = turns.Where(t => t > now).Select(t => (DateTimeOffset?)t).Min();
    }

    /// <summary>The next turn, when it is to be judged again.</summary>
    public DateTimeOffset? Next { get; }

    public IReadOnlyList<Decision> Now => At(now);

    /// <summary>First instant of the unbroken time up to now in which the rule was violated.</summary>
    public DateTimeOffset ViolatedSince(string rule)
    {
        var since = now;
        foreach (var turn in past)
        {
            if (!IsViolatedAt(turn, rule))
            {
                return since;
            }

            since = turn;
        }

        return matter.Since <= now && IsViolatedAt(matter.Since, rule) ? matter.Since : since;
    }

    /// <summary>First instant of the unbroken time up to now in which the rule was not violated, after a moment; null when no turn explains it.</summary>
    public DateTimeOffset? EndedSince(string rule, DateTimeOffset after)
    {
        DateTimeOffset? ended = null;
        foreach (var turn in past.Where(t => t > after))
        {
            if (IsViolatedAt(turn, rule))
            {
                return ended;
            }

            ended = turn;
        }

        return ended;
    }

    bool IsViolatedAt(DateTimeOffset at, string rule) => At(at).Any(d => d.Rule == rule && d is Decision.Violation);

    IReadOnlyList<Decision> At(DateTimeOffset at)
    {
        if (!answers.TryGetValue(at, out var decisions))
        {
            answers[at] = decisions = matter.Decide(at);
        }

        return decisions;
    }
}
