using System.Text.Json;
using Linfen.AirMap.Events;
using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Fires;

/// <summary>A fire as GeoJSON: the same in lists, by id and in events.</summary>
static class FireFeature
{
    static readonly string[] Sources = [.. Enum.GetNames<SourceKind>().Select(n => n.ToLowerInvariant())];

    static readonly string[] Statuses = [.. Enum.GetNames<FireStatus>().Select(n => n.ToLowerInvariant())];

    public static string ToText(Fire fire, FireOptions options) => Feature.ToText(json => Write(json, fire, options));

    public static void Write(Utf8JsonWriter json, Fire fire, FireOptions options)
    {
        Feature.Begin(json, fire.Id.ToString(), fire.Position);
        json.WriteString("name", fire.Name);
        json.WriteString("status", Statuses[(int)fire.Status]);
        json.WriteString("county", fire.County);
        json.WriteTime("firstSeenAt", fire.FirstSeenAt);
        json.WriteTime("lastSeenAt", fire.LastSeenAt);
        json.WriteTime("occurredAt", fire.FirstSeenAt);
        json.WriteTime("knownAt", fire.KnownAt);
        json.WriteTime("updatedAt", fire.UpdatedAt);
        json.WriteTime("lapsesAt", fire.IsBurning ? fire.LastSeenAt + options.LapseAfter : null);
        json.WriteNumber("detections", fire.Detections);
        json.WriteStartObject("sources");
        for (var kind = 0; kind < fire.SeenBy.Length; kind++)
        {
            if (fire.SeenBy[kind] > 0)
            {
                json.WriteNumber(Sources[kind], fire.SeenBy[kind]);
            }
        }

        json.WriteEndObject();
        json.WriteNumber("radiusMetres", fire.RadiusMetres);
        json.WriteOptional("frpMegawatts", fire.FrpMegawatts);
        json.WriteString("confirmedBy", fire.ConfirmedAt is null ? null : fire.IsCorroborated ? "sources" : "verdict");
        WriteVerdict(json, fire);
        json.WriteString("violation", fire.ViolationId?.ToString());
        if (fire.AttributedTo is { } source)
        {
            json.WriteStartObject("attributedTo");
            json.WriteString("id", source.ToString());
            json.WriteString("name", fire.AttributedName);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("attributedTo");
        }

        json.WriteString("mergedInto", fire.MergedInto?.ToString());
        json.WriteBoolean("simulated", fire.Simulated);
        Feature.End(json);
    }

    static void WriteVerdict(Utf8JsonWriter json, Fire fire)
    {
        if (fire.Verdict is not { } verdict)
        {
            json.WriteNull("verdict");
            return;
        }

        json.WriteStartObject("verdict");
        json.WriteString("verdict", verdict.ToString().ToLowerInvariant());
        json.WriteString("reason", fire.VerdictReason);
        json.WriteTime("at", fire.VerdictAt);
        json.WriteTime("knownAt", fire.VerdictKnownAt);
        json.WriteEndObject();
    }
}
