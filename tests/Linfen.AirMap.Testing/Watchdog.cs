using System.Diagnostics;

namespace Linfen.AirMap.Testing;

/// <summary>
/// A shell that outlives the test process just long enough to clear up behind it. It reads a pipe that only the test process
/// holds: whatever ends that process, a SIGKILL included, closes the pipe.
/// </summary>
sealed class Watchdog : IDisposable
{
    readonly Process shell;

    /// <param name="script">What to do when the test process is gone; <paramref name="arguments"/> are $1, $2 …</param>
    public Watchdog(string script, params string[] arguments)
    {
        const string wait = "trap '' INT TERM HUP; read -r line; [ \"$line\" = done ] && exit 0\n";
        var start = new ProcessStartInfo("setsid", ["sh", "-c", wait + script, "watchdog", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        shell = Process.Start(start)!;
    }

    /// <summary>Nothing is left to clear up.</summary>
    public void Dispose()
    {
        try
        {
            shell.StandardInput.WriteLine("done");
            shell.StandardInput.Close();
            shell.WaitForExit();
        }
        catch (IOException)
        {
            // The shell was killed by somebody: it has nothing left to do either.
        }
        shell.Dispose();
    }
}
