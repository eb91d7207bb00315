using CsvHelper;

namespace Linfen.AirMap.Tables.Csv;

/// <summary>UTF-8 with a byte order mark, which Excel needs for Chinese. Shapes are left out: places are columns here.</summary>
static class CsvTableWriter
{
    public static async Task WriteAsync(Stream target, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<TableRow> rows, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(target, new CsvWriterOptions { NewLine = "\r\n", WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var column in columns)
        {
            csv.WriteField(FormulaGuard.Add(column.Name), CsvQuoting.WhenNeededOrWhitespace);
        }

        await csv.EndRecordAsync(cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            foreach (var column in columns)
            {
                csv.WriteField(Cell(column, row.Cells.GetValueOrDefault(column.Name, "")), CsvQuoting.WhenNeededOrWhitespace);
            }

            await csv.EndRecordAsync(cancellation);
        }
    }

    static string Cell(TableColumn column, string text) =>
        column.Type == TableType.Number && PlainNumber.IsPlain(text) ? text : FormulaGuard.Add(text);
}
