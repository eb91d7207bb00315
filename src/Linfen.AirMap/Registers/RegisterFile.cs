using System.Runtime.CompilerServices;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Subjects;
using Linfen.AirMap.Tables;

namespace Linfen.AirMap.Registers;

/// <summary>A file of any format as rows of a register.</summary>
static class RegisterFile
{
    /// <summary>The system in which the file's coordinates are: what the sender says, else what the file says, else CGCS2000.</summary>
    /// <exception cref="TableException">The name means no system that is known here.</exception>
    public static CoordinateSystem SystemOf(string? said, Table table)
    {
        var name = string.IsNullOrWhiteSpace(said) ? table.Crs : said;
        if (string.IsNullOrWhiteSpace(name))
        {
            return table.CrsFault is { } fault
                ? throw new TableException("crs-unknown", $"{fault}. Say which it is with crs.")
                : CoordinateSystem.Cgcs2000;
        }

        return CoordinateSystem.TryParse(name, out var system)
            ? system
            : throw new TableException("crs-unknown", $"The system '{name}' is not known; for example CGCS2000, WGS84, GCJ02, BD09, EPSG:4546.");
    }

    public static async IAsyncEnumerable<ImportRow> RowsAsync(
        Table table, SubjectReader reader, CoordinateSystem system, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in table.Rows.WithCancellation(cancellation))
        {
            yield return new(row.Line, await ReadAsync(row, reader, system, cancellation));
        }
    }

    static async Task<Reading> ReadAsync(TableRow row, SubjectReader reader, CoordinateSystem system, CancellationToken cancellation)
    {
        if (row.Fault is not null)
        {
            return new(null, [row.Fault]);
        }

        var faults = new List<string>();
        var shape = row.Shape is null ? null : Shapes.Take(row.Shape, system, faults);
        return faults.Count > 0 ? new(null, faults) : await reader.ReadAsync(row.Cells, shape, system, cancellation);
    }
}
