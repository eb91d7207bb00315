using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Linfen.AirMap.Plan.Parameters;

/// <summary>A number, a calendar day, or a list of names. In JSON: a number, <c>"2024-05-31"</c>, an array of strings.</summary>
[JsonConverter(typeof(ParameterValueJson))]
public abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    [JsonConverter(typeof(ParameterValueJson))]
    public sealed record Number(decimal Value) : ParameterValue
    {
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    [JsonConverter(typeof(ParameterValueJson))]
    public sealed record Day(DateOnly Value) : ParameterValue
    {
        public override string ToString() => Value.ToString("O", CultureInfo.InvariantCulture);
    }

    [JsonConverter(typeof(ParameterValueJson))]
    public sealed record Names(IReadOnlyList<string> Values) : ParameterValue
    {
        public bool Equals(Names? other) => other is not null && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

        public override int GetHashCode() => Values.Count;

        public override string ToString() => string.Join('、', Values);
    }

    /// <summary>Null when the element is none of the three kinds.</summary>
    public static ParameterValue? FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDecimal(out var number) => new Number(number),
        JsonValueKind.String when DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) => new Day(day),
        JsonValueKind.Array when element.EnumerateArray().All(IsName) =>
            new Names([.. element.EnumerateArray().Select(item => item.GetString()!)]),
        _ => null,
    };

    private static bool IsName(JsonElement item) =>
        item.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(item.GetString());
}

/// <summary>Reads and writes the plain JSON value, so that files, database and API show the same.</summary>
public sealed class ParameterValueJson : JsonConverter<ParameterValue>
{
    // The attribute is not inherited: a Number that is serialised by its own type has to take the same door.
    public override bool CanConvert(Type typeToConvert) => typeof(ParameterValue).IsAssignableFrom(typeToConvert);

    public override ParameterValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return ParameterValue.FromJson(document.RootElement)
            ?? throw new JsonException("A parameter value is a number, a day (yyyy-MM-dd) or a list of names.");
    }

    public override void Write(Utf8JsonWriter writer, ParameterValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case ParameterValue.Number number:
                writer.WriteNumberValue(number.Value);
                break;
            case ParameterValue.Names names:
                writer.WriteStartArray();
                foreach (var name in names.Values)
                {
                    writer.WriteStringValue(name);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
