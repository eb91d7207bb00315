using System.Globalization;
using Linfen.AirMap.Plan.Parameters;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Linfen.AirMap.Plan.Tests;

/// <summary>Finds and reads the scenario files; an unknown or misspelt key is an error, never ignored.</summary>
public static class ScenarioFiles
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance)
        .WithCaseInsensitivePropertyMatching()
        .WithDuplicateKeyChecking()
        .Build();

    public static IEnumerable<(string File, Scenario Scenario)> Of(string article)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "scenarios", article);
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
        {
            foreach (var scenario in Read(File.ReadAllText(path)))
            {
                yield return (Path.GetFileName(path), scenario);
            }
        }
    }

    public static List<Scenario> Read(string yaml) => Yaml.Deserialize<List<Scenario>>(yaml);

    public static ParameterSet Parameters(Scenario scenario) => scenario.Parameters is { } own
        ? new ParameterSet(own.Select(pair => new DatedParameter(pair.Key, pair.Key, "h", "scenario",
            [.. pair.Value.Select(value => value.ToDated())])))
        : Shipped;

    public static ParameterSet Shipped { get; } =
        new(ParameterFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "parameters.json"))).Parameters);

    /// <summary>What differs between the decision and the expectation; empty when the scenario holds.</summary>
    public static IReadOnlyList<string> Differences(Expectation expected, Decision decision)
    {
        var differences = new List<string>();
        void Compare(string what, object? wanted, object? got)
        {
            if (wanted is not null && !Equals(wanted, got))
            {
                differences.Add($"{what}: expected {wanted}, got {got ?? "nothing"}");
            }
        }

        Compare("decision", expected.Decision, decision.GetType().Name.ToLowerInvariant());
        Compare("reason", expected.Reason, (decision as Decision.Compliant)?.Reason);
        Compare("missing", expected.Missing, (decision as Decision.Undecidable)?.MissingFact);
        var violation = decision as Decision.Violation;
        Compare("severity", expected.Severity, violation?.Severity);
        Compare("dueHours", expected.DueHours, violation?.DueAfter.TotalHours);
        Compare("parameterFrom", expected.ParameterFrom, violation?.Parameters[0].EffectiveFrom.ToString("O", CultureInfo.InvariantCulture));
        Compare("lead", expected.Lead is { } lead ? string.Join('、', lead) : null, violation is null ? null : string.Join('、', violation.Lead));
        foreach (var (name, wanted) in expected.Facts ?? [])
        {
            var fact = violation?.Facts.FirstOrDefault(candidate => candidate.Name == name);
            Compare($"fact {name}", wanted, Convert.ToString(fact?.Value, CultureInfo.InvariantCulture));
        }

        return differences;
    }
}
