using System.Diagnostics;

namespace Linfen.AirMap.Testing;

/// <summary>PostgreSQL refuses to run as root: root hands its processes and files to the user <c>postgres</c>.</summary>
static class PostgresAccount
{
    const string Name = "postgres";

    static readonly bool NeedsHandover = Environment.IsPrivilegedProcess;

    /// <summary>The command as the account that may run PostgreSQL would start it.</summary>
    public static string[] Command(params string[] command) => NeedsHandover
        ? ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--", .. command]
        : command;

    public static void HandOver(string folder)
    {
        if (NeedsHandover)
        {
            Shell.Run("chown", $"{Name}:{Name}", folder);
        }
    }

    /// <summary>A folder for sockets must have a short name, and root's own temporary folder may be closed to others.</summary>
    public static string CreateFolder()
    {
        var temporary = Path.GetTempPath();
        if (NeedsHandover || temporary.Length > 60)
        {
            temporary = "/tmp";
        }
        var folder = Shell.Run("mktemp", "-d", Path.Combine(temporary, "airmap-pg-XXXXXXXX")).Trim();
        HandOver(folder);
        return folder;
    }
}
