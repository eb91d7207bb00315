using System.Globalization;
using System.Xml;

namespace Linfen.AirMap.Tables.Xlsx;

/// <summary>One row of a sheet at a time, its cells as text.</summary>
sealed class SheetRow(Workbook workbook, TableLimits limits)
{
    /// <summary>The last row of a sheet (ECMA-376).</summary>
    const int LastNumber = 1_048_576;

    /// <summary>Days from the start of 1900's count to 1904's.</summary>
    const int DaysTo1904 = 1462;

    readonly List<string> cells = [];

    public long Number { get; private set; }

    public string? Fault { get; private set; }

    public string[] Cells => [.. cells];

    public bool HoldsAnything => cells.Exists(c => !string.IsNullOrWhiteSpace(c));

    /// <summary>Reads the row that the reader stands on, up to its end.</summary>
    public async Task ReadAsync(XmlReader xml)
    {
        cells.Clear();
        Fault = null;
        Number = xml.GetAttribute("r") is not { } number ? Number + 1
            : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > Number && given <= LastNumber ? given
            : throw SheetXml.Damaged(null, Number);
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var column = -1;
        while (await xml.ReadAsync() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "c")
            {
                column = xml.GetAttribute("r") is { } place ? ColumnOf(place) : column + 1;
                var text = await CellAsync(xml);
                if (text.Length > 0)
                {
                    Put(column, text);
                }
            }
        }
    }

    void Put(int column, string text)
    {
        // One place beyond the limit is enough to show that something stands there.
        column = Math.Min(column, limits.Columns);
        while (cells.Count <= column)
        {
            cells.Add("");
        }

        cells[column] = text;
    }

    /// <summary>0 for "A7"; far out, any large number.</summary>
    int ColumnOf(string place)
    {
        var column = 0;
        foreach (var letter in place)
        {
            if (letter is < 'A' or > 'Z')
            {
                break;
            }

            column = Math.Min(column * 26 + (letter - 'A' + 1), limits.Columns + 1);
        }

        return column > 0 ? column - 1 : throw SheetXml.Damaged(null, Number);
    }

    async Task<string> CellAsync(XmlReader xml)
    {
        var type = xml.GetAttribute("t");
        var style = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var value = "";
        while (await xml.ReadAsync() && xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "v" or "is")
            {
                value = await SheetXml.TextAsync(xml, limits.CellCharacters);
            }
        }

        return type switch
        {
            "s" => Shared(value),
            "b" => value.Trim() is "1" or "true" ? "true" : value.Length > 0 ? "false" : "",
            "str" or "inlineStr" or "d" => value,
            "e" => Failed(value),
            _ => Numeric(value.Trim(), style),
        };
    }

    string Shared(string index) =>
        int.TryParse(index, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var i) && i < workbook.Texts.Count
            ? workbook.Texts[i]
            : throw SheetXml.Damaged(null, Number);

    string Failed(string value)
    {
        Fault ??= $"cell-error: a formula of the row gives {value}";
        return value;
    }

    string Numeric(string value, int style)
    {
        if (!workbook.Styles.IsDate(style) || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var days))
        {
            return PlainNumber.OfSpreadsheet(value);
        }

        days += workbook.Since1904 ? DaysTo1904 : 0;
        if (days is not (>= 0 and < 2_958_466))
        {
            return PlainNumber.OfSpreadsheet(value);
        }

        // To the second: a fraction of a day is never exact.
        var at = DateTime.FromOADate(Math.Round(days * 86_400) / 86_400).AddMilliseconds(500);
        var format = days < 1 ? "HH:mm:ss" : at.TimeOfDay < TimeSpan.FromSeconds(1) ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss";
        return at.ToString(format, CultureInfo.InvariantCulture);
    }
}
