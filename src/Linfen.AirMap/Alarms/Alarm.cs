using Linfen.AirMap.Plan;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Alarms;

enum AlarmStatus
{
    Open,
    Acknowledged,
    Ended,
}

/// <summary>A violation that a rule of alarms names began, or weighs more. Open until somebody acknowledges it or the violation closes.</summary>
sealed class Alarm
{
    public Guid Id { get; private set; }

    public Guid ViolationId { get; private set; }

    public string County { get; private set; } = "";

    /// <summary>That of the violation when the alarm was raised.</summary>
    public Severity Severity { get; private set; }

    /// <summary>Name of the rule that raised it, as it was then.</summary>
    public string Rule { get; private set; } = "";

    public bool Sounds { get; private set; }

    /// <summary>When the city knew (commit).</summary>
    public DateTimeOffset RaisedAt { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>Display name of whoever acknowledged it.</summary>
    public string? AcknowledgedBy { get; private set; }

    /// <summary>The violation closed, or an alarm of greater severity took its place.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    public bool Simulated { get; private set; }

    public AlarmStatus Status => EndedAt is not null ? AlarmStatus.Ended : AcknowledgedAt is not null ? AlarmStatus.Acknowledged : AlarmStatus.Open;

    Alarm()
    {
    }

    /// <summary>Null where no rule names the violation. Of several that do, one that sounds speaks.</summary>
    public static Alarm? Raise(Violation violation, IReadOnlyList<AlarmRule> rules, DateTimeOffset knownAt)
    {
        AlarmRule? named = null;
        foreach (var rule in rules)
        {
            if ((named is null || (rule.Sounds && !named.Sounds)) && rule.Names(violation))
            {
                named = rule;
            }
        }

        return named is null ? null : new()
        {
            Id = Guid.CreateVersion7(knownAt),
            ViolationId = violation.Id,
            County = violation.County,
            Severity = violation.Severity,
            Rule = named.Name,
            Sounds = named.Sounds,
            RaisedAt = knownAt,
            Simulated = violation.Simulated,
        };
    }

    /// <summary>Returns false where somebody did before.</summary>
    public bool Acknowledge(string by, DateTimeOffset at)
    {
        if (AcknowledgedAt is not null)
        {
            return false;
        }

        (AcknowledgedBy, AcknowledgedAt) = (by, at);
        return true;
    }

    public void End(DateTimeOffset at) => EndedAt ??= at;
}
