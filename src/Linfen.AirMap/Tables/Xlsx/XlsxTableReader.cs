using System.Runtime.CompilerServices;
using System.Xml;

namespace Linfen.AirMap.Tables.Xlsx;

/// <summary>
/// The first sheet of a workbook, row by row. Its own reader, because what a row claims to be (number three million, sixteen thousand
/// columns wide) must cost nothing but the bytes that say so.
/// </summary>
sealed class XlsxTableReader
{
    readonly Workbook workbook;
    readonly TableLimits limits;

    XlsxTableReader(Workbook workbook, TableLimits limits) => (this.workbook, this.limits) = (workbook, limits);

    /// <param name="zip">Closed with the table.</param>
    public static async Task<Table> OpenAsync(ZipParts zip, TableLimits limits, CancellationToken cancellation)
    {
        var reader = new XlsxTableReader(await Workbook.ReadAsync(zip, limits, cancellation), limits);
        await foreach (var (line, cells, _) in reader.SheetRowsAsync(cancellation))
        {
            var header = Header.Read(cells, line, limits);
            return new(TableFormat.Xlsx, header.Columns, reader.RowsAsync(header, CancellationToken.None), limits.Rows, zip);
        }

        throw new TableException("no-header", "The first sheet is empty: its first row names the columns.");
    }

    async IAsyncEnumerable<TableRow> RowsAsync(Header header, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var first = true;
        await foreach (var (line, cells, fault) in SheetRowsAsync(cancellation))
        {
            if (!first && header.Row(line, cells, shortIsFault: false, fault) is { } row)
            {
                yield return row;
            }

            first = false;
        }
    }

    /// <summary>Rows that hold anything.</summary>
    async IAsyncEnumerable<(long Line, string[] Cells, string? Fault)> SheetRowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var xml = SheetXml.Open(await ZipParts.OpenAsync(workbook.Sheet, cancellation));
        var row = new SheetRow(workbook, limits);
        while (await NextAsync(xml, row, cancellation))
        {
            if (row.HoldsAnything)
            {
                yield return (row.Number, row.Cells, row.Fault);
            }
        }
    }

    static async Task<bool> NextAsync(XmlReader xml, SheetRow row, CancellationToken cancellation)
    {
        try
        {
            while (await xml.ReadAsync())
            {
                cancellation.ThrowIfCancellationRequested();
                if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "row")
                {
                    await row.ReadAsync(xml);
                    return true;
                }

                if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "sheetData")
                {
                    return false;
                }
            }

            return false;
        }
        catch (XmlException e)
        {
            throw SheetXml.Damaged(e, row.Number > 0 ? row.Number : null);
        }
    }
}
