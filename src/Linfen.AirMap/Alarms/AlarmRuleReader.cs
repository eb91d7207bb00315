using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;

namespace Linfen.AirMap.Alarms;

/// <summary>A rule as callers write it.</summary>
/// <param name="Severities">One or several of ordinary, serious and critical.</param>
/// <param name="Articles">Articles of the plan; null for all.</param>
/// <param name="Counties">Six-digit codes; null for the whole city.</param>
/// <param name="Sounds">True when absent.</param>
/// <param name="Enabled">True when absent.</param>
sealed record AlarmRuleBody(string? Name, string[]? Severities, int[]? Articles, string[]? Counties, bool? Sounds, bool? Enabled);

/// <summary>Checks what somebody wants of a rule.</summary>
static class AlarmRuleReader
{
    const int LongestName = 60;

    /// <summary>The content, or what is wrong with it, field by field.</summary>
    public static async Task<(AlarmRuleContent? Content, IReadOnlyList<string> Faults)> ReadAsync(AlarmRuleBody body, AirMapDb db, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var name = body.Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
        {
            faults.Add($"name: 1 to {LongestName} characters (名称)");
        }

        var severities = (body.Severities ?? []).Select(Permissions.Find<Severity>).Distinct().ToList();
        if (severities.Count == 0 || severities.Contains(null))
        {
            faults.Add("severities: one or several of ordinary, serious and critical");
        }

        var known = RuleBook.Rules.Select(r => r.Article).ToHashSet();
        if (body.Articles is { Length: 0 } || body.Articles?.All(known.Contains) == false)
        {
            faults.Add("articles: null for all, or articles that rule over something; GET /api/rules lists them");
        }

        faults.AddRange(await CountyCodes.FaultsOfAsync(body.Counties, db, cancellation));
        return faults.Count > 0
            ? (null, faults)
            : (new(name, [.. severities.OfType<Severity>().Order()], Sorted(body.Articles), Sorted(body.Counties), body.Sounds ?? true, body.Enabled ?? true), faults);
    }

    static T[]? Sorted<T>(T[]? values) => values is null ? null : [.. values.Distinct().Order()];
}
