using System.Text.Json;
using Linfen.AirMap.Events;

namespace Linfen.AirMap.Violations;

/// <summary>A violation as GeoJSON: the same in lists, by id and in events.</summary>
static class ViolationFeature
{
    public static string ToText(Violation violation) => Feature.ToText(json => Write(json, violation));

    /// <param name="at">The moment as of which it is shown: what closed it later is not told. Null for now.</param>
    public static void Write(Utf8JsonWriter json, Violation violation, DateTimeOffset? at = null) => Write(json, violation, violation.IsOpen || violation.ClosedAt > at);

    /// <summary>As it was known at a moment: a closing that became known later is not told.</summary>
    public static void WriteAsKnown(Utf8JsonWriter json, Violation violation, DateTimeOffset moment) => Write(json, violation, violation.IsOpen || violation.ClosedKnownAt > moment);

    static void Write(Utf8JsonWriter json, Violation violation, bool isOpen)
    {
        Feature.Begin(json, violation.Id.ToString(), violation.Position);
        json.WriteString("rule", violation.Rule);
        json.WriteNumber("article", violation.Article);
        json.WriteString("severity", violation.Severity.ToString().ToLowerInvariant());
        json.WriteString("status", isOpen ? "open" : "closed");
        json.WriteStartObject("subject");
        json.WriteString("kind", violation.SubjectKind);
        json.WriteString("id", violation.SubjectId.ToString());
        json.WriteString("name", violation.SubjectName);
        json.WriteEndObject();
        json.WriteString("county", violation.County);
        WriteDecision(json, violation);
        json.WriteTime("openedAt", violation.OpenedAt);
        json.WriteTime("occurredAt", violation.OpenedAt);
        json.WriteTime("knownAt", violation.KnownAt);
        json.WriteTime("dueAt", violation.DueAt);
        json.WriteTime("closedAt", isOpen ? null : violation.ClosedAt);
        json.WriteString("closedReason", isOpen ? null : violation.ClosedReason);
        json.WriteStartArray("evidence");
        foreach (var id in violation.Evidence)
        {
            json.WriteStringValue(id.ToString());
        }

        json.WriteEndArray();
        WriteUnits(json, "lead", violation.Lead);
        WriteUnits(json, "cooperating", violation.Cooperating);
        json.WriteString("responsible", violation.Responsible);
        json.WriteBoolean("simulated", violation.Simulated);
        Feature.End(json);
    }

    /// <summary>The decision that stands, and the opening one where that said something else.</summary>
    static void WriteDecision(Utf8JsonWriter json, Violation violation)
    {
        var opening = DecisionJson.Standing(violation.Facts, violation.Parameters, violation.Zone);
        using var standing = JsonDocument.Parse(violation.Standing ?? opening);
        foreach (var part in standing.RootElement.EnumerateObject())
        {
            part.WriteTo(json);
        }

        if (violation.Standing is not null)
        {
            json.WritePropertyName("opening");
            json.WriteRawValue(opening, skipInputValidation: true);
        }
    }

    static void WriteUnits(Utf8JsonWriter json, string name, string[] units)
    {
        json.WriteStartArray(name);
        foreach (var unit in units)
        {
            json.WriteStringValue(unit);
        }

        json.WriteEndArray();
    }
}
