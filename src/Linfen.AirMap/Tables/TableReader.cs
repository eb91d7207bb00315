using Linfen.AirMap.Tables.Csv;
using Linfen.AirMap.Tables.GeoJson;
using Linfen.AirMap.Tables.Shp;
using Linfen.AirMap.Tables.Xlsx;

namespace Linfen.AirMap.Tables;

/// <summary>Opens a file by what it holds; its name and type only decide where the content could be either.</summary>
static class TableReader
{
    const int StartBytes = 1024;

    /// <param name="body">Read to its end, but not closed.</param>
    /// <exception cref="TableException">The file cannot be read.</exception>
    public static async Task<Table> OpenAsync(Stream body, string? fileName, string? contentType, TableLimits limits, CancellationToken cancellation)
    {
        var file = await Spool.CopyAsync(body, limits.Bytes, cancellation);
        ZipParts? zip = null;
        try
        {
            var start = new byte[StartBytes];
            var count = await file.ReadAtLeastAsync(start, StartBytes, throwOnEndOfStream: false, cancellation);
            file.Position = 0;
            if (start.AsSpan(0, count).StartsWith("PK\u0003\u0004"u8) || start.AsSpan(0, count).StartsWith("PK\u0005\u0006"u8))
            {
                zip = await ZipParts.OpenAsync(file, limits, cancellation);
                return IsWorkbook(zip, Hint(fileName, contentType))
                    ? await XlsxTableReader.OpenAsync(zip, limits, cancellation)
                    : await ShapefileTableReader.OpenAsync(zip, limits, cancellation);
            }

            return IsJson(start.AsSpan(0, count), Hint(fileName, contentType))
                ? await GeoJsonTableReader.OpenAsync(file, limits, cancellation)
                : await CsvTableReader.OpenAsync(file, limits, cancellation);
        }
        catch
        {
            if (zip is not null)
            {
                await zip.DisposeAsync();
            }

            await file.DisposeAsync();
            throw;
        }
    }

    static TableFormat? Hint(string? fileName, string? contentType) => (Path.GetExtension(fileName)?.ToLowerInvariant(), contentType?.Split(';')[0].Trim().ToLowerInvariant()) switch
    {
        (".csv" or ".txt" or ".tsv", _) or (_, "text/csv") => TableFormat.Csv,
        (".json" or ".geojson", _) or (_, "application/geo+json" or "application/json") => TableFormat.GeoJson,
        (".xlsx", _) or (_, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet") => TableFormat.Xlsx,
        (".zip", _) or (_, "application/zip" or "application/x-zip-compressed") => TableFormat.Shapefile,
        _ => null,
    };

    static bool IsWorkbook(ZipParts zip, TableFormat? hint)
    {
        var workbook = zip.Entries.Any(e => e.FullName.Replace('\\', '/').StartsWith("xl/", StringComparison.OrdinalIgnoreCase));
        var shapes = zip.Entries.Any(e => e.Name.EndsWith(".shp", StringComparison.OrdinalIgnoreCase));
        if (!workbook && !shapes)
        {
            zip.RefuseNested();
            throw new TableException("zip-without-table", "The zip is neither an .xlsx workbook nor does it hold a shapefile (.shp and .dbf).");
        }

        return workbook && (!shapes || hint != TableFormat.Shapefile);
    }

    static bool IsJson(ReadOnlySpan<byte> start, TableFormat? hint)
    {
        var text = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        switch (text)
        {
            case []:
                return false;
            case [0xD0, 0xCF, 0x11, 0xE0, ..]:
                throw new TableException("old-excel", "The file is an old .xls workbook, or a protected one. Save it as .xlsx without a password.");
            case [(byte)'<', ..]:
                throw new TableException("not-a-table", "The file is a page (HTML or XML), no table. Save it as .xlsx or .csv.");
            case [(byte)'{', .. var rest]:
                // A column's name may begin with a brace, too.
                return hint != TableFormat.Csv || rest.TrimStart(" \t\r\n"u8) is [] or [(byte)'"' or (byte)'}', ..];
            default:
                return hint == TableFormat.GeoJson && text[0] == (byte)'[';
        }
    }
}
