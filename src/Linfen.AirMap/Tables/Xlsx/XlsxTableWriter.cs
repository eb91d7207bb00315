using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Linfen.AirMap.Tables.Xlsx;

/// <summary>
/// A workbook with one sheet. Text is stored as text, so that nothing in it runs as a formula and no leading zero is lost; numbers with
/// more digits than a spreadsheet keeps are stored as text, too. Shapes are left out: places are columns here.
/// </summary>
static class XlsxTableWriter
{
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Xml = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    /// <summary>The header included.</summary>
    public const long MostRows = 1_048_576;


    /// <summary>Styles by their place in <see cref="Parts"/>: text that stays text when it is edited, and days.</summary>
    const string TextStyle = "1", DayStyle = "2";

    /// <summary>From here on the day count of spreadsheets is that of the calendar: they take 1900 for a leap year.</summary>
    static readonly DateOnly FirstDay = new(1900, 3, 1);

    static readonly (string Path, string Text)[] Parts =
    [
        ("[Content_Types].xml", $"""
            {Xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
            """),
        ("_rels/.rels", $"""
            {Xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """),
        ("xl/workbook.xml", $"""
            {Xml}<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", $"""
            {Xml}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """),
        ("xl/styles.xml", $"""
            {Xml}<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
            """),
    ];

    public static async Task WriteAsync(Stream target, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<TableRow> rows, CancellationToken cancellation)
    {
        // A zip writes its directory last and in small pieces; the target gets it whole.
        await using var file = Spool.Create();
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
        {
            foreach (var (path, text) in Parts)
            {
                await using var part = await zip.CreateEntry(path).OpenAsync(cancellation);
                await part.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
            }

            await using var sheet = await zip.CreateEntry("xl/worksheets/sheet1.xml").OpenAsync(cancellation);
            await SheetAsync(sheet, columns, rows, cancellation);
        }

        file.Position = 0;
        await file.CopyToAsync(target, cancellation);
    }

    static async Task SheetAsync(Stream part, IReadOnlyList<TableColumn> columns, IAsyncEnumerable<TableRow> rows, CancellationToken cancellation)
    {
        await using var xml = XmlWriter.Create(part, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetData", Main);
        xml.WriteStartElement("row", Main);
        foreach (var column in columns)
        {
            TextCell(xml, column.Name);
        }

        xml.WriteEndElement();
        var number = 1L;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (++number > MostRows)
            {
                throw new TableException("too-many-rows", $"A sheet holds at most {MostRows} rows. Export as CSV.");
            }

            xml.WriteStartElement("row", Main);
            foreach (var column in columns)
            {
                Cell(xml, column.Type, row.Cells.GetValueOrDefault(column.Name, ""));
            }

            xml.WriteEndElement();
            await xml.FlushAsync();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void Cell(XmlWriter xml, TableType type, string text)
    {
        switch (type)
        {
            case TableType.Number when PlainNumber.IsPlain(text) && PlainNumber.DigitCount(text) <= PlainNumber.SpreadsheetDigits:
                ValueCell(xml, null, null, text);
                break;
            case TableType.Flag when text is "true" or "false":
                ValueCell(xml, "b", null, text == "true" ? "1" : "0");
                break;
            case TableType.Day when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= FirstDay:
                ValueCell(xml, null, DayStyle, day.ToDateTime(TimeOnly.MinValue).ToOADate().ToString(CultureInfo.InvariantCulture));
                break;
            default:
                TextCell(xml, text);
                break;
        }
    }

    static void ValueCell(XmlWriter xml, string? type, string? style, string value)
    {
        xml.WriteStartElement("c", Main);
        if (type is not null)
        {
            xml.WriteAttributeString("t", type);
        }

        if (style is not null)
        {
            xml.WriteAttributeString("s", style);
        }

        xml.WriteElementString("v", Main, value);
        xml.WriteEndElement();
    }

    static void TextCell(XmlWriter xml, string text)
    {
        xml.WriteStartElement("c", Main);
        if (text.Length > 0)
        {
            xml.WriteAttributeString("t", "inlineStr");
            xml.WriteAttributeString("s", TextStyle);
            xml.WriteStartElement("is", Main);
            xml.WriteStartElement("t", Main);
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(SheetXml.Escape(text));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }
}
