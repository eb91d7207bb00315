using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace Linfen.AirMap.Tables.Csv;

/// <summary>Text with separators as Excel, WPS and databases write it.</summary>
sealed class CsvTableReader
{
    /// <summary>A character of GB18030 or UTF-8, and a quote that may be doubled.</summary>
    const int BytesPerCharacter = 4;

    const int LargestRecordBytes = 8 * 1024 * 1024;

    readonly Stream file;
    readonly Encoding encoding;
    readonly char? separator;
    readonly TableLimits limits;

    CsvTableReader(Stream file, Encoding encoding, char? separator, TableLimits limits) =>
        (this.file, this.encoding, this.separator, this.limits) = (file, encoding, separator, limits);

    /// <param name="file">Seekable; it is read from its start, and closed with the table.</param>
    public static async Task<Table> OpenAsync(Stream file, TableLimits limits, CancellationToken cancellation)
    {
        var found = await TextEncoding.DetectAsync(file, cancellation);
        file.Position = 0;
        using var text = new StreamReader(file, found, leaveOpen: true);
        var reader = new CsvTableReader(file, found, await Separator.DetectAsync(text, cancellation), limits);
        var header = await reader.HeaderAsync(cancellation);
        return new(TableFormat.Csv, header.Columns, reader.RowsAsync(header, CancellationToken.None), limits.Rows, file);
    }

    async Task<Header> HeaderAsync(CancellationToken cancellation)
    {
        await foreach (var (line, cells, _) in RecordsAsync(cancellation))
        {
            if (cells.Any(c => Header.Clean(c).Length > 0))
            {
                return Header.Read(cells, line, limits);
            }
        }

        throw new TableException("no-header", "The file is empty: the first row names the columns.");
    }

    async IAsyncEnumerable<TableRow> RowsAsync(Header header, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var headerSeen = false;
        await foreach (var (line, cells, fault) in RecordsAsync(cancellation))
        {
            if (!headerSeen)
            {
                headerSeen = cells.Any(c => Header.Clean(c).Length > 0);
            }
            else if (header.Row(line, cells, shortIsFault: true, fault) is { } row)
            {
                yield return row;
            }
        }
    }

    async IAsyncEnumerable<(long Line, string[] Cells, string? Fault)> RecordsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: -1, leaveOpen: true);
        string? fault = null;
        await using var csv = CsvReader.Create(text, new CsvReaderOptions
        {
            HasHeader = false,
            Separator = separator,
            SkipEmptyLines = true,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            MaxRecordSize = (int)Math.Min((long)limits.Columns * limits.CellCharacters * BytesPerCharacter, LargestRecordBytes),
            OnMalformedRecord = record =>
            {
                if (record.Reason == CsvMalformedReason.UnterminatedQuote)
                {
                    fault = "quote-not-closed: a quotation mark opens here and nothing closes it up to the end of the file";
                }
            },
        });
        while (await ReadAsync(csv, cancellation))
        {
            yield return (csv.LineNumber, Cells(csv), fault);
            fault = null;
        }
    }

    string[] Cells(CsvReader csv)
    {
        // One more than allowed shows that there are too many.
        var cells = new string[Math.Min(csv.FieldCount, limits.Columns + 1)];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = FormulaGuard.Remove(Header.Clean(csv.GetString(i)));
        }

        return cells;
    }

    static async Task<bool> ReadAsync(CsvReader csv, CancellationToken cancellation)
    {
        try
        {
            return await csv.ReadAsync(cancellation);
        }
        catch (CsvFormatException e)
        {
            throw new TableException("record-too-large", "A row is far too long; a quotation mark may be missing.", e.LineNumber > 0 ? e.LineNumber : null, e);
        }
    }
}
