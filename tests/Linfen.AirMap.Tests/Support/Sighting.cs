using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Tests.Support;

/// <summary>One detection as a sender tells it.</summary>
public sealed record Sighting(string DetectionId, DateTimeOffset At, LonLat Place)
{
    public string SourceKind { get; init; } = "video";

    public string? Feed { get; init; }

    public string? Crs { get; init; }

    public double? RadiusMetres { get; init; }

    public double? Confidence { get; init; }

    public double? FrpMegawatts { get; init; }

    public bool? Simulated { get; init; }

    public string ToJson(bool indented = false)
    {
        var told = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sourceKind"] = SourceKind,
            ["detectionId"] = DetectionId,
            ["at"] = At.ToString("O", CultureInfo.InvariantCulture),
            ["lon"] = Place.Lon,
            ["lat"] = Place.Lat,
            ["feed"] = Feed,
            ["crs"] = Crs,
            ["radiusMetres"] = RadiusMetres,
            ["confidence"] = Confidence,
            ["frpMegawatts"] = FrpMegawatts,
            ["simulated"] = Simulated,
        };
        return JsonSerializer.Serialize(
            told.Where(t => t.Value is not null).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal), indented ? Indented : JsonSerializerOptions.Default);
    }

    public static string Array(IEnumerable<Sighting> sightings) => $"[{string.Join(',', sightings.Select(s => s.ToJson()))}]";

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
