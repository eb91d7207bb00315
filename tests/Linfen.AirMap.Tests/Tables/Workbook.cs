using System.Text;

namespace Linfen.AirMap.Tests.Tables;

/// <summary>An .xlsx file laid out as Excel lays it out. Styles: 0 general, 1 day (built in), 2 day (own format), 3 a number with letters in quotes, 4 day (East Asian).</summary>
static class Workbook
{
    const string Main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static byte[] Of(string rows, string? texts = null, string properties = "") => Opened.Zip(Parts(rows, texts, properties));

    public static (string Name, byte[] Content)[] Parts(string rows, string? texts = null, string properties = "")
    {
        List<(string Name, string Content)> parts =
        [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("xl/workbook.xml", $"<workbook {Main} xmlns:r=\"{Relations}\">{properties}<sheets><sheet name=\"锅炉\" sheetId=\"7\" r:id=\"rId3\"/><sheet name=\"other\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", $"""
                <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
                """),
            ("xl/styles.xml", $"""
                <styleSheet {Main}><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="171" formatCode="0.0&quot;days&quot;[Red]"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="31"/></cellXfs></styleSheet>
                """),
            ("xl/worksheets/sheet1.xml", $"<worksheet {Main}><dimension ref=\"A1:XFD1048576\"/><sheetData>{rows}</sheetData></worksheet>"),
            ("xl/worksheets/sheet2.xml", $"<worksheet {Main}><sheetData/></worksheet>"),
        ];
        if (texts is not null)
        {
            parts.Add(("xl/sharedStrings.xml", $"<sst {Main}>{texts}</sst>"));
        }

        return [.. parts.Select(p => (p.Name, Encoding.UTF8.GetBytes(p.Content)))];
    }
}
