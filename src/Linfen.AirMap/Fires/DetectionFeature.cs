using System.Text.Json;
using Linfen.AirMap.Events;

namespace Linfen.AirMap.Fires;

static class DetectionFeature
{
    public static void Write(Utf8JsonWriter json, Detection detection)
    {
        Feature.Begin(json, detection.Id.ToString(), detection.Position);
        json.WriteString("feed", detection.Feed);
        json.WriteString("sourceKind", detection.SourceKind.ToString().ToLowerInvariant());
        json.WriteString("detectionId", detection.DetectionId);
        json.WriteString("instrument", detection.Instrument);
        json.WriteTime("occurredAt", detection.OccurredAt);
        json.WriteTime("knownAt", detection.KnownAt);
        json.WriteNumber("radiusMetres", detection.RadiusMetres);
        json.WriteOptional("bearing", detection.BearingDegrees);
        json.WriteOptional("confidence", detection.Confidence);
        json.WriteOptional("frpMegawatts", detection.FrpMegawatts);
        json.WriteString("imageUrl", detection.ImageUrl);
        json.WriteString("county", detection.County);
        json.WriteString("fire", detection.FireId?.ToString());
        json.WriteBoolean("simulated", detection.Simulated);
        Feature.End(json);
    }
}
