using System.Globalization;
using System.Text;

namespace Linfen.AirMap.Tables.Shp;

/// <summary>
/// The file fields.txt beside a shapefile: a field's name, a tab, and the column it stands for, a line each. A field has at most ten bytes
/// for its name and 254 for its text; a column on several lines is the text of these fields one after the other.
/// </summary>
static class FieldNames
{
    public const string FileName = "fields.txt";

    const int MostBytes = 10;

    /// <summary>As much of the column's name as fits, with a number where it is taken.</summary>
    public static string Shorten(string column, HashSet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var ending = number == 1 ? "" : "_" + number.ToString(CultureInfo.InvariantCulture);
            var name = Start(column, MostBytes - ending.Length) + ending;
            if (name.Length > 0 && taken.Add(name))
            {
                return name;
            }
        }
    }

    static string Start(string text, int bytes)
    {
        var start = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            start.Append(Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? "_" : rune.ToString());
        }

        return start.ToString();
    }

    public static string Write(IEnumerable<(string Field, string Column)> names) =>
        string.Concat(names.Select(n => $"{n.Field}\t{Escape(n.Column)}\r\n"));

    /// <summary>Columns by field; what is no such line is passed over.</summary>
    public static Dictionary<string, string> Read(string text)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.TrimEnd('\r').Split('\t') is [{ Length: > 0 } field, { Length: > 0 } column])
            {
                names[field] = Header.Clean(Unescape(column));
            }
        }

        return names;
    }

    static string Escape(string column) => column.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\t", @"\t", StringComparison.Ordinal)
        .Replace("\r", @"\r", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);

    static string Unescape(string column)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < column.Length; i++)
        {
            plain.Append(column[i] != '\\' || i + 1 == column.Length ? column[i] : column[++i] switch
            {
                't' => '\t',
                'r' => '\r',
                'n' => '\n',
                var other => other,
            });
        }

        return plain.ToString();
    }
}
