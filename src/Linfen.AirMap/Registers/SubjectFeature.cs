using System.Text.Json;
using Linfen.AirMap.Events;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Registers;

/// <summary>A subject as GeoJSON: the same in lists, by id, in events and in its history.</summary>
static class SubjectFeature
{
    public static string ToText(Subject subject, Register register) => Feature.ToText(json => Write(json, subject, register));

    public static void Write(Utf8JsonWriter json, Subject subject, Register register)
    {
        Feature.Begin(json, subject.Id.ToString(), subject.Shape ?? subject.Position);
        json.WriteString("register", subject.Kind);
        json.WriteString("code", subject.Code);
        json.WriteString("name", subject.Name);
        json.WriteString("county", subject.County);
        if (register.ParentField is { } parent)
        {
            json.WriteString(parent, subject.ParentId?.ToString());
        }

        foreach (var (name, value) in subject.Fields.All)
        {
            json.WritePropertyName(name);
            if (register.IsSecret(name))
            {
                json.WriteStringValue(Field.Mask);
            }
            else
            {
                value.WriteTo(json);
            }
        }

        json.WriteTime("since", subject.Since);
        json.WriteTime("occurredAt", subject.Since);
        json.WriteTime("knownAt", subject.KnownAt);
        json.WriteTime("changedAt", subject.ChangedAt);
        json.WriteNumber("version", subject.Version);
        json.WriteBoolean("simulated", subject.Simulated);
        Feature.End(json);
    }
}
