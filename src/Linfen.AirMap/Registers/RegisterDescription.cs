using System.Text;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Registers;

/// <summary>Tells what a register holds: as data for forms, and as a table for the interface's description.</summary>
sealed record RegisterDescription(
    string Kind, string Path, string Title, string TitleEn, IReadOnlyList<string> Shapes, bool PlaceRequired, string? ParentKind, string? ParentField,
    IReadOnlyList<FieldDescription> Fields)
{
    public static RegisterList Of(RegisterBook book) => new([.. book.All.Where(r => r.Path.Length > 0).Select(Of)]);

    static RegisterDescription Of(Register register) => new(
        register.Kind,
        "/api/" + register.Path,
        register.Title,
        register.TitleEn,
        [.. Enum.GetValues<ShapeKinds>().Where(s => s != ShapeKinds.None && register.Shapes.HasFlag(s)).Select(s => s.ToString().ToLowerInvariant())],
        register.PlaceRequired,
        register.ParentKind,
        register.ParentField,
        [.. SubjectReader.Common.Concat(register.Fields).Select(f => new FieldDescription(
            f.Name, f.Type.ToString().ToLowerInvariant(), f.Title, f.TitleEn, f.Unit, f.Required || f.Name == "name", f.Least, f.Most,
            f.Options.Count == 0 ? null : f.Options, f.RefersTo, f.ByStep))]);

    /// <summary>The fields as a Markdown table.</summary>
    public static string Table(Register register)
    {
        var text = new StringBuilder("A flat object with `lon`, `lat` (and `crs`, default CGCS2000) or `geometry`, or a GeoJSON Feature.\n\n| field | 中文 | type | unit | values |\n|---|---|---|---|---|\n");
        if (register.ParentField is { } parent)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {parent} | 所属 | id, code or name of a {register.ParentKind} | | |\n");
        }

        foreach (var f in SubjectReader.Common.Concat(register.Fields))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {f.Name}{(f.Required || f.Name == "name" ? " *" : "")} | {f.Title} | {f.Type.ToString().ToLowerInvariant()} | {f.Unit} | {string.Join(", ", f.Options.Select(o => o.Code))} |\n");
        }

        return text.ToString();
    }
}

sealed record RegisterList(IReadOnlyList<RegisterDescription> Registers);

sealed record FieldDescription(
    string Name, string Type, string Title, string TitleEn, string? Unit, bool Required, decimal? Least, decimal? Most, IReadOnlyList<Option>? Options, string? RefersTo,
    bool ReadOnly);
