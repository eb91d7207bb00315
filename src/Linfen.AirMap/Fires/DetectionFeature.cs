using System.Text.Json;
using Linfen.AirMap.Events;

namespace Linfen.AirMap.Fires;

static class DetectionFeature
{
    /// <param name="likelihood">That it belongs to its fire, 0 to 1.</param>
    public static void Write(Utf8JsonWriter json, Detection detection, double? likelihood)
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
        json.WriteOptional("likelihood", likelihood is { } share ? Math.Round(share, 3) : null);
        json.WriteBoolean("simulated", detection.Simulated);
        Feature.End(json);
    }
}
