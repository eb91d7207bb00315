using Linfen.AirMap.Tables.Csv;
using Linfen.AirMap.Tables.GeoJson;
using Linfen.AirMap.Tables.Shp;
using Linfen.AirMap.Tables.Xlsx;

namespace Linfen.AirMap.Tables;

/// <summary>Writes rows so that <see cref="TableReader"/> reads the same ones, and no spreadsheet program runs what stands in them.</summary>
static class TableWriter
{
    /// <param name="target">Written asynchronously only, and left open.</param>
    /// <exception cref="TableException">The format cannot hold the rows; nothing was written where it is xlsx or shapefile.</exception>
    public static Task WriteAsync(
        Stream target, TableFormat format, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<TableRow> rows, CancellationToken cancellation) => format switch
        {
            TableFormat.Csv => CsvTableWriter.WriteAsync(target, columns, rows, cancellation),
            TableFormat.Xlsx => XlsxTableWriter.WriteAsync(target, columns, rows, cancellation),
            TableFormat.GeoJson => GeoJsonTableWriter.WriteAsync(target, columns, rows, cancellation),
            _ => ShapefileTableWriter.WriteAsync(target, columns, rows, cancellation),
        };
}
