using System.IO.Compression;
using System.Xml;

namespace Linfen.AirMap.Tables.Xlsx;

/// <summary>The parts of an .xlsx file (ECMA-376) that its first sheet needs.</summary>
sealed class Workbook
{
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string StrictRelations = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    /// <summary>Characters of all shared texts, per byte that a zip may unpack to.</summary>
    const int UnpackedBytesPerSharedCharacter = 4;

    Workbook(ZipArchiveEntry sheet, IReadOnlyList<string> texts, CellStyles styles, bool since1904) =>
        (Sheet, Texts, Styles, Since1904) = (sheet, texts, styles, since1904);

    public ZipArchiveEntry Sheet { get; }

    /// <summary>The texts that cells refer to by number.</summary>
    public IReadOnlyList<string> Texts { get; }

    public CellStyles Styles { get; }

    /// <summary>Whether days count from 1904 as on early Macintoshes.</summary>
    public bool Since1904 { get; }

    public static async Task<Workbook> ReadAsync(ZipParts zip, TableLimits limits, CancellationToken cancellation)
    {
        try
        {
            var (relation, since1904) = await FirstSheetAsync(zip, cancellation);
            var sheet = await TargetAsync(zip, relation, cancellation);
            var texts = await TextsAsync(Find(zip, "xl/sharedStrings.xml"), limits, cancellation);
            var styles = Find(zip, "xl/styles.xml") is { } part ? await ZipParts.OpenAsync(part, cancellation) : null;
            return new(sheet, texts, await CellStyles.ReadAsync(styles, cancellation), since1904);
        }
        catch (XmlException e)
        {
            throw SheetXml.Damaged(e);
        }
    }

    static ZipArchiveEntry? Find(ZipParts zip, string path) =>
        zip.Entries.FirstOrDefault(e => e.FullName.Replace('\\', '/').Equals(path, StringComparison.OrdinalIgnoreCase));

    static async Task<(string Relation, bool Since1904)> FirstSheetAsync(ZipParts zip, CancellationToken cancellation)
    {
        using var xml = SheetXml.Open(await ZipParts.OpenAsync(Find(zip, "xl/workbook.xml") ?? throw SheetXml.Damaged(null), cancellation));
        var since1904 = false;
        while (await xml.ReadAsync())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "workbookPr")
            {
                since1904 = xml.GetAttribute("date1904") is "1" or "true";
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "sheet")
            {
                return (xml.GetAttribute("id", Relations) ?? xml.GetAttribute("id", StrictRelations) ?? throw SheetXml.Damaged(null), since1904);
            }
        }

        throw new TableException("no-sheet", "The workbook has no sheet.");
    }

    static async Task<ZipArchiveEntry> TargetAsync(ZipParts zip, string relation, CancellationToken cancellation)
    {
        using var xml = SheetXml.Open(await ZipParts.OpenAsync(Find(zip, "xl/_rels/workbook.xml.rels") ?? throw SheetXml.Damaged(null), cancellation));
        while (await xml.ReadAsync())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("Id") != relation)
            {
                continue;
            }

            if (string.Equals(xml.GetAttribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase))
            {
                throw new TableException("external-sheet", "The first sheet lies outside the workbook.");
            }

            var target = xml.GetAttribute("Target") ?? "";
            return Find(zip, target.StartsWith('/') ? target[1..] : "xl/" + target) ?? throw SheetXml.Damaged(null);
        }

        throw SheetXml.Damaged(null);
    }

    static async Task<List<string>> TextsAsync(ZipArchiveEntry? part, TableLimits limits, CancellationToken cancellation)
    {
        var texts = new List<string>();
        if (part is null)
        {
            return texts;
        }

        using var xml = SheetXml.Open(await ZipParts.OpenAsync(part, cancellation));
        var left = limits.UnpackedBytes / UnpackedBytesPerSharedCharacter;
        while (await xml.ReadAsync())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si")
            {
                cancellation.ThrowIfCancellationRequested();
                var text = await SheetXml.TextAsync(xml, limits.CellCharacters);
                left -= text.Length + 1;
                texts.Add(left >= 0 ? text : throw new TableException("zip-too-large", "The workbook holds too much text."));
            }
        }

        return texts;
    }
}
