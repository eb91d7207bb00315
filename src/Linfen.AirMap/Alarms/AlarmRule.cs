using Linfen.AirMap.Plan;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Alarms;

/// <summary>Which violations interrupt the screens, and whether that is heard.</summary>
sealed class AlarmRule
{
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Values of <see cref="Severity"/>.</summary>
    public short[] Severities { get; private set; } = [];

    /// <summary>Articles of the plan; null for all.</summary>
    public int[]? Articles { get; private set; }

    /// <summary>Six-digit codes; null for the whole city.</summary>
    public string[]? Counties { get; private set; }

    public bool Sounds { get; private set; }

    public bool Enabled { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public string ChangedBy { get; private set; } = "";

    AlarmRule()
    {
    }

    public static AlarmRule Of(Guid id, AlarmRuleContent content, int version, DateTimeOffset at, string by) => new()
    {
        Id = id,
        Name = content.Name,
        Severities = [.. content.Severities.Select(s => (short)s)],
        Articles = content.Articles,
        Counties = content.Counties,
        Sounds = content.Sounds,
        Enabled = content.Enabled,
        Version = version,
        ChangedAt = at,
        ChangedBy = by,
    };

    public bool Names(Violation violation) => Severities.Contains((short)violation.Severity)
        && (Articles is null || Articles.Contains(violation.Article))
        && (Counties is null || Counties.Contains(violation.County, StringComparer.Ordinal));
}

/// <summary>What somebody wants of a rule, checked.</summary>
/// <param name="Articles">Null for all.</param>
/// <param name="Counties">Null for the whole city.</param>
sealed record AlarmRuleContent(string Name, Severity[] Severities, int[]? Articles, string[]? Counties, bool Sounds, bool Enabled);
