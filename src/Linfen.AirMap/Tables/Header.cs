namespace Linfen.AirMap.Tables;

/// <summary>The first row of a sheet: it names the columns, and turns the cells of the rows below into a <see cref="TableRow"/>.</summary>
sealed class Header
{
    readonly string[] names;
    readonly TableLimits limits;

    Header(string[] names, TableLimits limits) => (this.names, this.limits) = (names, limits);

    public IReadOnlyList<string> Columns => [.. names.Where(n => n.Length > 0)];

    public static Header Read(IReadOnlyList<string> cells, long line, TableLimits limits)
    {
        var found = cells.Select(Clean).ToList();
        found.RemoveRange(found.FindLastIndex(n => n.Length > 0) + 1, found.Count - 1 - found.FindLastIndex(n => n.Length > 0));
        if (found.Count == 0)
        {
            throw new TableException("no-header", "The first row names no columns.", line);
        }

        if (found.Count > limits.Columns)
        {
            throw new TableException("too-many-columns", $"The file has more than {limits.Columns} columns.", line);
        }

        if (found.Find(n => n.Length > limits.CellCharacters) is not null)
        {
            throw new TableException("header-too-long", $"A column's name has more than {limits.CellCharacters} characters.", line);
        }

        var twice = found.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new([.. found], limits)
            : throw new TableException("duplicate-column", $"Two columns are named '{twice.Key}'.", line);
    }

    /// <param name="shortIsFault">A csv row with fewer cells than the header was cut or quoted wrongly; a sheet only leaves out blanks.</param>
    /// <returns>Null for a row of blanks.</returns>
    public TableRow? Row(long line, IReadOnlyList<string> cells, bool shortIsFault, string? fault = null)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        var last = -1;
        for (var i = 0; i < cells.Count; i++)
        {
            var cell = Clean(cells[i]);
            if (cell.Length == 0)
            {
                continue;
            }

            last = i;
            if (i >= names.Length || names[i].Length == 0)
            {
                fault ??= $"columns-surplus: cell {i + 1} is filled, and the header has no name for it";
            }
            else if (cell.Length > limits.CellCharacters)
            {
                fault ??= $"cell-too-long: {names[i]} has more than {limits.CellCharacters} characters";
            }
            else
            {
                row[names[i]] = cell;
            }
        }

        if (shortIsFault && cells.Count < names.Length)
        {
            fault ??= $"columns-missing: {cells.Count} cells, the header has {names.Length}";
        }

        return last < 0 ? null : new(line, row, null, fault);
    }

    /// <summary>Without blanks around, the ideographic ones and byte order marks of joined files included.</summary>
    public static string Clean(string cell)
    {
        var (start, end) = (0, cell.Length);
        while (start < end && IsBlank(cell[start]))
        {
            start++;
        }

        while (end > start && IsBlank(cell[end - 1]))
        {
            end--;
        }

        return cell[start..end];
    }

    public static bool IsBlank(char character) => char.IsWhiteSpace(character) || character == '\uFEFF';
}
