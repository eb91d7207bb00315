using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Tests;

/// <summary>A scenario file: the cases of one rule about one kind of subject.</summary>
public sealed class ScenarioFile
{
    public string Rule { get; set; } = "";

    /// <summary>Kind of subject, e.g. <c>boiler</c>; its facts are those of the record that the rule book takes.</summary>
    public string Subject { get; set; } = "";

    /// <summary>The moment that is asked about, unless a scenario names another.</summary>
    public string? At { get; set; }

    /// <summary>Facts that hold in every scenario unless it says otherwise.</summary>
    public Dictionary<string, object?> Given { get; set; } = [];

    public List<Scenario> Scenarios { get; set; } = [];
}

/// <summary>One case: a name, facts, the decision that the law demands.</summary>
public sealed class Scenario
{
    public string Name { get; set; } = "";

    /// <summary>Beside the given facts, or instead of them.</summary>
    public Dictionary<string, object?> Facts { get; set; } = [];

    /// <summary>Given facts that are not known here.</summary>
    public List<string> Unknown { get; set; } = [];

    public string? At { get; set; }

    /// <summary>Instead of the shipped parameters; an empty map means none at all.</summary>
    public Dictionary<string, List<ScenarioValue>>? Parameters { get; set; }

    /// <summary>Instead of the shipped parameters of the same codes.</summary>
    public Dictionary<string, List<ScenarioValue>> Amended { get; set; } = [];

    /// <summary>Codes without any value.</summary>
    public List<string> Repealed { get; set; } = [];

    public Expectation Expect { get; set; } = new();

    public ParameterSet Law => Parameters is { } own
        ? new ParameterSet(own.Select(Dated))
        : new ParameterSet(ScenarioFiles.Shipped.All.Where(shipped => !Amended.ContainsKey(shipped.Code) && !Repealed.Contains(shipped.Code, StringComparer.Ordinal))
            .Concat(Amended.Select(Dated)));

    private static DatedParameter Dated(KeyValuePair<string, List<ScenarioValue>> pair) =>
        new(pair.Key, pair.Key, "1", "scenario", [.. pair.Value.Select(value => value.ToDated())]);
}

public sealed class ScenarioValue
{
    public string EffectiveFrom { get; set; } = "";

    public string? EffectiveTo { get; set; }

    /// <summary>A number, a day or a list of names.</summary>
    public object Value { get; set; } = "";

    public DatedValue ToDated() => new(Day(EffectiveFrom), Read(Value), "scenario", EffectiveTo is null ? null : Day(EffectiveTo));

    private static ParameterValue Read(object value) => value switch
    {
        string text when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => new ParameterValue.Number(number),
        _ => ParameterValue.FromJson(JsonSerializer.SerializeToElement(value)) ?? throw new FormatException($"no parameter value: {value}"),
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

public sealed class Expectation
{
    public string Decision { get; set; } = "";

    public string? Reason { get; set; }

    public string? Missing { get; set; }

    public Severity? Severity { get; set; }

    public double? DueHours { get; set; }

    /// <summary>First day of the value that was applied first.</summary>
    public string? ParameterFrom { get; set; }

    /// <summary>Values that were applied, by code.</summary>
    public Dictionary<string, string>? Parameters { get; set; }

    public List<string>? Lead { get; set; }

    public List<string>? Cooperating { get; set; }

    /// <summary>Name of the zone that made it a violation.</summary>
    public string? Zone { get; set; }

    /// <summary>A list is written with 、 between its items.</summary>
    public Dictionary<string, string>? Facts { get; set; }
}
