using System.Collections;
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

    public static ParameterSet Shipped { get; } =
        new(ParameterFile.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "parameters.json"))).Parameters);

    /// <summary>All cases; the name of a file is its path below the scenarios.</summary>
    public static IReadOnlyList<Case> All { get; } = [.. ReadAll()];

    public static ScenarioFile Read(string yaml) => Yaml.Deserialize<ScenarioFile>(yaml);

    private static IEnumerable<Case> ReadAll()
    {
        var root = Path.Combine(AppContext.BaseDirectory, "scenarios");
        foreach (var path in Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Read(File.ReadAllText(path));
            foreach (var scenario in file.Scenarios)
            {
                yield return new(Path.GetRelativePath(root, path), file, scenario);
            }
        }
    }

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
        Compare("lead", Text(expected.Lead), Text(violation?.Lead));
        Compare("cooperating", Text(expected.Cooperating), Text(violation?.Cooperating));
        Compare("zone", expected.Zone, violation?.Zone?.Name);
        foreach (var (code, wanted) in expected.Parameters ?? [])
        {
            Compare($"parameter {code}", wanted, violation?.Parameters.FirstOrDefault(applied => applied.Code == code)?.Value.ToString());
        }

        foreach (var (name, wanted) in expected.Facts ?? [])
        {
            Compare($"fact {name}", wanted, Text(violation?.Facts.FirstOrDefault(fact => fact.Name == name).Value));
        }

        return differences;
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset moment => moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        IEnumerable items => string.Join('、', items.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
