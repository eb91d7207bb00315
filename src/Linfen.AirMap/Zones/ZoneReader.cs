using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Subjects;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Zones;

/// <summary>A zone that was read, or everything that is wrong with it.</summary>
/// <param name="Id">Given by the caller where it names its own zones.</param>
sealed record ZoneReading(ZoneDraft? Draft, Guid? Id, IReadOnlyList<string> Faults);

/// <summary>When and by which document a zone begins to hold.</summary>
/// <param name="To">Last Beijing day; null without an end.</param>
/// <param name="Reason">Why it begins in the past.</param>
sealed record Publication(string DocumentNumber, DateOnly From, DateOnly? To, string? Reason);

/// <summary>Reads zones from JSON: a flat object with <c>geometry</c>, or a GeoJSON Feature.</summary>
static class ZoneReader
{
    const int LongestName = 200;
    const int LongestText = 2_000;

    /// <summary>China stages of non-road machinery go from 0 (none) to 4, with room for the next.</summary>
    const int HighestStage = 6;

    /// <param name="kind">Of zones that do not name their own.</param>
    /// <param name="crs">The coordinate system of those that do not name their own; null for CGCS2000.</param>
    public static ZoneReading Read(JsonElement body, ZoneMeasures measures, string? kind = null, string? crs = null)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return new(null, null, ["the body is a JSON object with the fields of a zone, or a GeoJSON Feature"]);
        }

        var faults = new List<string>();
        var said = Properties(body);
        var named = Text(said, "kind", faults) ?? kind;
        var found = ZoneKinds.Find(named);
        if (found is null)
        {
            faults.Add(named is null ? "kind: is missing (类型)" : $"kind: '{Shortened(named)}' is not one of {string.Join(", ", ZoneKinds.All.Where(k => !k.Derived).Select(k => k.Code))}");
        }

        var name = Text(said, "name", faults);
        if (name is null || name.Length > LongestName)
        {
            faults.Add($"name: a name of at most {LongestName} characters is needed (名称)");
        }

        var authority = Text(said, "authority", faults);
        var stage = Stage(said, faults);
        CheckFits(found, authority, stage, faults);
        var note = Text(said, "note", faults);
        var simulated = Flag(said, "simulated", faults);
        var shape = Shape(body, said, crs, measures, faults);
        return faults.Count > 0 || found is not { } known
            ? new(null, null, faults)
            : new(new(known, name!, shape!, authority, stage, note, simulated), Id(body, said), []);
    }

    /// <summary>The dates and document of a publication; null with faults when they are wrong, or absent altogether.</summary>
    public static Publication? ReadPublication(JsonElement body, List<string> faults)
    {
        var said = body.ValueKind == JsonValueKind.Object ? Properties(body) : default;
        if (said.ValueKind != JsonValueKind.Object)
        {
            faults.Add("the body is a JSON object with documentNumber and effectiveFrom");
            return null;
        }

        var before = faults.Count;
        var document = Text(said, "documentNumber", faults);
        var (from, to) = (Day(said, "effectiveFrom", faults), Day(said, "effectiveTo", faults));
        if (document is null)
        {
            faults.Add("documentNumber: is missing (文号)");
        }

        if (from is null && faults.Count == before)
        {
            faults.Add("effectiveFrom: is missing (生效日期)");
        }

        if (to < from)
        {
            faults.Add("effectiveTo: is the last day in force, not before effectiveFrom");
        }

        var reason = Text(said, "reason", faults);
        return faults.Count > before ? null : new(document!, from!.Value, to, reason);
    }

    public static JsonElement Properties(JsonElement body) =>
        body.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object ? properties : body;

    public static DateOnly? Day(JsonElement said, string name, List<string> faults)
    {
        if (Text(said, name, faults) is not { } text)
        {
            return null;
        }

        var day = Times.Day(text);
        if (day is null)
        {
            faults.Add($"{name}: '{Shortened(text)}' is not a day such as 2024-05-31");
        }

        return day;
    }

    public static string? Text(JsonElement said, string name, List<string> faults)
    {
        if (!said.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (given.ValueKind != JsonValueKind.String || given.GetString()!.Length > LongestText || given.GetString()!.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add($"{name}: is not a text of at most {LongestText} characters");
            return null;
        }

        return string.IsNullOrWhiteSpace(given.GetString()) ? null : given.GetString()!.Trim();
    }

    static void CheckFits(ZoneKind? kind, string? authority, int? stage, List<string> faults)
    {
        if (authority is not null && kind is not (null or ZoneKind.IndustrialPark))
        {
            faults.Add("authority: only an industrial park has one (管委会)");
        }

        if (stage is not null && kind is not (null or ZoneKind.NonRoadMachineryControl))
        {
            faults.Add("minimumStage: only a control zone of non-road machinery has one (最低排放阶段)");
        }
    }

    static int? Stage(JsonElement said, List<string> faults)
    {
        if (!said.TryGetProperty("minimumStage", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var stage) && stage is >= 0 and <= HighestStage)
        {
            return stage;
        }

        faults.Add($"minimumStage: is a whole number from 0 to {HighestStage}");
        return null;
    }

    static bool Flag(JsonElement said, string name, List<string> faults)
    {
        if (!said.TryGetProperty(name, out var given) || given.ValueKind is JsonValueKind.Null or JsonValueKind.False or JsonValueKind.True)
        {
            return given.ValueKind == JsonValueKind.True;
        }

        faults.Add($"{name}: is true or false");
        return false;
    }

    static MultiPolygon? Shape(JsonElement body, JsonElement said, string? common, ZoneMeasures measures, List<string> faults)
    {
        var system = CoordinateSystem.Cgcs2000;
        if ((Text(said, "crs", faults) ?? Text(body, "crs", faults) ?? common) is { } crs && !CoordinateSystem.TryParse(crs, out system!))
        {
            faults.Add($"crs: '{Shortened(crs)}' is not known; for example CGCS2000, WGS84, GCJ02, BD09, EPSG:4546");
            return null;
        }

        if ((!body.TryGetProperty("geometry", out var geometry) && !said.TryGetProperty("geometry", out geometry)) || geometry.ValueKind == JsonValueKind.Null)
        {
            faults.Add("geometry: is missing; Polygon or MultiPolygon");
            return null;
        }

        var shape = ZoneShape.Read(geometry, system, faults);
        if (shape is not null && measures.CountiesOf(shape).Count == 0)
        {
            faults.Add($"geometry: lies outside the city, around {ZoneShape.Place(shape.Centroid.Coordinate)}");
        }

        return shape;
    }

    static Guid? Id(JsonElement body, JsonElement said) =>
        (said.TryGetProperty("id", out var given) || body.TryGetProperty("id", out given)) && given.ValueKind == JsonValueKind.String && Guid.TryParse(given.GetString(), out var id) ? id : null;

    static string Shortened(string text) => text.Length > 60 ? text[..60] + "…" : text;
}
