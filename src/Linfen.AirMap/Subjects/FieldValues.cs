using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Events;

namespace Linfen.AirMap.Subjects;

/// <summary>The values of a subject's fields as they are stored: a JSON object in the order of the register's fields; what is not known is absent.</summary>
sealed class FieldValues
{
    public static readonly FieldValues None = new("{}");

    readonly Dictionary<string, JsonElement> byName = new(StringComparer.Ordinal);

    public FieldValues(string json)
    {
        Json = json;
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            byName[property.Name] = property.Value.Clone();
        }
    }

    /// <summary>The same values give the same text, so that two versions compare as text.</summary>
    public string Json { get; }

    public IEnumerable<KeyValuePair<string, JsonElement>> All => byName;

    public bool Has(string name) => byName.ContainsKey(name);

    public string? Text(string name) => byName.TryGetValue(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText() : null;

    public IReadOnlyList<string> Texts(string name) =>
        byName.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [];

    public decimal? Number(string name) => byName.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;

    public int? Integer(string name) => Number(name) is { } number ? (int)number : null;

    public bool? Flag(string name) => byName.TryGetValue(name, out var value) ? value.ValueKind == JsonValueKind.True : null;

    public DateOnly? Day(string name) => Text(name) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public DateTimeOffset? Moment(string name) => Text(name) is { } text ? Times.Moment(text) : null;

    public Guid? Id(string name) => Guid.TryParse(Text(name), out var id) ? id : null;

    public T? Choice<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(name), ignoreCase: true, out var value) ? value : null;

    /// <summary>Writes values in the order of the fields.</summary>
    public static FieldValues From(IEnumerable<Field> fields, IReadOnlyDictionary<string, object?> values) => new(Feature.ToText(json =>
    {
        json.WriteStartObject();
        foreach (var field in fields)
        {
            if (values.GetValueOrDefault(field.Name) is { } value)
            {
                Write(json, field.Name, value);
            }
        }

        json.WriteEndObject();
    }));

    /// <summary>The same values with the secrets that are left as they are taken from the stored ones; gone where there are none.</summary>
    public FieldValues WithSecretsOf(IEnumerable<Field> fields, FieldValues? stored)
    {
        var kept = fields.Where(f => f.Type == FieldType.Secret && Text(f.Name) == Field.Mask).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return kept.Count == 0 ? this : new(Feature.ToText(json =>
        {
            json.WriteStartObject();
            foreach (var (name, value) in byName)
            {
                if (!kept.Contains(name))
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
                else if (stored?.Text(name) is { } secret)
                {
                    json.WriteString(name, secret);
                }
            }

            json.WriteEndObject();
        }));
    }

    /// <summary>The same values with some set anew, or absent where null.</summary>
    public FieldValues With(IEnumerable<Field> fields, params (string Name, object? Value)[] changes) => new(Feature.ToText(json =>
    {
        var changed = changes.ToDictionary(c => c.Name, c => c.Value, StringComparer.Ordinal);
        json.WriteStartObject();
        foreach (var field in fields)
        {
            if (changed.TryGetValue(field.Name, out var value))
            {
                if (value is not null)
                {
                    Write(json, field.Name, value);
                }
            }
            else if (byName.TryGetValue(field.Name, out var stays))
            {
                json.WritePropertyName(field.Name);
                stays.WriteTo(json);
            }
        }

        json.WriteEndObject();
    }));

    /// <summary>The same values with those that only steps set (<see cref="Field.ByStep"/>) taken from the stored ones; absent where there are none.</summary>
    public FieldValues WithStepsOf(IEnumerable<Field> fields, FieldValues? stored)
    {
        var all = fields.ToList();
        var steps = all.FindAll(f => f.ByStep && (Has(f.Name) || stored?.Has(f.Name) == true));
        return steps.Count == 0 ? this : With(all, [.. steps.Select(f => (f.Name, stored is not null && stored.byName.TryGetValue(f.Name, out var kept) ? (object?)kept : null))]);
    }

    static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case JsonElement kept:
                json.WritePropertyName(name);
                kept.WriteTo(json);
                break;
            case decimal number:
                json.WriteNumber(name, number);
                break;
            case IReadOnlyList<string> texts:
                json.WriteStartArray(name);
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case DateOnly day:
                json.WriteString(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset moment:
                json.WriteString(name, Feature.Time(moment));
                break;
            default:
                json.WriteString(name, value.ToString());
                break;
        }
    }
}
