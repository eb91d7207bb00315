using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Zones;

/// <summary>A version of a zone as GeoJSON: the same in lists, by id and in events.</summary>
static class ZoneFeature
{
    public static string ToText(ZoneVersion zone, ZoneMeasure measure) => Feature.ToText(json => Write(json, zone, measure));

    public static JsonElement ToJson(ZoneVersion zone, ZoneMeasure measure) => JsonSerializer.Deserialize<JsonElement>(ToText(zone, measure));

    /// <param name="projection">The system of the coordinates, which the feature then names; null for CGCS2000 as everywhere.</param>
    public static void Write(Utf8JsonWriter json, ZoneVersion zone, ZoneMeasure measure, ZoneProjection? projection = null)
    {
        if (projection is null)
        {
            Feature.Begin(json, zone.Id.ToString(), zone.Shape);
        }
        else
        {
            Feature.Begin(json, zone.Id.ToString(), projection.Of(zone.Shape), projection.Decimals);
            json.WriteString("crs", projection.Name);
        }

        json.WriteNumber("version", zone.Version);
        json.WriteString("kind", ZoneKinds.CodeOf(zone.Kind));
        WriteTitle(json, ZoneKinds.TitleOf(zone.Kind), ZoneKinds.TitleEnOf(zone.Kind));
        json.WriteString("name", zone.Name);
        json.WriteString("status", zone.Status.ToString().ToLowerInvariant());
        json.WriteString("documentNumber", zone.DocumentNumber);
        WriteDay(json, "effectiveFrom", zone.EffectiveFrom);
        WriteDay(json, "effectiveTo", zone.EffectiveTo);
        json.WriteString("reason", zone.Reason);
        json.WriteString("authority", zone.Authority);
        if (zone.MinimumStage is { } stage)
        {
            json.WriteNumber("minimumStage", stage);
        }
        else
        {
            json.WriteNull("minimumStage");
        }

        json.WriteString("note", zone.Note);
        WriteMeasure(json, measure);
        json.WriteTime("occurredAt", zone.EffectiveFrom is { } from ? Beijing.StartOf(from) : zone.KnownAt);
        json.WriteTime("knownAt", zone.KnownAt);
        json.WriteTime("changedAt", zone.ChangedAt);
        json.WriteString("changedBy", zone.ChangedBy);
        json.WriteNumber("revision", zone.Revision);
        json.WriteBoolean("derived", false);
        json.WriteBoolean("simulated", zone.Simulated);
        Feature.End(json);
    }

    public static void WriteTitle(Utf8JsonWriter json, string title, string titleEn)
    {
        json.WriteStartObject("kindTitle");
        json.WriteString("zh", title);
        json.WriteString("en", titleEn);
        json.WriteEndObject();
    }

    public static void WriteDay(Utf8JsonWriter json, string name, DateOnly? day) => json.WriteString(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static void WriteMeasure(Utf8JsonWriter json, ZoneMeasure measure)
    {
        json.WriteStartArray("counties");
        foreach (var county in measure.Counties)
        {
            json.WriteStringValue(county);
        }

        json.WriteEndArray();
        json.WriteNumber("areaSquareMetres", measure.AreaSquareMetres);
    }
}
