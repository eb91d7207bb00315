using System.Globalization;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Tests;

/// <summary>One case of a scenario file: a name, a situation, the decision that the law demands.</summary>
public sealed class Scenario
{
    public string Name { get; set; } = "";

    public Situation Situation { get; set; } = new();

    /// <summary>Instead of the shipped parameters; an empty map means none at all.</summary>
    public Dictionary<string, List<ScenarioValue>>? Parameters { get; set; }

    public Expectation Expect { get; set; } = new();
}

public sealed class Situation
{
    public FireState? State { get; set; }

    public string? County { get; set; }

    public string Seen { get; set; } = "";

    public string? LastSeen { get; set; }

    /// <summary>The moment that is asked about; without it that of the last sighting.</summary>
    public string? At { get; set; }

    public bool AttributedToHeatSource { get; set; }

    public bool OutsideCity { get; set; }

    public string? VerdictReason { get; set; }

    public double? FrpMegawatts { get; set; }

    public FireFacts Facts => new()
    {
        State = State,
        County = County,
        FirstSeenAt = Time(Seen),
        LastSeenAt = Time(LastSeen ?? Seen),
        AttributedToHeatSource = AttributedToHeatSource,
        OutsideCity = OutsideCity,
        VerdictReason = VerdictReason,
        FrpMegawatts = FrpMegawatts,
    };

    public DateTimeOffset AskedAt => Time(At ?? LastSeen ?? Seen);

    // A scenario without an offset would mean another instant on every machine.
    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);
}

public sealed class ScenarioValue
{
    public string EffectiveFrom { get; set; } = "";

    public string? EffectiveTo { get; set; }

    public decimal Value { get; set; }

    public DatedValue ToDated() => new(Day(EffectiveFrom), new ParameterValue.Number(Value), "scenario",
        EffectiveTo is null ? null : Day(EffectiveTo));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

public sealed class Expectation
{
    public string Decision { get; set; } = "";

    public string? Reason { get; set; }

    public string? Missing { get; set; }

    public Severity? Severity { get; set; }

    public double? DueHours { get; set; }

    public string? ParameterFrom { get; set; }

    public List<string>? Lead { get; set; }

    public Dictionary<string, string>? Facts { get; set; }
}
