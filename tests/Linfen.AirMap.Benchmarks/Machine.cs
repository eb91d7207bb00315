using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;
using Spectre.Console;

namespace Linfen.AirMap.Benchmarks;

/// <summary>Says on what the numbers were measured: they mean nothing without it.</summary>
static class Machine
{
    static readonly string[] Settings =
        ["fsync", "synchronous_commit", "full_page_writes", "wal_sync_method", "shared_buffers", "max_wal_size"];

    public static async Task DescribeAsync(Stage stage, Effort effort)
    {
        var build =
#if DEBUG
            "Debug (measure with -c Release)";
#else
            "Release";
#endif
        AnsiConsole.WriteLine($"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} × {Processor()}, {MemoryGigabytes():N0} GB");
        AnsiConsole.WriteLine($"{RuntimeInformation.FrameworkDescription}, {build}; {effort.Rounds} rounds of about {effort.Round.TotalSeconds:N0} s each");
        AnsiConsole.WriteLine($"load of the machine before: {LoadAverage()}");
        await using var source = NpgsqlDataSource.Create(stage.Cluster.ConnectionString("airmap_empty"));
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "SELECT version() || '; PostGIS ' || postgis_lib_version() || '; ' || (SELECT string_agg(name || '=' || current_setting(name), ' ') FROM unnest($1) AS name)", connection)
        {
            Parameters = { new NpgsqlParameter { Value = Settings } },
        };
        AnsiConsole.WriteLine((string)(await command.ExecuteScalarAsync())!);
    }

    static string Processor() => FirstLine("/proc/cpuinfo", "model name")?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();

    static double MemoryGigabytes() =>
        FirstLine("/proc/meminfo", "MemTotal") is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024 / 1024
            : double.NaN;

    static string LoadAverage() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";

    static string? FirstLine(string file, string start) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) : null;
}
