using System.Globalization;
using System.Text.RegularExpressions;

namespace Linfen.AirMap.Tables;

/// <summary>Numbers as people write them: no exponent, no zeros at the end.</summary>
static partial class PlainNumber
{
    /// <summary>A spreadsheet keeps this many digits of a number; <see cref="double"/> at least as many.</summary>
    public const int SpreadsheetDigits = 15;

    const string Digits = "0.############################";

    public static bool IsPlain(string text) => Plain().IsMatch(text);

    /// <summary>The digits of a plain number, leading zeros aside.</summary>
    public static int DigitCount(string plain) => plain.Count(char.IsAsciiDigit) - (plain.TrimStart('-').StartsWith("0.", StringComparison.Ordinal) ? 1 : 0);

    /// <summary>A number as a spreadsheet stores it, which is the next <see cref="double"/>.</summary>
    public static string OfSpreadsheet(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return text;
        }

        return IsPlain(text) && !text.Contains('.', StringComparison.Ordinal) ? text : OfField(number.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>A number as a fixed field stores it, every digit kept; text that is no number stays as it is.</summary>
    public static string OfField(string text)
    {
        if (IsPlain(text))
        {
            return !text.Contains('.', StringComparison.Ordinal) ? text : text.TrimEnd('0').TrimEnd('.') is var shorter && shorter is "-0" ? "0" : shorter;
        }

        // Beyond decimal there is nothing that a register holds.
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(Digits, CultureInfo.InvariantCulture)
            : text;
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
