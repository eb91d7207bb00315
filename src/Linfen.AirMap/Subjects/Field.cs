using System.Globalization;
using System.Text.Json;

namespace Linfen.AirMap.Subjects;

enum FieldType
{
    Text,
    Number,
    Integer,
    Flag,

    /// <summary>A Beijing calendar day.</summary>
    Day,

    /// <summary>An instant, RFC 3339 with offset; a bare day means its 00:00 +08:00.</summary>
    Moment,

    /// <summary>One of <see cref="Field.Options"/>.</summary>
    Choice,

    /// <summary>Another subject, told by id, code or name.</summary>
    Reference,

    /// <summary>Text that is taken and used, and shown to nobody again: <see cref="Field.Mask"/> stands for it wherever a subject is shown.</summary>
    Secret,
}

/// <summary>A value that a choice may have.</summary>
/// <param name="Code">In the interface, camel case.</param>
sealed record Option(string Code, string Title, string TitleEn);

/// <summary>
/// One column of a register: it reads what a caller, a form or a file says into the one stored form, and tells people what it means.
/// </summary>
/// <param name="Name">In the interface, camel case.</param>
sealed record Field(string Name, FieldType Type, string Title, string TitleEn)
{
    /// <summary>Stands for a secret that is stored; sent back, it leaves the secret as it is.</summary>
    public const string Mask = "••••••";

    const int LongestText = 2_000;

    /// <summary>UCUM-like, as it is shown: <c>t/h</c>, <c>m²</c>.</summary>
    public string? Unit { get; init; }

    public bool Required { get; init; }

    /// <summary>Set by steps of the product only, such as an approval: what callers, forms and files say of it is passed over, and what is stored stays.</summary>
    public bool ByStep { get; init; }

    public decimal? Least { get; init; }

    public decimal? Most { get; init; }

    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>Further headers under which files carry this column; <see cref="Name"/> and <see cref="Title"/> always count.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Kind of the subject that a <see cref="FieldType.Reference"/> names.</summary>
    public string? RefersTo { get; init; }

    /// <summary>A choice whose codes are the names of an enum of the plan.</summary>
    /// <param name="titles">Chinese and English title per name, in the order of the enum.</param>
    public static Field Of<T>(string name, string title, string titleEn, params (T Value, string Title, string TitleEn)[] titles)
        where T : struct, Enum =>
        new(name, FieldType.Choice, title, titleEn)
        {
            Options = [.. titles.Select(t => new Option(JsonNamingPolicy.CamelCase.ConvertName(t.Value.ToString()), t.Title, t.TitleEn))],
        };

    /// <summary>What a JSON value says; null for absent. The fault is a sentence for the sender.</summary>
    public (object? Value, string? Fault) Read(JsonElement given) => (given.ValueKind, Type) switch
    {
        (JsonValueKind.Null or JsonValueKind.Undefined, _) => (null, null),
        (JsonValueKind.True or JsonValueKind.False, FieldType.Flag) => (given.GetBoolean(), null),
        (JsonValueKind.Number, FieldType.Number or FieldType.Integer) when given.TryGetDecimal(out var number) => Checked(number),
        (JsonValueKind.Number, FieldType.Text or FieldType.Reference or FieldType.Secret) => Read(given.GetRawText()),
        (JsonValueKind.String, _) => Read(given.GetString()!),
        _ => (null, Fault("is not " + Wanted)),
    };

    /// <summary>What a cell of a file or form says; null for an empty one.</summary>
    public (object? Value, string? Fault) Read(string given)
    {
        var text = given.Trim();
        if (text.Length == 0)
        {
            return (null, null);
        }

        if (text.Length > LongestText || text.Contains('\0', StringComparison.Ordinal))
        {
            return (null, Fault($"is longer than {LongestText} characters or no text"));
        }

        return Type switch
        {
            FieldType.Text or FieldType.Reference => (text, null),
            FieldType.Secret => text == Mask || !text.Contains(Mask[0], StringComparison.Ordinal) ? (text, null) : (null, Fault("is typed anew as a whole, or left as it is")),
            FieldType.Number or FieldType.Integer => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Checked(number) : (null, Refused(text)),
            FieldType.Flag => Flag(text) is { } flag ? (flag, null) : (null, Refused(text)),
            FieldType.Day => Times.Day(text) is { } day ? (day, null) : (null, Refused(text)),
            FieldType.Moment => Times.Moment(text) is { } moment ? (moment, null) : (null, Refused(text)),
            _ => Option(text) is { } option ? (option.Code, null) : (null, Refused(text)),
        };
    }

    /// <summary>A code in any case, or a title in either language.</summary>
    Option? Option(string text) => Options.FirstOrDefault(o =>
        o.Code.Equals(text, StringComparison.OrdinalIgnoreCase) || o.Title.Equals(text, StringComparison.Ordinal) || o.TitleEn.Equals(text, StringComparison.OrdinalIgnoreCase));

    (object? Value, string? Fault) Checked(decimal number) =>
        number < Least || number > Most || (Type == FieldType.Integer && number != decimal.Truncate(number)) || Math.Abs(number) > 1e12m
            ? (null, Refused(number.ToString(CultureInfo.InvariantCulture)))
            : (number / 1.0000000000000000000000000000m, null);

    static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" or "yes" or "y" or "是" or "有" or "√" => true,
        "false" or "0" or "no" or "n" or "否" or "无" or "×" => false,
        _ => null,
    };

    string Wanted => Type switch
    {
        FieldType.Number or FieldType.Integer => (Type == FieldType.Integer ? "a whole number" : "a number")
            + (Least is { } least ? string.Create(CultureInfo.InvariantCulture, $" from {least}") : "")
            + (Most is { } most ? string.Create(CultureInfo.InvariantCulture, $" to {most}") : "")
            + (Unit is null ? "" : $" ({Unit})"),
        FieldType.Flag => "true or false (是, 否)",
        FieldType.Day => "a day such as 2024-05-31",
        FieldType.Moment => "a time with offset such as 2024-05-31T08:00:00+08:00",
        FieldType.Choice => "one of " + string.Join(", ", Options.Select(o => o.Code)),
        _ => "text",
    };

    string Refused(string text) => Fault($"'{(text.Length > 60 ? text[..60] + "…" : text)}' is not {Wanted}");

    string Fault(string what) => $"{Name}: {what}";
}
