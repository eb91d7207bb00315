using System.Text;
using System.Xml;

namespace Linfen.AirMap.Tables.Xlsx;

/// <summary>The XML of a workbook, read without document types, entities or anything outside the file.</summary>
static class SheetXml
{
    static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        Async = true,
        CloseInput = true,
    };

    public static XmlReader Open(Stream part) => XmlReader.Create(part, Settings);

    public static TableException Damaged(Exception? cause, long? line = null) => cause is XmlException { Message: var said } && said.Contains("DTD", StringComparison.Ordinal)
        ? new("xml-entities", "The workbook declares entities, which no spreadsheet program does.", line, cause)
        : new("xlsx-damaged", "The workbook is damaged. Save it again as .xlsx.", line, cause);

    /// <summary>
    /// The text of the element that the reader stands on, phonetic guides left out; afterwards the reader stands on its end. Of a text
    /// beyond the limit only enough is kept to show that it is.
    /// </summary>
    public static async Task<string> TextAsync(XmlReader xml, int most)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var text = new StringBuilder();
        var buffer = new char[1024];
        var depth = xml.Depth;
        var phonetic = int.MaxValue;
        while (await xml.ReadAsync() && xml.Depth > depth)
        {
            if (xml.Depth <= phonetic)
            {
                phonetic = xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh" ? xml.Depth : int.MaxValue;
            }

            if (phonetic == int.MaxValue && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                for (int read; (read = await xml.ReadValueChunkAsync(buffer, 0, buffer.Length)) > 0;)
                {
                    // An escape has seven characters for one.
                    text.Append(buffer, 0, Math.Clamp(7 * (most + 1) - text.Length, 0, read));
                }
            }
        }

        return Unescape(text.ToString());
    }

    /// <summary>Characters that XML cannot hold stand as <c>_x0001_</c> (ECMA-376 part 1, 22.9.2.19).</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal))
        {
            return text;
        }

        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscape(text, i))
            {
                plain.Append((char)Convert.ToUInt16(text.Substring(i + 2, 4), 16));
                i += 6;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        return plain.ToString();
    }

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            var pair = i + 1 < text.Length && char.IsSurrogatePair(character, text[i + 1]);
            if (IsEscape(text, i))
            {
                escaped.Append("_x005F_");
            }
            else if (pair)
            {
                escaped.Append(character).Append(text[++i]);
            }
            else if (character == '\r' || !XmlConvert.IsXmlChar(character))
            {
                escaped.Append($"_x{(int)character:X4}_");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    static bool IsEscape(string text, int at) => text[at] == '_' && at + 6 < text.Length && text[at + 1] == 'x' && text[at + 6] == '_'
        && char.IsAsciiHexDigit(text[at + 2]) && char.IsAsciiHexDigit(text[at + 3]) && char.IsAsciiHexDigit(text[at + 4]) && char.IsAsciiHexDigit(text[at + 5]);
}
