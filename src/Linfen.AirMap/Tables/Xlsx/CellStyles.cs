using System.Globalization;
using System.Xml;

namespace Linfen.AirMap.Tables.Xlsx;

/// <summary>Which styles of a workbook show a number as a day or a time; nothing else of a style matters here.</summary>
sealed class CellStyles
{
    const int MostStyles = 100_000;

    readonly List<bool> dates = [];
    readonly Dictionary<int, string> formats = [];

    public bool IsDate(int style) => style >= 0 && style < dates.Count && dates[style];

    public static async Task<CellStyles> ReadAsync(Stream? part, CancellationToken cancellation)
    {
        var styles = new CellStyles();
        if (part is null)
        {
            return styles;
        }

        using var xml = SheetXml.Open(part);
        var inCellFormats = false;
        while (await xml.ReadAsync() && styles.dates.Count < MostStyles && styles.formats.Count < MostStyles)
        {
            cancellation.ThrowIfCancellationRequested();
            if (xml.LocalName == "cellXfs")
            {
                inCellFormats = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            }
            else if (xml.NodeType == XmlNodeType.Element && int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                styles.Take(xml, id, inCellFormats);
            }
        }

        return styles;
    }

    void Take(XmlReader xml, int id, bool inCellFormats)
    {
        if (xml.LocalName == "numFmt")
        {
            formats[id] = xml.GetAttribute("formatCode") ?? "";
        }
        else if (inCellFormats && xml.LocalName == "xf")
        {
            dates.Add(formats.TryGetValue(id, out var format) ? ShowsDate(format) : IsBuiltInDate(id));
        }
    }

    /// <summary>ECMA-376 part 1, 18.8.30: the numbers from 27 and from 50 are those of the East Asian editions.</summary>
    static bool IsBuiltInDate(int id) => id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    /// <summary>Letters of dates outside quotation marks, brackets and escapes.</summary>
    static bool ShowsDate(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '"':
                    i = EndOf(format, i, '"');
                    break;
                case '[':
                    i = EndOf(format, i, ']');
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case 'y' or 'Y' or 'd' or 'D' or 'h' or 'H' or 's' or 'S' or 'm' or 'M':
                    return true;
                case ';':
                    return false;
                default:
                    break;
            }
        }

        return false;
    }

    static int EndOf(string format, int start, char end) => format.IndexOf(end, start + 1) is >= 0 and var found ? found : format.Length;
}
