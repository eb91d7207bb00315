using System.Diagnostics;
using Npgsql;

namespace Linfen.AirMap.Testing;

/// <summary>
/// A PostGIS of the tests' own: a fresh cluster in a short temporary folder, reached over its unix socket only, gone when
/// disposed and gone when the test process dies. Roles and extension are those that <c>./airmap up</c> prepares.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    public const string Owner = "airmap_owner";
    public const string Application = "airmap_app";
    public const string Superuser = "postgres";

    /// <summary>Owned by <see cref="Owner"/>, with the extension postgis in schema public and nothing else.</summary>
    public const string EmptyTemplate = "airmap_empty";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly string[] Lasting = ["-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "full_page_writes=on"];
    static readonly string[] Fleeting = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

    // Kills what still runs in the folder ($1), whoever started it, and removes the folder. An interrupted initdb may still be
    // writing into it, hence the repetition.
    const string ClearUp = """
        attempts=0
        while [ -e "$1" ] && [ $attempts -lt 100 ]; do
            for process in /proc/[0-9]*; do
                [ "$(readlink "$process/cwd" 2>/dev/null)" = "$1/data" ] && kill -9 "${process#/proc/}" 2>/dev/null
            done
            rm -rf "$1" 2>/dev/null
            attempts=$((attempts + 1))
            sleep 0.1
        done
        """;

    readonly SemaphoreSlim creating = new(1, 1);
    readonly string binaries;
    readonly bool durable;
    readonly Watchdog watchdog;
    Process? postmaster;

    PostgresCluster(string binaries, bool durable)
    {
        this.binaries = binaries;
        this.durable = durable;
        Folder = PostgresAccount.CreateFolder();
        watchdog = new Watchdog(ClearUp, Folder);
    }

    /// <summary>Holds <c>data/</c>, the socket and <c>log</c>.</summary>
    public string Folder { get; }

    /// <summary>The folder whose path names this cluster among the machine's processes.</summary>
    public string DataFolder => Path.Combine(Folder, "data");

    /// <summary>The PostgreSQL programs of this cluster's version: pgbench, psql, pg_dump.</summary>
    public string BinaryFolder => binaries;

    /// <summary>The end of the server's log, for failure messages.</summary>
    public string LogTail => File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(40)) : "";

    string LogFile => Path.Combine(Folder, "log");

    /// <param name="durable">Commits reach the disk as in production (benchmarks, crash tests); otherwise quick and careless.</param>
    public static async Task<PostgresCluster> StartAsync(bool durable = false)
    {
        var cluster = new PostgresCluster(PostgresBinaries.Find(), durable);
        try
        {
            Shell.Run(PostgresAccount.Command(Path.Combine(cluster.binaries, "initdb"), "--pgdata", cluster.DataFolder,
                "--username", Superuser, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"));
            await cluster.RestartAsync();
            await cluster.CreateEmptyTemplateAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>An Npgsql connection string; without a role, the superuser's.</summary>
    public string ConnectionString(string database, string role = Superuser) => Settings(database, role).ConnectionString;

    /// <summary>A new database owned by <see cref="Owner"/>, a copy of the template.</summary>
    public async Task<string> CreateDatabaseAsync(string name, string template = EmptyTemplate)
    {
        await creating.WaitAsync();
        try
        {
            // A template with an open (pooled, idle) connection cannot be copied.
            await ExecuteAsync(Superuser, $"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{template}'");
            await ExecuteAsync(Superuser, $"create database \"{name}\" template \"{template}\" owner {Owner}");
            return ConnectionString(name);
        }
        finally
        {
            creating.Release();
        }
    }

    public Task DropDatabaseAsync(string name) => ExecuteAsync(Superuser, $"drop database if exists \"{name}\" with (force)");

    /// <summary>Runs SQL as the superuser, on a connection of its own.</summary>
    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>SIGKILL to the postmaster and all its children, as a crash of the machine would look to the clients.</summary>
    public async Task KillAsync()
    {
        if (postmaster is { HasExited: false })
        {
            PostgresProcesses.Signal(postmaster.Id, 9);
        }
        await PostgresProcesses.KillAllAsync(DataFolder);
        await ForgetPostmasterAsync();
    }

    /// <summary>Starts after a kill (or the first time) and waits until recovery is over; a running cluster is stopped before.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        var clock = Stopwatch.StartNew();
        Launch();
        while (true)
        {
            if (postmaster!.HasExited)
            {
                // A lock or shared memory of killed processes stays busy for a moment after their end.
                if (clock.Elapsed > Patience || !LogTail.Contains("lock file", StringComparison.Ordinal) && !LogTail.Contains("shared memory", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"PostgreSQL did not start:\n{LogTail}");
                }
                Launch();
            }
            try
            {
                await using var connection = await OpenAsync(Superuser);
                return;
            }
            catch (NpgsqlException) when (clock.Elapsed < Patience)
            {
                await Task.Delay(20);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await PostgresProcesses.KillAllAsync(DataFolder);
        Directory.Delete(Folder, recursive: true);
        watchdog.Dispose();
        creating.Dispose();
    }

    async Task CreateEmptyTemplateAsync()
    {
        await ExecuteAsync(Superuser, $"create role {Owner} login; create role {Application} login");
        await ExecuteAsync(Superuser, $"create database {EmptyTemplate} owner {Owner}");
        await ExecuteAsync(EmptyTemplate, "create extension postgis schema public");
    }

    /// <summary>SIGINT, PostgreSQL's "fast shutdown": open transactions are rolled back.</summary>
    async Task StopAsync()
    {
        if (postmaster is { HasExited: false })
        {
            PostgresProcesses.Signal(postmaster.Id, 2);
        }
        await ForgetPostmasterAsync();
    }

    async Task ForgetPostmasterAsync()
    {
        if (postmaster is not null)
        {
            using var patience = new CancellationTokenSource(Patience);
            await postmaster.WaitForExitAsync(patience.Token);
            postmaster.Dispose();
            postmaster = null;
        }
    }

    void Launch()
    {
        postmaster?.Dispose();
        string[] postgres = [Path.Combine(binaries, "postgres"), "-D", DataFolder,
            "-c", "listen_addresses=", "-c", $"unix_socket_directories={Folder}", "-c", "max_connections=200",
            "-c", "shared_buffers=128MB", "-c", "max_wal_size=2GB", "-c", "timezone=UTC", .. durable ? Lasting : Fleeting];
        const string logged = "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null";
        // A session of its own keeps a Ctrl-C in the terminal away from it.
        postmaster = Process.Start(new ProcessStartInfo("setsid",
            PostgresAccount.Command("sh", "-c", logged, "postgres", LogFile).Concat(postgres)) { WorkingDirectory = "/" })!;
    }

    async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var settings = Settings(database, Superuser);
        settings.Pooling = false;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    NpgsqlConnectionStringBuilder Settings(string database, string role) =>
        new() { Host = Folder, Database = database, Username = role };
}
