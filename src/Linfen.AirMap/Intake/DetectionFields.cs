using System.Globalization;
using System.Text.Json;

namespace Linfen.AirMap.Intake;

/// <summary>The members of one detection as they are read; the first that cannot be taken is its fault.</summary>
sealed class DetectionFields(JsonElement json)
{
    /// <summary>Null while everything that was read can be taken.</summary>
    public string? Fault { get; private set; }

    public void Refuse(string reason) => Fault ??= reason;

    public string? Required(string name, int longest) => Needed(name, Text(name, longest));

    public double? Required(string name) => Needed(name, Number(name, double.MinValue, double.MaxValue));

    public string? Text(string name, int longest)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Refuse($"not-a-text: {name}");
            return null;
        }

        var text = value.GetString()!;
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Refuse($"nul-byte: {name}");
        }
        else if (text.Length > longest)
        {
            Refuse($"too-long: {name} may have at most {longest.ToString(CultureInfo.InvariantCulture)} characters");
        }

        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    public double? Number(string name, double least, double most)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            Refuse($"not-a-number: {name}");
            return null;
        }

        if (number < least || number > most)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"out-of-range: {name} is {least} to {most}"));
        }

        return number;
    }

    public bool Flag(string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.False or JsonValueKind.Null)
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.True)
        {
            Refuse($"not-a-flag: {name} is true or false");
        }

        return true;
    }

    T? Needed<T>(string name, T? value)
    {
        if (value is null)
        {
            Refuse($"missing: {name}");
        }

        return value;
    }
}
