using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks;

/// <summary>PostgreSQL's own load generator: what the database gives to a client that does nothing else.</summary>
sealed partial class PgBench(PostgresCluster cluster, string database)
{
    /// <summary>Transactions per second of a script with prepared statements.</summary>
    public async Task<double> RateAsync(string script, int clients, TimeSpan length)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script);
            var seconds = ((int)Math.Ceiling(length.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            var output = await RunAsync(
                "-n", "-M", "prepared", "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", "2", "-T", seconds,
                "-f", file, "-h", cluster.Folder, "-U", PostgresCluster.Superuser, database);
            return double.Parse(TransactionsPerSecond().Match(output).Groups["tps"].Value, CultureInfo.InvariantCulture);
        }
        finally
        {
            File.Delete(file);
        }
    }

    async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(cluster.BinaryFolder, "pgbench"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // The server's own session settings: jit would compile some of these plans for longer than they run.
        start.Environment["PGOPTIONS"] = "-c search_path=airmap,public -c jit=off";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"pgbench failed: {await errors}{output}");
    }

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TransactionsPerSecond();
}
