using System.Globalization;
using System.Text.Json;

namespace Linfen.AirMap.Plan.Parameters;

/// <summary>One fault of a parameter file.</summary>
/// <param name="Path">Where: the parameter's code, or its place in the file, e.g. <c>parameters[3].values[0]</c>.</param>
/// <param name="Name">A stable kebab-case word, e.g. <c>citation-missing</c>.</param>
/// <param name="Message">For a person.</param>
public sealed record ParameterError(string Path, string Name, string Message)
{
    public override string ToString() => $"{Path}: {Name}: {Message}";
}

/// <summary>
/// The dated parameters as a JSON file: <c>{"parameters": [{code, title, unit, citation, values: [{effectiveFrom, effectiveTo?,
/// value, citation}]}]}</c>. A file with any error yields no parameters: half a law is none.
/// </summary>
public sealed class ParameterFile
{
    private readonly List<ParameterError> _errors = [];
    private readonly List<DatedParameter> _parameters = [];

    private ParameterFile()
    {
    }

    public IReadOnlyList<ParameterError> Errors => _errors;

    public bool IsValid => _errors.Count == 0;

    /// <summary>Empty unless <see cref="IsValid"/>.</summary>
    public IReadOnlyList<DatedParameter> Parameters => IsValid ? _parameters : [];

    public static ParameterFile Read(string json)
    {
        var file = new ParameterFile();
        try
        {
            using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'), new JsonDocumentOptions
            {
                CommentHandling = JsonCommentHandling.Skip,
                AllowTrailingCommas = true,
                AllowDuplicateProperties = false,
            });
            file.ReadRoot(document.RootElement);
        }
        catch (JsonException exception)
        {
            file.Fault("file", "not-json", exception.Message);
        }

        return file;
    }

    private void ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("parameters", out var list)
            || list.ValueKind != JsonValueKind.Array)
        {
            Fault("file", "parameters-missing", "the file needs a list named \"parameters\".");
            return;
        }

        var codes = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            var path = $"parameters[{index++}]";
            if (element.ValueKind != JsonValueKind.Object)
            {
                Fault(path, "not-an-object", "a parameter is an object with code, title, unit, citation and values.");
                continue;
            }

            var code = Text(element, "code", path);
            if (code.Length > 0 && !codes.Add(code))
            {
                Fault(code, "code-duplicate", "the code stands twice; give one parameter several values instead.");
            }

            path = code.Length > 0 ? code : path;
            _parameters.Add(new DatedParameter(code, Text(element, "title", path), Text(element, "unit", path),
                Text(element, "citation", path), ReadValues(element, path)));
        }
    }

    private List<DatedValue> ReadValues(JsonElement parameter, string path)
    {
        var values = new List<DatedValue>();
        if (!parameter.TryGetProperty("values", out var list) || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() == 0)
        {
            Fault(path, "values-missing", "a parameter needs at least one dated value.");
            return values;
        }

        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            if (ReadValue(element, $"{path}.values[{index++}]") is { } value)
            {
                values.Add(value);
            }
        }

        values.Sort((left, right) => left.EffectiveFrom.CompareTo(right.EffectiveFrom));
        CheckTogether(values, path);
        return values;
    }

    private DatedValue? ReadValue(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Fault(path, "not-an-object", "a value is an object with effectiveFrom, value and citation.");
            return null;
        }

        var citation = Text(element, "citation", path);
        var from = Day(element, "effectiveFrom");
        var hasEnd = element.TryGetProperty("effectiveTo", out var end) && end.ValueKind != JsonValueKind.Null;
        var to = Day(element, "effectiveTo");
        if (from is null)
        {
            Fault(path, "effective-from-invalid", "effectiveFrom is a day, yyyy-MM-dd.");
        }

        if (hasEnd && (to is null || to < from))
        {
            Fault(path, "effective-to-invalid", "effectiveTo is the last day, yyyy-MM-dd, not before effectiveFrom.");
        }

        var value = element.TryGetProperty("value", out var raw) ? ParameterValue.FromJson(raw) : null;
        if (value is null)
        {
            Fault(path, "value-invalid", "value is a number, a day (yyyy-MM-dd) or a list of names.");
        }

        return from is { } first && value is not null ? new DatedValue(first, value, citation, to) : null;
    }

    private void CheckTogether(List<DatedValue> values, string path)
    {
        foreach (var (earlier, later) in values.Zip(values.Skip(1)))
        {
            if (earlier.EffectiveFrom == later.EffectiveFrom)
            {
                Fault(path, "effective-from-duplicate", $"two values begin on {later.EffectiveFrom:yyyy-MM-dd}.");
            }
            else if (earlier.EffectiveTo >= later.EffectiveFrom)
            {
                Fault(path, "values-overlap", $"the value before {later.EffectiveFrom:yyyy-MM-dd} ends after that day.");
            }

            if (earlier.Value.GetType() != later.Value.GetType())
            {
                Fault(path, "value-kinds-mixed", "all values of a parameter are of one kind.");
            }
        }
    }

    private string Text(JsonElement element, string name, string path)
    {
        if (element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            && !string.IsNullOrWhiteSpace(text.GetString()))
        {
            return text.GetString()!;
        }

        Fault(path, name + "-missing", $"{name} is missing or empty.");
        return "";
    }

    private static DateOnly? Day(JsonElement element, string name) =>
        element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
        && DateOnly.TryParseExact(text.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    private void Fault(string path, string name, string message) => _errors.Add(new ParameterError(path, name, message));
}
