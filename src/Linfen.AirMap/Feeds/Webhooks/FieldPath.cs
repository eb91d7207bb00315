using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.Feeds.Webhooks;

/// <summary>Where something stands in JSON: <c>data.alarms[0].location.lng</c>; <c>$</c> in front is allowed, and alone or empty it is the whole.</summary>
sealed partial class FieldPath
{
    const int Longest = 200;

    readonly List<(string? Name, int Index)> steps;

    FieldPath(string text, List<(string? Name, int Index)> steps) => (Text, this.steps) = (text, steps);

    /// <summary>As the administrator wrote it.</summary>
    public string Text { get; }

    public static FieldPath? Parse(string text)
    {
        var bare = text.Trim();
        if (bare.Length > Longest || !Whole().IsMatch(bare))
        {
            return null;
        }

        return new(bare, [.. Step().Matches(bare.TrimStart('$')).Select(m => m.Groups["index"] is { Success: true } index
            ? ((string?)null, int.Parse(index.Value, CultureInfo.InvariantCulture)) : (m.Groups["name"].Value, 0))]);
    }

    /// <summary>Null where it is not there, or null.</summary>
    public JsonElement? Find(JsonElement root)
    {
        var at = root;
        foreach (var (name, index) in steps)
        {
            if (name is not null)
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                {
                    return null;
                }
            }
            else if (at.ValueKind != JsonValueKind.Array || index >= at.GetArrayLength())
            {
                return null;
            }
            else
            {
                at = at[index];
            }
        }

        return at.ValueKind == JsonValueKind.Null ? null : at;
    }

    /// <summary>Text and numbers as text; null for anything else, and for what is blank.</summary>
    public string? TextOf(JsonElement root) => Find(root) is { } found ? Plain(found) : null;

    static string? Plain(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => found.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
        _ => null,
    };

    /// <summary>Platforms write numbers as numbers or as text; NaN for what is there and is none.</summary>
    public double? NumberOf(JsonElement root) => TextOf(root) is { } text
        ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN
        : null;

    [GeneratedRegex(@"^\$?(\.?[^.\[\]$\s][^.\[\]]*|\[\d{1,6}\])?(\.[^.\[\]]+|\[\d{1,6}\])*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\[(?<index>\d{1,6})\]|(?<name>[^.\[\]]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Step();
}
