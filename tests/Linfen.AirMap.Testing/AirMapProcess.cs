using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Linfen.AirMap.Testing;

/// <summary>The built server as its own process on a free loopback port: what is killed here dies as it would in service.</summary>
public sealed class AirMapProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly AirMapCommand command;

    AirMapProcess(AirMapCommand command, Uri address, int devicePort)
    {
        this.command = command;
        DevicePort = devicePort;
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Of the first account, <c>admin</c>.</summary>
    public const string AdminPassword = "only for tests 8731";

    public Uri Address => Client.BaseAddress!;

    /// <summary>Where HJ 212 monitors call in.</summary>
    public int DevicePort { get; }

    /// <summary>Opens everything, as the installation's own verbs do.</summary>
    public string Key => Client.DefaultRequestHeaders.Authorization!.Parameter!;

    /// <summary>A client whose base address is the server's, and that may do everything.</summary>
    public HttpClient Client { get; }

    /// <summary>All that the server has printed, for failure messages.</summary>
    public string Output => command.Output;

    /// <summary>All that the server has written into its log files.</summary>
    public string LogFiles => string.Concat(Directory.EnumerateFiles(command.LogFolder).Select(ReadShared));

    static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    public int ProcessId => command.ProcessId;

    /// <summary>Starts <c>serve</c> on a migrated database and returns when <c>/health/ready</c> answers 200.</summary>
    /// <param name="connectionString">Of the application role.</param>
    /// <param name="settings">Further environment variables of the server.</param>
    /// <param name="port">Null for any free one; give the former one to come back under the same address.</param>
    public static async Task<AirMapProcess> ServeAsync(
        string connectionString, IReadOnlyDictionary<string, string>? settings = null, int? port = null)
    {
        for (var attempts = 0; ; attempts++)
        {
            var chosen = port ?? FreePort();
            var environment = new Dictionary<string, string>(settings ?? FrozenDictionary<string, string>.Empty, StringComparer.Ordinal)
            {
                ["AIRMAP_DB"] = connectionString,
                ["AIRMAP_HTTP_PORT"] = chosen.ToString(CultureInfo.InvariantCulture),
            };
            environment.TryAdd("AIRMAP_ADMIN_PASSWORD", AdminPassword);
            environment.TryAdd("AIRMAP_HJ212_PORT", FreePort().ToString(CultureInfo.InvariantCulture));
            var server = new AirMapProcess(AirMapCommand.Start(["serve"], environment), new Uri($"http://127.0.0.1:{chosen}/"), int.Parse(environment["AIRMAP_HJ212_PORT"], CultureInfo.InvariantCulture));
            try
            {
                await server.WaitUntilReadyAsync();
                server.Client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(server.command.LocalKeyFile)).Trim());
                return server;
            }
            // Somebody else was quicker in taking the port that was free a moment ago.
            catch (InvalidOperationException) when (port is null && attempts < 3 && server.Output.Contains("in use", StringComparison.OrdinalIgnoreCase))
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Runs another verb (<c>migrate</c>, <c>import</c> …) to its end and returns its output; fails when the verb fails.</summary>
    public static async Task<string> RunAsync(string connectionString, params string[] verb)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["AIRMAP_DB"] = connectionString, ["AIRMAP_DB_OWNER"] = connectionString };
        using var run = AirMapCommand.Start(verb, environment);
        var exitCode = await run.WaitForExitAsync();
        return exitCode == 0
            ? run.Output
            : throw new InvalidOperationException($"{string.Join(' ', verb)} ended with {exitCode}:\n{run.Output}");
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => command.Kill();

    /// <summary>SIGTERM, and waits for the end: true when the server ended well.</summary>
    public async Task<bool> StopAsync()
    {
        command.Terminate();
        return await command.WaitForExitAsync() == 0;
    }

    public async Task WaitUntilReadyAsync()
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (command.HasExited)
            {
                await command.WaitForExitAsync();
                throw new InvalidOperationException($"The server ended before it was ready:\n{Output}");
            }
            if (await IsReadyAsync())
            {
                return;
            }
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"The server was not ready after {Patience.TotalSeconds} s:\n{Output}");
            }
            await Task.Delay(20);
        }
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        command.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<bool> IsReadyAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            using var answer = await Client.GetAsync(new Uri("health/ready", UriKind.Relative), patience.Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
