using Spectre.Console;

namespace Linfen.AirMap.Benchmarks;

/// <summary>
/// The subject and its baseline take turns, and swap who begins: the machine drifts by a third within an hour, so only
/// numbers that were measured side by side may be compared.
/// </summary>
static class Rounds
{
    public static async Task<Pair> AlternateAsync(Effort effort, Func<int, Task<double>> subject, Func<int, Task<double>> baseline)
    {
        var pair = new Pair([], []);
        for (var round = 0; round < effort.Rounds; round++)
        {
            if (round % 2 == 0)
            {
                pair.Baseline.Add(await baseline(round));
                pair.Subject.Add(await subject(round));
            }
            else
            {
                pair.Subject.Add(await subject(round));
                pair.Baseline.Add(await baseline(round));
            }

            AnsiConsole.WriteLine($"  round {round + 1}: {pair.Subject[^1]:N1} against {pair.Baseline[^1]:N1} ({pair.Subject[^1] / pair.Baseline[^1]:0.00} ×)");
        }

        return pair;
    }

    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var at = share * (sorted.Length - 1);
        var (low, high) = (sorted[(int)Math.Floor(at)], sorted[(int)Math.Ceiling(at)]);
        return low + (high - low) * (at - Math.Floor(at));
    }
}

sealed record Pair(List<double> Subject, List<double> Baseline)
{
    public double SubjectMedian => Rounds.Median(Subject);

    public double BaselineMedian => Rounds.Median(Baseline);

    /// <summary>
    /// The median of each round's own ratio, not the ratio of the two medians: where the machine drifts, those two may come from
    /// different rounds.
    /// </summary>
    public double Ratio => Rounds.Median(Subject.Zip(Baseline, (subject, baseline) => subject / baseline));
}
