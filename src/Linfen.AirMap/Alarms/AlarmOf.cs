using System.Text.Json;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Alarms;

/// <summary>An alarm with the violation that it is about, as GeoJSON the same in lists, by id and in events.</summary>
sealed class AlarmOf
{
    public required Alarm Alarm { get; init; }

    public required Violation Violation { get; init; }

    public static IQueryable<AlarmOf> All(AirMapDb db) =>
        from alarm in db.Alarms join violation in db.Violations on alarm.ViolationId equals violation.Id select new AlarmOf { Alarm = alarm, Violation = violation };

    public string ToText() => Feature.ToText(Write);

    public void Write(Utf8JsonWriter json)
    {
        Feature.Begin(json, Alarm.Id.ToString(), Violation.Position);
        json.WriteString("violation", Alarm.ViolationId.ToString());
        json.WriteString("rule", Violation.Rule);
        json.WriteNumber("article", Violation.Article);
        json.WriteString("severity", Alarm.Severity.ToString().ToLowerInvariant());
        json.WriteString("status", Alarm.Status.ToString().ToLowerInvariant());
        json.WriteStartObject("subject");
        json.WriteString("kind", Violation.SubjectKind);
        json.WriteString("id", Violation.SubjectId.ToString());
        json.WriteString("name", Violation.SubjectName);
        json.WriteEndObject();
        json.WriteString("county", Alarm.County);
        json.WriteTime("openedAt", Violation.OpenedAt);
        json.WriteTime("dueAt", Violation.DueAt);
        json.WriteString("responsible", Violation.Responsible);
        json.WriteStartArray("lead");
        foreach (var unit in Violation.Lead)
        {
            json.WriteStringValue(unit);
        }

        json.WriteEndArray();
        json.WriteString("raisedBy", Alarm.Rule);
        json.WriteBoolean("sounds", Alarm.Sounds);
        json.WriteTime("raisedAt", Alarm.RaisedAt);
        json.WriteTime("acknowledgedAt", Alarm.AcknowledgedAt);
        json.WriteString("acknowledgedBy", Alarm.AcknowledgedBy);
        json.WriteTime("endedAt", Alarm.EndedAt);
        json.WriteBoolean("simulated", Alarm.Simulated);
        Feature.End(json);
    }
}
