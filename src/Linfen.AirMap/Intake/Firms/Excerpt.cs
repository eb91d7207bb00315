namespace Linfen.AirMap.Intake.Firms;

/// <summary>What a stranger sent, made fit to be shown and stored: short, printable ASCII.</summary>
internal static class Excerpt
{
    private const int Longest = 40;

    public static string Of(ReadOnlySpan<byte> text)
    {
        Span<char> shown = stackalloc char[Math.Min(text.Length, Longest)];
        for (var index = 0; index < shown.Length; index++)
        {
            shown[index] = text[index] is >= (byte)' ' and < 0x7F ? (char)text[index] : '?';
        }

        return text.Length > Longest ? string.Concat(shown, "…") : shown.ToString();
    }
}
