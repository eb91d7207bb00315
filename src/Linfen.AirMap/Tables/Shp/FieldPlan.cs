using System.Globalization;
using System.Text;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>How the values of a column become fixed fields; every value must have been seen before the first is written.</summary>
sealed class FieldPlan(TableColumn column)
{
    /// <summary>Of one text field (dBase III).</summary>
    public const int MostTextBytes = 254;

    bool allFit = true;
    int textBytes = 1;
    int parts = 1;
    int wholeCharacters = 1;
    int decimals;

    public TableColumn Column { get; } = column;

    public char Type => !allFit ? 'C' : Column.Type switch
    {
        TableType.Number => 'N',
        TableType.Flag => 'L',
        TableType.Day => 'D',
        _ => 'C',
    };

    public int Parts => Type == 'C' ? parts : 1;

    public int Decimals => Type == 'N' ? decimals : 0;

    public int Length => Type switch
    {
        'N' => wholeCharacters + (decimals > 0 ? decimals + 1 : 0),
        'L' => 1,
        'D' => 8,
        _ => textBytes,
    };

    public void See(string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        var pieces = Split(text);
        parts = Math.Max(parts, pieces.Count);
        textBytes = Math.Max(textBytes, pieces.Max(Encoding.UTF8.GetByteCount));
        switch (Column.Type)
        {
            case TableType.Number when PlainNumber.IsPlain(text):
                var point = text.IndexOf('.', StringComparison.Ordinal);
                wholeCharacters = Math.Max(wholeCharacters, point < 0 ? text.Length : point);
                decimals = Math.Max(decimals, point < 0 ? 0 : text.Length - point - 1);
                // More digits than a double keeps are text: other programs would round them.
                allFit &= wholeCharacters + decimals <= PlainNumber.SpreadsheetDigits;
                break;
            case TableType.Flag when text is "true" or "false":
            case TableType.Day when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _):
                break;
            default:
                allFit = false;
                break;
        }
    }

    /// <summary>The text of each part, as long as the field or shorter.</summary>
    public IReadOnlyList<string> Pieces(string text) => Type switch
    {
        _ when text.Length == 0 => [""],
        'N' => [Padded(text)],
        'L' => [text == "true" ? "T" : "F"],
        'D' => [text.Replace("-", "", StringComparison.Ordinal)],
        _ => Split(text),
    };

    string Padded(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var filled = decimals == 0 ? number
            : point < 0 ? number + "." + new string('0', decimals)
            : number.PadRight(point + 1 + decimals, '0');
        return filled.PadLeft(Length);
    }

    /// <summary>Between two characters that are no blanks where that is possible, because blanks at the edge of a field are padding.</summary>
    static List<string> Split(string text)
    {
        var pieces = new List<string>();
        var start = 0;
        while (Encoding.UTF8.GetByteCount(text.AsSpan(start)) > MostTextBytes)
        {
            var end = start;
            var good = start;
            var bytes = 0;
            while (Rune.GetRuneAt(text, end) is var rune && bytes + rune.Utf8SequenceLength <= MostTextBytes)
            {
                bytes += rune.Utf8SequenceLength;
                end += rune.Utf16SequenceLength;
                good = !Header.IsBlank(text[end - 1]) && !Header.IsBlank(text[end]) ? end : good;
            }

            pieces.Add(text[start..(good > start ? good : end)]);
            start = good > start ? good : end;
        }

        pieces.Add(text[start..]);
        return pieces;
    }
}
