using System.Runtime.CompilerServices;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Tables;

/// <summary>Shapefile means a zip with .shp, .dbf and what belongs to them.</summary>
enum TableFormat
{
    Csv,
    Xlsx,
    GeoJson,
    Shapefile,
}

/// <summary>One row as its file has it: trimmed text by column. What is blank in the file is absent here.</summary>
/// <param name="Line">File line where the row begins (csv, the header included), sheet row (xlsx) or feature number from 1.</param>
/// <param name="Shape">In the coordinates of the file; see <see cref="Table.Crs"/>.</param>
/// <param name="Fault">
/// A stable word and an explanation, such as <c>columns-surplus: 5 cells, the header has 4</c>, when the row itself is damaged. Its cells
/// are then what could be read, and are not to be stored.
/// </param>
sealed record TableRow(long Line, IReadOnlyDictionary<string, string> Cells, Geometry? Shape, string? Fault = null);

/// <summary>A file that was opened. Rows are read from a private copy as they are asked for; disposing it removes the copy.</summary>
sealed class Table : IAsyncDisposable
{
    readonly IAsyncDisposable copy;

    public Table(TableFormat format, IReadOnlyList<string> columns, IAsyncEnumerable<TableRow> rows, long mostRows, IAsyncDisposable copy)
    {
        (Format, Columns, this.copy) = (format, columns, copy);
        Rows = Bounded(rows, mostRows);
    }

    public TableFormat Format { get; }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>"EPSG:4490" or the like, or GCJ02 or BD09; null where the file does not state it or it is not known.</summary>
    public string? Crs { get; init; }

    /// <summary>Why <see cref="Crs"/> is null although the file states a system; null where it states none.</summary>
    public string? CrsFault { get; init; }

    /// <summary>One enumeration at a time; may throw <see cref="TableException"/> where the file is damaged further down.</summary>
    public IAsyncEnumerable<TableRow> Rows { get; }

    public ValueTask DisposeAsync() => copy.DisposeAsync();

    static async IAsyncEnumerable<TableRow> Bounded(IAsyncEnumerable<TableRow> rows, long most, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return ++count <= most ? row : throw new TableException("too-many-rows", $"The file has more than {most} rows.", row.Line);
        }
    }
}

enum TableType
{
    Text,

    /// <summary>A decimal number; what is none is written as text.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary><c>2026-03-15</c>.</summary>
    Day,
}

sealed record TableColumn(string Name, TableType Type);
