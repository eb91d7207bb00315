using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Linfen.AirMap.Testing;

/// <summary>The processes of one cluster. Every PostgreSQL process has the data folder as its current folder.</summary>
static partial class PostgresProcesses
{
    const int Kill = 9;
    const int NoSuchProcess = 3;

    public static async Task KillAllAsync(string dataFolder)
    {
        for (var waits = 0; waits < 1000; waits++)
        {
            var left = Find(dataFolder);
            if (left.Count == 0)
            {
                return;
            }
            foreach (var id in left)
            {
                Signal(id, Kill);
            }
            await Task.Delay(10);
        }
        throw new TimeoutException($"Processes of {dataFolder} outlived SIGKILL for ten seconds.");
    }

    /// <summary>Sends a signal; a process that is already gone is no error.</summary>
    public static void Signal(int processId, int signal)
    {
        if (SendSignal(processId, signal) != 0 && Marshal.GetLastPInvokeError() is var error && error != NoSuchProcess)
        {
            throw new Win32Exception(error);
        }
    }

    public static IReadOnlyList<int> Find(string dataFolder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && CurrentFolder(id) == dataFolder)
            .Order()];

    static string? CurrentFolder(int processId)
    {
        try
        {
            return new FileInfo($"/proc/{processId}/cwd").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or another user's.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
