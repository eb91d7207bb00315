using Spectre.Console;

namespace Linfen.AirMap.Benchmarks;

/// <summary>One line of the closing table.</summary>
sealed record Finding(string Name, string Measured, string Baseline, double? Ratio, string Wanted, bool? Met)
{
    /// <summary>A rate that should reach a share of the baseline's.</summary>
    public static Finding Rate(string name, string unit, Pair pair, double atLeast)
    {
        return new Finding(name, $"{pair.SubjectMedian:N0} {unit}", $"{pair.BaselineMedian:N0} {unit}", pair.Ratio, $"≥ {atLeast:0.##}", pair.Ratio >= atLeast);
    }

    /// <summary>A time in milliseconds that should stay below a multiple of the baseline's.</summary>
    public static Finding Time(string name, Pair pair, double atMost) =>
        new(name, $"{pair.SubjectMedian:N2} ms", $"{pair.BaselineMedian:N2} ms", pair.Ratio, $"≤ {atMost:0.##}", pair.Ratio <= atMost);

    /// <summary>A time that should stay below a limit, whatever the baseline.</summary>
    public static Finding Below(string name, double milliseconds, double limit, string baseline = "") =>
        new(name, $"{milliseconds:N2} ms", baseline, null, $"< {limit:0.##} ms", milliseconds < limit);

    /// <summary>A number to read the others by.</summary>
    public static Finding Beside(string name, string measured, string baseline = "", double? ratio = null) => new(name, measured, baseline, ratio, "", null);

    public static void Print(IEnumerable<Finding> findings)
    {
        var table = new Table().Border(TableBorder.Minimal);
        table.AddColumns("name", "measured", "baseline", "ratio", "wanted", "verdict");
        foreach (var column in table.Columns)
        {
            column.NoWrap();
        }

        foreach (var finding in findings)
        {
            var verdict = finding.Met switch { true => "met", false => "MISSED", null => "" };
            table.AddRow(
                Markup.Escape(finding.Name), Markup.Escape(finding.Measured), Markup.Escape(finding.Baseline),
                finding.Ratio is { } ratio ? $"{ratio:0.00} ×" : "", Markup.Escape(finding.Wanted), verdict);
        }

        AnsiConsole.WriteLine();
        AnsiConsole.Write(table);
    }
}
