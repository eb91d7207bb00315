using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>When an alarm was.</summary>
/// <param name="Format"><c>rfc3339</c> (with an offset), <c>epochSeconds</c>, <c>epochMilliseconds</c>, or a pattern of Beijing time such as <c>yyyy-MM-dd HH:mm:ss</c>.</param>
public sealed record WebhookTime(string? Path, string? Format);

/// <param name="Scale">What full confidence is on the platform's scale: 1 or 100.</param>
public sealed record WebhookConfidence(string? Path, double? Scale);

/// <summary>Which alarms count; all others are acknowledged and counted as ignored.</summary>
/// <param name="Counts">As the platform writes them; case does not matter.</param>
public sealed record WebhookKinds(string? Path, string[]? Counts);

/// <param name="Lon">In the mapping's coordinate system.</param>
/// <param name="RadiusMetres">How far the fire may be from this point: usually what the camera overlooks.</param>
/// <param name="Bearing">Degrees clockwise from north.</param>
public sealed record WebhookCamera(string? Id, double? Lon, double? Lat, double? RadiusMetres, double? Bearing);

/// <summary>Where a platform writes what a detection needs. Paths are like <c>data.alarms[0].id</c>, and but for <c>items</c> start at the single alarm.</summary>
public sealed record WebhookMapping
{
    /// <summary><c>video</c> unless it says otherwise.</summary>
    public string? SourceKind { get; init; }

    /// <summary>The array of alarms, or the one alarm; empty where the body itself is it.</summary>
    public string? Items { get; init; }

    public string? Id { get; init; }

    public WebhookTime? Time { get; init; }

    public string? Lon { get; init; }

    public string? Lat { get; init; }

    /// <summary>Of the positions, the cameras' included; CGCS2000 unless it says otherwise.</summary>
    public string? Crs { get; init; }

    /// <summary>The camera's id; it gives the position where the alarm has none.</summary>
    public string? Camera { get; init; }

    public WebhookCamera[]? Cameras { get; init; }

    public string? RadiusMetres { get; init; }

    public string? Bearing { get; init; }

    public WebhookConfidence? Confidence { get; init; }

    public WebhookKinds? Kinds { get; init; }

    public string? Image { get; init; }

    /// <summary>A field that is spelt wrong is a fault, not something to pass over.</summary>
    static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The mapping, or the place in the JSON that cannot be taken.</summary>
    internal static (WebhookMapping? Mapping, string? Fault) Read(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? (json.Deserialize<WebhookMapping>(Strict), null) : (null, "the body is a JSON object");
        }
        catch (JsonException e)
        {
            return (null, $"{(e.Path is { Length: > 2 } path ? path[2..] : "the body")}: no such field, or not of its type");
        }
    }

    internal string ToText() => JsonSerializer.Serialize(this, Strict);

    internal static WebhookMapping OfText(string text) => JsonSerializer.Deserialize<WebhookMapping>(text, Strict)!;
}
