using System.Diagnostics;

namespace Linfen.AirMap.Testing;

static class Shell
{
    /// <summary>Runs to the end and returns what was printed; anything but success is an exception with that text.</summary>
    public static string Run(params string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
            // The current folder may be closed to the user that the command runs as.
            WorkingDirectory = "/",
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{string.Join(' ', command)} failed ({process.ExitCode}): {output}{errors.Result}");
    }
}
