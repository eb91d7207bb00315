namespace Linfen.AirMap.Intake.Firms;

/// <summary>The cells of one line, found in place. FIRMS quotes nothing; quotes are tolerated because spreadsheets add them.</summary>
internal sealed class FirmsRow(int columns)
{
    private readonly int[] _starts = new int[columns];
    private readonly int[] _ends = new int[columns];

    /// <summary>Cells found; surplus ones count only when they are not empty.</summary>
    public int Count { get; private set; }

    public void Split(ReadOnlySpan<byte> line)
    {
        Count = 0;
        var start = 0;
        while (start <= line.Length)
        {
            var end = EndOfCell(line, start);
            if (Count < columns)
            {
                _starts[Count] = start;
                _ends[Count] = end;
                Count++;
            }
            else if (!line[start..end].Trim(" \t"u8).IsEmpty)
            {
                Count++;
                return;
            }

            start = end + 1;
        }
    }

    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> line, int column)
    {
        var cell = line[_starts[column].._ends[column]].Trim(" \t"u8);
        return cell is [(byte)'"', .., (byte)'"'] ? cell[1..^1].Trim(" \t"u8) : cell;
    }

    private static int EndOfCell(ReadOnlySpan<byte> line, int start)
    {
        var rest = line[start..];
        var comma = rest.IndexOfAny((byte)',', (byte)'"');
        if (comma >= 0 && rest[comma] == '"' && rest[..comma].Trim(" \t"u8).IsEmpty)
        {
            // Up to the closing quote commas belong to the cell; a quote that never closes ends with the line.
            var closing = rest[(comma + 1)..].IndexOf((byte)'"');
            var from = closing < 0 ? rest.Length : comma + closing + 2;
            var next = rest[from..].IndexOf((byte)',');
            return next < 0 ? line.Length : start + from + next;
        }

        if (comma >= 0 && rest[comma] == '"')
        {
            comma = rest.IndexOf((byte)',');
        }

        return comma < 0 ? line.Length : start + comma;
    }
}
