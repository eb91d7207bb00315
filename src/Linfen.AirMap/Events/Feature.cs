using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Events;

/// <summary>
/// Writes GeoJSON (RFC 7946) features, the representation that lists, single reads and events share.
/// Longitude/latitude CGCS2000, seven decimals (about 1 cm).
/// </summary>
static class Feature
{
    // Relaxed: it is served as JSON with nosniff, never pasted into a page, and Chinese and '+' stay readable.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static Utf8JsonWriter Writer(IBufferWriter<byte> target) => new(target, Options);

    public static Utf8JsonWriter Writer(Stream target) => new(target, Options);

    /// <summary>The feature as text, for the event log.</summary>
    public static string ToText(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = Writer(buffer))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <param name="shape">Null where the place is not known: the feature then has no geometry.</param>
    public static void Begin(Utf8JsonWriter json, string id, Geometry? shape, int decimals = GeometryJson.Decimals)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", id);
        json.WritePropertyName("geometry");
        GeometryJson.Write(json, shape, decimals);
        json.WriteStartObject("properties");
        json.WriteString("id", id);
    }

    public static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Beijing time with offset, as people here read it.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, Time(known));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>RFC 3339 with the Beijing offset; as many decimals as the microseconds need.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToOffset(Plan.Beijing.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture);

    public static void WriteOptional(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
