using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Counties;

/// <summary>What is counted of counties on its way into their numbers.</summary>
sealed class CountyTally
{
    readonly record struct OpenOnes(string Rule, int Severity, int Count, int Overdue, int Simulated);

    readonly Dictionary<string, List<OpenOnes>> open = new(StringComparer.Ordinal);

    public Dictionary<string, int> Burning { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> Attributed { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Null where it is not known.</summary>
    public Dictionary<string, int>? Undecidable { get; set; }

    public Dictionary<string, int> OpenedToday { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, int> ClosedToday { get; set; } = new(StringComparer.Ordinal);

    public void AddOpen(string county, string rule, int severity, int count, int overdue, int simulated)
    {
        if (!open.TryGetValue(county, out var rows))
        {
            open[county] = rows = [];
        }

        rows.Add(new(rule, severity, count, overdue, simulated));
    }

    public static void Count(Dictionary<string, int> counts, string county, int count = 1) => counts[county] = counts.GetValueOrDefault(county) + count;

    public IReadOnlyDictionary<string, CountySummary> Sum() =>
        open.Keys.Concat(Burning.Keys).Concat(Attributed.Keys).Concat(Undecidable?.Keys.AsEnumerable() ?? []).Concat(OpenedToday.Keys).Concat(ClosedToday.Keys)
            .Distinct(StringComparer.Ordinal).ToDictionary(code => code, code => Sum(code, open.GetValueOrDefault(code) ?? []), StringComparer.Ordinal);

    CountySummary Sum(string code, List<OpenOnes> rows) => new(
        rows.Sum(r => r.Count),
        rows.Sum(r => r.Overdue),
        Burning.GetValueOrDefault(code),
        Attributed.GetValueOrDefault(code),
        Undecidable is null ? null : Undecidable.GetValueOrDefault(code),
        rows.GroupBy(r => r.Rule, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(r => r.Count), StringComparer.Ordinal),
        Severities(severity => rows.Where(r => r.Severity == (int)severity).Sum(r => r.Count)),
        OpenedToday.GetValueOrDefault(code),
        ClosedToday.GetValueOrDefault(code),
        rows.Sum(r => r.Simulated));

    internal static IReadOnlyDictionary<string, int> Severities(Func<Severity, int> count) =>
        Enum.GetValues<Severity>().OrderDescending().ToDictionary(s => s.ToString().ToLowerInvariant(), count, StringComparer.Ordinal);
}
