namespace Linfen.AirMap.Tables.Csv;

/// <summary>The character between the cells of a text file: the most frequent candidate of its first line.</summary>
static class Separator
{
    const string Candidates = ",;\t";
    const int LooksAtCharacters = 64 * 1024;

    /// <returns>Null where the first line names the separator itself, as Excel does with <c>sep=;</c>.</returns>
    public static async Task<char?> DetectAsync(TextReader text, CancellationToken cancellation)
    {
        var buffer = new char[LooksAtCharacters];
        var count = await text.ReadBlockAsync(buffer, cancellation);
        var start = buffer.AsMemory(0, count).TrimStart("\uFEFF \r\n".ToCharArray());
        return start.Span.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? null : OfLine(start.Span);
    }

    static char OfLine(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Candidates.Length];
        var quoted = false;
        foreach (var character in text)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && character is '\r' or '\n')
            {
                break;
            }
            else if (!quoted && Candidates.IndexOf(character, StringComparison.Ordinal) is >= 0 and var candidate)
            {
                counts[candidate]++;
            }
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return Candidates[best];
    }
}
