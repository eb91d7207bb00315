using System.Buffers;
using System.Text.Json;
using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>What an alarm becomes: a detection as the ordinary door takes it, nothing (its kind does not count), or a reason.</summary>
/// <param name="Missing">The path that the alarm lacks, where that is the reason.</param>
readonly record struct WebhookAlarm(JsonElement? Detection, bool IsIgnored, string? Reason, string? Missing = null);

/// <summary>A mapping made ready: it translates a platform's alarms into detections of our own form, which are then checked as all others are.</summary>
sealed class WebhookReader
{
    readonly WebhookMapping mapping;
    readonly string sourceKind;
    readonly FieldPath items;
    readonly FieldPath id;
    readonly FieldPath time;
    readonly FieldPath? lon;
    readonly FieldPath? lat;
    readonly FieldPath? camera;
    readonly FieldPath? radius;
    readonly FieldPath? bearing;
    readonly FieldPath? confidence;
    readonly FieldPath? kind;
    readonly FieldPath? image;
    readonly Dictionary<string, WebhookCamera> cameras;
    readonly HashSet<string> counting;

    /// <param name="feed">Feed of the detections.</param>
    /// <param name="mapping">One without faults.</param>
    public WebhookReader(string feed, WebhookMapping mapping)
    {
        (Feed, this.mapping, SourceKind) = (feed, mapping, WebhookFaults.SourceKindOf(mapping)!.Value);
        sourceKind = SourceKind.ToString().ToLowerInvariant();
        (items, id, time) = (FieldPath.Parse(mapping.Items ?? "")!, FieldPath.Parse(mapping.Id!)!, FieldPath.Parse(mapping.Time!.Path!)!);
        (lon, lat, camera) = (PathOf(mapping.Lon), PathOf(mapping.Lat), PathOf(mapping.Camera));
        (radius, bearing, confidence) = (PathOf(mapping.RadiusMetres), PathOf(mapping.Bearing), PathOf(mapping.Confidence?.Path));
        (kind, image) = (PathOf(mapping.Kinds?.Path), PathOf(mapping.Image));
        cameras = (mapping.Cameras ?? []).ToDictionary(c => c.Id!, StringComparer.Ordinal);
        counting = new(mapping.Kinds?.Counts ?? [], StringComparer.OrdinalIgnoreCase);
    }

    public string Feed { get; }

    public SourceKind SourceKind { get; }

    static FieldPath? PathOf(string? text) => string.IsNullOrWhiteSpace(text) ? null : FieldPath.Parse(text);

    /// <summary>The single alarms of a call.</summary>
    /// <exception cref="UnreadableBodyException"><c>path-missing</c> where the body has no such array or object.</exception>
    public IEnumerable<JsonElement> AlarmsOf(JsonElement body)
    {
        var found = items.Find(body);
        return found?.ValueKind switch
        {
            JsonValueKind.Array => found.Value.EnumerateArray(),
            JsonValueKind.Object => [found.Value],
            _ => throw new UnreadableBodyException("path-missing", items.Text.Length > 0 ? $"The body has no array or object at '{items.Text}' (items)." : "The body is neither an array nor an object."),
        };
    }

    public WebhookAlarm Read(JsonElement alarm)
    {
        if (kind is not null)
        {
            if (kind.TextOf(alarm) is not { } named)
            {
                return Missing(kind);
            }

            if (!counting.Contains(named))
            {
                return new(null, true, null);
            }
        }

        return id.TextOf(alarm) is not { } detectionId ? Missing(id)
            : time.TextOf(alarm) is not { } text ? Missing(time)
            : WebhookClock.Read(text, mapping.Time!.Format) is not { } at ? new(null, false, $"time-invalid: '{time.Text}' is not as {mapping.Time.Format} says")
            : Place(alarm, detectionId, at);
    }

    static WebhookAlarm Missing(FieldPath path) => new(null, false, $"path-missing: {path.Text}", path.Text);

    WebhookAlarm Place(JsonElement alarm, string detectionId, string at)
    {
        var (x, y) = (lon?.NumberOf(alarm), lat?.NumberOf(alarm));
        WebhookCamera? seenBy = null;
        // Platforms write zeros where they do not know.
        if (camera is not null && (x is null || y is null || (x == 0 && y == 0)))
        {
            if (camera.TextOf(alarm) is not { } name)
            {
                return Missing(camera);
            }

            if (!cameras.TryGetValue(name, out seenBy))
            {
                return new(null, false, "camera-unknown: it is not in the list of cameras");
            }

            (x, y) = (seenBy.Lon, seenBy.Lat);
        }

        return x is null ? Missing(lon!) : y is null ? Missing(lat!)
            : double.IsNaN(x.Value) || double.IsNaN(y.Value) ? new(null, false, $"not-a-number: {lon!.Text} or {lat!.Text}")
            : new(Detection(alarm, detectionId, at, (x.Value, y.Value), seenBy), false, null);
    }

    JsonElement Detection(JsonElement alarm, string detectionId, string at, (double X, double Y) place, WebhookCamera? seenBy)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sourceKind", sourceKind);
            json.WriteString("detectionId", detectionId);
            json.WriteString("at", at);
            json.WriteNumber("lon", place.X);
            json.WriteNumber("lat", place.Y);
            json.WriteString("crs", mapping.Crs ?? "CGCS2000");
            Number("radiusMetres", radius?.NumberOf(alarm) ?? seenBy?.RadiusMetres);
            Number("bearing", bearing?.NumberOf(alarm) ?? seenBy?.Bearing);
            Number("confidence", confidence?.NumberOf(alarm) / (mapping.Confidence?.Scale ?? 1));
            if (image?.TextOf(alarm) is { } url)
            {
                json.WriteString("imageUrl", url);
            }

            json.WriteEndObject();

            void Number(string name, double? value)
            {
                if (value is { } known && double.IsFinite(known))
                {
                    json.WriteNumber(name, known);
                }
                else if (value is not null)
                {
                    // The ordinary check says that it is no number.
                    json.WriteString(name, "");
                }
            }
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
