using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Subjects;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Findings;

/// <summary>What somebody files, read and checked.</summary>
sealed record Filing(Guid Id, SubjectDraft Draft);

/// <summary>What is said about a step: when it was taken, why, and what shows it.</summary>
/// <param name="At">Null for now.</param>
sealed record StepSaid(DateTimeOffset? At, string? Reason, IReadOnlyList<string> Photos);

/// <summary>Reads findings and their steps from JSON. Every fault names its field.</summary>
static class FindingReader
{
    const int LongestText = 4_000;

    public const int MostPhotos = 9;

    /// <summary>Clocks of phones are off a little.</summary>
    public static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="photos">Hashes of the photos that came with it.</param>
    public static Filing? Filing(JsonElement json, IReadOnlyList<string> photos, DateTimeOffset now, List<string> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add("a finding is a JSON object");
            return null;
        }

        var id = json.TryGetProperty("id", out var named) && named.ValueKind == JsonValueKind.String && Guid.TryParse(named.GetString(), out var given) && given != Guid.Empty ? given : Fault<Guid?>("id: a UUID of the sender's is needed", faults);
        var kind = json.TryGetProperty("kind", out var code) && code.ValueKind == JsonValueKind.String && FindingKinds.Find(code.GetString()!) is { } known
            ? known
            : Fault<FindingKind?>("kind: is none of GET /api/finding-kinds", faults);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["kind"] = kind?.Code,
            ["at"] = Moment(json, now, required: true, faults),
            ["text"] = LongText(json, "text", faults),
            ["photos"] = Photos(json, photos, faults) is { Count: > 0 } shown ? shown : null,
            ["state"] = "filed",
        };
        foreach (var field in FindingRegister.Filed.Where(f => f.Name is "filedBy" or "accuracyMetres"))
        {
            values[field.Name] = Take(field, json, faults);
        }

        var simulated = Take(new Field("simulated", FieldType.Flag, "模拟数据", "Simulated"), json, faults) is true;
        var place = Place(json, faults);
        return faults.Count > 0 ? null : new(id!.Value, new(
            FindingRegister.KindName, "id:" + id.Value.ToString("D"), null, kind!.TitleZh, place, null,
            FieldValues.From(new FindingRegister().Fields, values), (DateTimeOffset?)values["at"], simulated));
    }

    public static StepSaid? Step(FindingStep step, JsonElement json, IReadOnlyList<string> photos, DateTimeOffset now, List<string> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add("the body is a JSON object");
            return null;
        }

        var said = new StepSaid(Moment(json, now, required: false, faults), LongText(json, "reason", faults), Photos(json, photos, faults));
        if (step.To == FindingState.Rectified && said.Reason is null && said.Photos.Count == 0)
        {
            faults.Add("reason, photos: a photo or a reason must show that it is mended");
        }

        if (step.To == FindingState.Dismissed && said.Reason is null)
        {
            faults.Add("reason: is needed, so that the sender learns why it was none");
        }

        return faults.Count > 0 ? null : said;
    }

    static T? Fault<T>(string fault, List<string> faults)
    {
        faults.Add(fault);
        return default;
    }

    static object? Take(Field field, JsonElement json, List<string> faults)
    {
        var (value, fault) = json.TryGetProperty(field.Name, out var given) ? field.Read(given) : (null, null);
        if (fault is not null)
        {
            faults.Add(fault);
        }
        else if (value is null && field.Required)
        {
            faults.Add($"{field.Name}: is missing ({field.Title})");
        }

        return value;
    }

    static string? String(JsonElement json, string name, List<string> faults)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add($"{name}: is no text");
            return null;
        }

        return string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString();
    }

    static string? LongText(JsonElement json, string name, List<string> faults)
    {
        var text = String(json, name, faults);
        if (text is not null && (text.Length > LongestText || text.Contains('\0', StringComparison.Ordinal)))
        {
            faults.Add($"{name}: has more than {LongestText.ToString(CultureInfo.InvariantCulture)} characters, or a NUL among them");
        }

        return text;
    }

    static DateTimeOffset? Moment(JsonElement json, DateTimeOffset now, bool required, List<string> faults)
    {
        var text = String(json, "at", faults);
        if (text is null)
        {
            return required ? Fault<DateTimeOffset?>("at: is missing (发现时间)", faults) : null;
        }

        var at = Times.Moment(text);
        if (at is null || at < Earliest || at > now + FutureTolerance)
        {
            faults.Add(at is null ? "at: is no RFC 3339 time with an offset" : at < Earliest ? "at: lies before the year 2000" : "at: lies in the future");
            return null;
        }

        // Microseconds, as they are stored.
        return new(at.Value.UtcTicks - at.Value.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }

    /// <summary>Photos that came with it and those that it names, each once.</summary>
    static List<string> Photos(JsonElement json, IReadOnlyList<string> sent, List<string> faults)
    {
        var photos = sent.ToList();
        if (json.TryGetProperty("photos", out var named) && named.ValueKind != JsonValueKind.Null)
        {
            if (named.ValueKind != JsonValueKind.Array || named.EnumerateArray().Any(p => p.ValueKind != JsonValueKind.String || !IsHash(p.GetString()!)))
            {
                faults.Add("photos: is a list of the hashes of stored photos");
                return photos;
            }

            photos.AddRange(named.EnumerateArray().Select(p => p.GetString()!));
        }

        photos = [.. photos.Distinct(StringComparer.Ordinal)];
        if (photos.Count > MostPhotos)
        {
            faults.Add($"photos: are more than {MostPhotos.ToString(CultureInfo.InvariantCulture)}");
        }

        return photos;
    }

    static bool IsHash(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    static Point? Place(JsonElement json, List<string> faults)
    {
        var system = CoordinateSystem.Cgcs2000;
        if (String(json, "crs", faults) is { } named && !CoordinateSystem.TryParse(named, out system!))
        {
            faults.Add("crs: is not known; for example CGCS2000, WGS84, GCJ02, BD09, EPSG:4546");
            return null;
        }

        if (!json.TryGetProperty("lon", out var lon) || !json.TryGetProperty("lat", out var lat) || lon.ValueKind != JsonValueKind.Number || lat.ValueKind != JsonValueKind.Number
            || !lon.TryGetDouble(out var x) || !lat.TryGetDouble(out var y) || !double.IsFinite(x) || !double.IsFinite(y))
        {
            faults.Add("lon, lat: both are numbers");
            return null;
        }

        return Shapes.Point(x, y, system, faults);
    }
}
