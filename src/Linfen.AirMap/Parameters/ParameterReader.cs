using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Parameters;

/// <summary>Reads a dated value and checks it against the parameter that it is for.</summary>
static class ParameterReader
{
    const int LongestCitation = 1_000;
    const int LongestReason = 1_000;

    /// <summary>Unit of lists that name counties.</summary>
    const string CountyCode = "county code";

    /// <param name="from">Given by the address; null when the body says it.</param>
    public static DatedValue? Read(JsonElement body, DateOnly? from, List<string> faults)
    {
        from ??= Day(body, "effectiveFrom", faults);
        if (from is null && faults.Count == 0)
        {
            faults.Add("effectiveFrom: is missing; a day, yyyy-MM-dd");
        }

        var to = Day(body, "effectiveTo", faults);
        if (to < from)
        {
            faults.Add("effectiveTo: is the last day, not before effectiveFrom");
        }

        var citation = Text(body, "citation")?.Trim();
        if (string.IsNullOrEmpty(citation) || citation.Length > LongestCitation)
        {
            faults.Add($"citation: where the value comes from, at most {LongestCitation} characters (依据)");
        }

        var value = body.TryGetProperty("value", out var given) ? ParameterValue.FromJson(given) : null;
        if (value is null)
        {
            faults.Add("value: is a number, a day (yyyy-MM-dd) or a list of names");
        }

        return faults.Count > 0 ? null : new(from!.Value, value!, citation!, to);
    }

    /// <summary>Why the value is told late or put right; null where the body gives none.</summary>
    public static string? Reason(JsonElement body, List<string> faults)
    {
        if (!body.TryGetProperty("reason", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var reason = Text(body, "reason")?.Trim();
        if (reason is null || reason.Length > LongestReason || reason.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add($"reason: is a text of at most {LongestReason} characters (理由)");
        }

        return string.IsNullOrEmpty(reason) ? null : reason;
    }

    /// <summary>Faults of a value among the others of its parameter.</summary>
    public static IEnumerable<string> FaultsAmong(DatedParameter parameter, DatedValue value, CityAtlas atlas)
    {
        if (parameter.Values.Any(v => v.Value.GetType() != value.Value.GetType()))
        {
            yield return $"value: '{value.Value}' is of another kind than the values of {parameter.Code} ({KindOf(parameter.Values[0].Value)})";
        }

        if (ParameterLimits.FaultOf(parameter, value.Value) is { } fault)
        {
            yield return fault;
        }

        if (parameter.Unit == CountyCode && value.Value is ParameterValue.Names names)
        {
            foreach (var code in names.Values.Where(code => !atlas.ByCode.ContainsKey(code)))
            {
                yield return $"value: '{code}' is no county of the city";
            }
        }

        if (parameter.Values.Where(v => v.EffectiveFrom > value.EffectiveFrom).MinBy(v => v.EffectiveFrom) is { } next && value.EffectiveTo >= next.EffectiveFrom)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"effectiveTo: the next value begins on {next.EffectiveFrom:yyyy-MM-dd}");
        }
    }

    public static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2200 ? day : null;

    static DateOnly? Day(JsonElement body, string name, List<string> faults)
    {
        if (!body.TryGetProperty(name, out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var day = Day(Text(body, name));
        if (day is null)
        {
            faults.Add($"{name}: is a day, yyyy-MM-dd");
        }

        return day;
    }

    static string KindOf(ParameterValue value) => value switch
    {
        ParameterValue.Number => "numbers",
        ParameterValue.Day => "days",
        _ => "lists of names",
    };
}
