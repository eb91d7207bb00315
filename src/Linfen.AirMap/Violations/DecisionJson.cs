using System.Text.Encodings.Web;
using System.Text.Json;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Violations;

/// <summary>How a decision is kept as evidence: JSON with readable Chinese.</summary>
static class DecisionJson
{
    /// <summary>Camel case, Chinese unescaped; for everything that we write as JSON ourselves.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Facts(Decision.Violation decision)
    {
        var facts = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var fact in decision.Facts)
        {
            facts[fact.Name] = fact.Value is DateTimeOffset time ? Feature.Time(time) : fact.Value;
        }

        return JsonSerializer.Serialize(facts, Options);
    }

    /// <summary>The zone version that a decision names.</summary>
    public static string? Zone(Decision.Violation decision) => decision.Zone is { } zone
        ? JsonSerializer.Serialize(new { zone.Id, zone.Version, Kind = JsonNamingPolicy.CamelCase.ConvertName(zone.Kind.ToString()), zone.Name, zone.DocumentNumber, zone.EffectiveFrom }, Options)
        : null;

    /// <summary>All of a decision that may say something else later, in one object.</summary>
    public static string Standing(string facts, string parameters, string? zone) => $$"""{"facts":{{facts}},"parameters":{{parameters}},"zone":{{zone ?? "null"}}}""";

    public static string Parameters(Decision.Violation decision) => JsonSerializer.Serialize(decision.Parameters, Options);
}
