using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Linfen.AirMap.Testing;

/// <summary>One run of <c>Linfen.AirMap.dll</c> with a home folder of its own and its output kept.</summary>
sealed class AirMapCommand : IDisposable
{
    const int SigTerm = 15;

    readonly StringBuilder output = new();
    readonly string home;
    readonly Process process;
    readonly Watchdog watchdog;
    bool disposed;

    AirMapCommand(ProcessStartInfo start, string home)
    {
        this.home = home;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        watchdog = new Watchdog("kill -9 \"$1\"; rm -rf \"$2\"", ProcessIdText, home);
    }

    public string LocalKeyFile => Path.Combine(home, "run", "local-key");

    public string LogFolder => Path.Combine(home, "logs");

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    string ProcessIdText => process.Id.ToString(CultureInfo.InvariantCulture);

    public static AirMapCommand Start(string[] verb, IReadOnlyDictionary<string, string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("airmap-home-").FullName;
        var start = new ProcessStartInfo("dotnet", [FindServer(), .. verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            RedirectStandardError = true,
            WorkingDirectory = Checkout.Root,
        };
        start.Environment["AIRMAP_HOME"] = folder;
        start.Environment["AIRMAP_WEB"] = Checkout.File("wwwroot", "dist");
        start.Environment["AIRMAP_GIS_DATA"] = Checkout.File("gis-data");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        return new AirMapCommand(start, folder);
    }

    public void Kill() => Signal(9);

    public void Terminate() => Signal(SigTerm);

    public async Task<int> WaitForExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        Kill();
        process.WaitForExit();
        watchdog.Dispose();
        process.Dispose();
        Directory.Delete(home, recursive: true);
    }

    void Signal(int signal)
    {
        if (!process.HasExited)
        {
            PostgresProcesses.Signal(process.Id, signal);
        }
    }

    void Keep(string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    /// <summary>The published server that <c>./airmap test</c> names, or the one that is copied beside every assembly that references its project.</summary>
    static string FindServer() =>
        (Environment.GetEnvironmentVariable("AIRMAP_TEST_SERVER") ?? Path.Combine(AppContext.BaseDirectory, "Linfen.AirMap.dll")) is var server && File.Exists(server)
            ? server
            : throw new InvalidOperationException($"{server} is not built: reference src/Linfen.AirMap from this project.");
}
