using System.Globalization;
using System.Runtime.CompilerServices;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Tables;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Registers;

/// <summary>A register as a file that imports again unchanged: the same columns, coordinates in CGCS2000 to the last digit.</summary>
static class RegisterExport
{
    const int Page = 2_000;

    static readonly Dictionary<string, (TableFormat Format, string MediaType, string Extension)> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csv"] = (TableFormat.Csv, "text/csv; charset=utf-8", "csv"),
        ["xlsx"] = (TableFormat.Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ["geojson"] = (TableFormat.GeoJson, "application/geo+json; charset=utf-8", "geojson"),
        ["shp"] = (TableFormat.Shapefile, "application/zip", "zip"),
    };

    /// <param name="filter">As for the list; its paging does not apply.</param>
    public static IResult Answer(Register register, string? format, RegisterFilter filter, IDbContextFactory<AirMapDb> database, CancellationToken cancellation)
    {
        if (!Formats.TryGetValue(string.IsNullOrEmpty(format) ? "csv" : format, out var chosen))
        {
            return Problems.Of(400, "format-unsupported", $"format is one of {string.Join(", ", Formats.Keys)}.");
        }

        var withShape = chosen.Format is TableFormat.GeoJson or TableFormat.Shapefile;
        return TypedResults.Stream(
            target => TableWriter.WriteAsync(target, chosen.Format, Columns(register, withShape), Rows(register, filter, withShape, database, cancellation), cancellation),
            chosen.MediaType,
            $"{register.Path.Replace('/', '-')}.{chosen.Extension}");
    }

    static List<TableColumn> Columns(Register register, bool withShape)
    {
        List<TableColumn> columns = [.. SubjectReader.Common.Select(Column)];
        if (register.ParentField is { } parent)
        {
            columns.Add(new(parent, TableType.Text));
        }

        columns.AddRange(register.Fields.Select(Column));
        columns.Add(new("county", TableType.Text));
        if (!withShape)
        {
            columns.AddRange([new("lon", TableType.Number), new("lat", TableType.Number)]);
            if (register.Shapes != ShapeKinds.Point)
            {
                columns.Add(new("wkt", TableType.Text));
            }
        }

        return columns;
    }

    static TableColumn Column(Field field) => new(field.Name, field.Type switch
    {
        FieldType.Number or FieldType.Integer => TableType.Number,
        FieldType.Flag => TableType.Flag,
        FieldType.Day => TableType.Day,
        _ => TableType.Text,
    });

    static async IAsyncEnumerable<TableRow> Rows(
        Register register, RegisterFilter filter, bool withShape, IDbContextFactory<AirMapDb> database, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var db = await database.CreateDbContextAsync(cancellation);
        var line = 0L;
        for (ListQuery.Position? after = null; ;)
        {
            var rest = (filter with { Page = filter.Page with { After = after } }).Apply(db.Subjects, register);
            var found = await RegisterFilter.Columns.Order(rest).Take(Page).ToListAsync(cancellation);
            foreach (var subject in found)
            {
                yield return new(++line, Cells(subject, register, withShape), withShape ? subject.Shape : null);
            }

            if (found.Count < Page)
            {
                yield break;
            }

            after = RegisterFilter.Columns.PositionOf(found[^1]);
        }
    }

    static Dictionary<string, string> Cells(Subject subject, Register register, bool withShape)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        Put("code", subject.Code);
        Put("name", subject.Name);
        Put("since", Feature.Time(subject.Since));
        Put("simulated", subject.Simulated ? "true" : null);
        Put("county", subject.County);
        if (register.ParentField is { } parent)
        {
            Put(parent, subject.ParentId?.ToString());
        }

        foreach (var field in register.Fields)
        {
            Put(field.Name, field.Type == FieldType.Secret && subject.Fields.Has(field.Name) ? Field.Mask : subject.Fields.Text(field.Name));
        }

        if (!withShape && subject.Shape is Point point)
        {
            Put("lon", point.X.ToString("R", CultureInfo.InvariantCulture));
            Put("lat", point.Y.ToString("R", CultureInfo.InvariantCulture));
        }
        else if (!withShape)
        {
            Put("wkt", subject.Shape?.AsText());
        }

        return cells;

        void Put(string name, string? value)
        {
            if (value is not null)
            {
                cells[name] = value;
            }
        }
    }
}
