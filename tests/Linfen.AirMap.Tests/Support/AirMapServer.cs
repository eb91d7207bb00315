using System.Net;
using System.Net.Sockets;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Linfen.AirMap.Tests.Support;

/// <summary>The server in this process, on a real loopback port and a database of its own.</summary>
public sealed class AirMapServer : IAsyncDisposable
{
    /// <summary>10:00 in Beijing on a Sunday, well after the plan came into force; clocks count in UTC.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 3, 15, 2, 0, 0, TimeSpan.Zero);

    const int Attempts = 5;

    readonly WebApplication app;
    readonly NpgsqlDataSource superuser;
    readonly Witness witness;
    readonly string home;

    AirMapServer(WebApplication app, NpgsqlDataSource superuser, FakeTimeProvider? clock, Witness witness, int port, string database, string home, string key)
    {
        DevicePort = app.Services.GetRequiredService<Settings>().Hj212Port!.Value;
        (this.app, this.superuser, this.witness, this.home) = (app, superuser, witness, home);
        Clock = clock;
        Database = database;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(60) };
        Key = key;
        Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Places = new FreshPlaces(app.Services.GetRequiredService<AtlasKeeper>().Current);
    }

    /// <summary>Comes with a key that may do everything.</summary>
    public HttpClient Client { get; }

    public string Key { get; }

    public IServiceProvider Services => app.Services;

    /// <summary>Where HJ 212 monitors call in.</summary>
    public int DevicePort { get; }

    public Uri Address => Client.BaseAddress!;

    public FreshPlaces Places { get; }

    public string Database { get; }

    /// <summary>Null where the server lives by the real clock.</summary>
    public FakeTimeProvider? Clock { get; }

    public DateTimeOffset Now => Clock?.GetUtcNow() ?? DateTimeOffset.UtcNow;

    /// <summary>What the server logged as an error since this was last asked: nothing a sender does may get here.</summary>
    public IReadOnlyList<string> TakeErrors() => witness.TakeErrors();

    /// <summary>All that the server logged so far.</summary>
    public string Log => witness.Log;

    /// <param name="settings">Of appsettings.json, e.g. <c>Intake:MarginMetres=500</c>.</param>
    public static async Task<AirMapServer> StartAsync(MigratedCluster cluster, string database, FakeTimeProvider? clock, params string[] settings)
    {
        var postgres = await cluster.ClusterAsync();
        var folder = Directory.CreateTempSubdirectory("airmap-server-").FullName;
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var kept = new Witness();
            var built = Build(postgres.ConnectionString(database, PostgresCluster.Application), port, clock, settings, kept, folder);
            try
            {
                await built.StartAsync();
                await built.Services.GetRequiredService<Doorbell>().Listening;
                return new(built, NpgsqlDataSource.Create(postgres.ConnectionString(database)), clock, kept, port, database, folder, await Visitor.KeyForEverythingAsync(built.Services));
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Somebody else was quicker in taking the port.
                await built.DisposeAsync();
            }
        }
    }

    static WebApplication Build(string connectionString, int port, FakeTimeProvider? clock, string[] settings, Witness witness, string folder)
    {
        string[] usual = clock is null ? [] : ["Fires:ClockSeconds=3600", "Events:GatherMilliseconds=0", "Hj212:JudgeSeconds=3600", "Feeds:ClockSeconds=86400", "Feeds:LookSeconds=3600"];
        return Server.Build(
            new Settings(connectionString, connectionString, port, folder, Path.Combine(folder, "no-client"), Checkout.File("gis-data")) { Hj212Port = FreePort() },
            [.. usual.Append("Limits:SignInsPerAddress=0").Concat(settings).Select(s => "--Airmap:" + s)],
            builder =>
            {
                builder.Services.AddSingleton<ILoggerFactory>(new LoggerFactory([witness]));
                builder.Services.AddSingleton<IStartupFilter>(witness);
                if (clock is not null)
                {
                    builder.Services.AddSingleton<TimeProvider>(clock);
                }
            });
    }

    /// <summary>Lets time pass and lapses what is due.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock!.Advance(time);
        await TickAsync();
    }

    /// <summary>Every file that belongs to a photo.</summary>
    public IReadOnlyList<string> PhotoFiles => Directory.Exists(Path.Combine(home, "photos")) ? Directory.GetFiles(Path.Combine(home, "photos"), "*", SearchOption.AllDirectories) : [];

    public Task TickAsync() => app.Services.GetServices<IHostedService>().OfType<LapseClock>().Single().TickAsync(CancellationToken.None);

    /// <summary>Judges what is due by now; returns how many subjects that were.</summary>
    public async Task<int> JudgeAsync() => (await app.Services.GetRequiredService<AirMap.Rulings.Waker>().WorkOffAsync(CancellationToken.None)).Judged;

    /// <summary>Judges the whole city again.</summary>
    public async Task<int> RedecideAsync()
    {
        await app.Services.GetRequiredService<Ledger>().CommitAsync(new AirMap.Rulings.WakeAll(), CancellationToken.None);
        return await JudgeAsync();
    }

    public async Task<Answer> GetAsync(string path)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
            return await Answer.ReadAsync(response);
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"{path} broke off; the server logged: {string.Join('\n', TakeErrors())}", e);
        }
    }

    public Task<Answer> PostAsync(string path, string body, string mediaType = "application/json") =>
        PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, mediaType));

    public Task<Answer> PostAsync(string path, byte[] body) => PostAsync(path, new ByteArrayContent(body));

    public async Task<Answer> PostAsync(string path, HttpContent body)
    {
        using (body)
        {
            using var response = await Client.PostAsync(new Uri(path, UriKind.Relative), body);
            return await Answer.ReadAsync(response);
        }
    }

    public async Task<Answer> DeleteAsync(string path)
    {
        using var response = await Client.DeleteAsync(new Uri(path, UriKind.Relative));
        return await Answer.ReadAsync(response);
    }

    /// <summary>One value of the database, asked as its superuser.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = superuser.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>First columns of all rows, as text.</summary>
    public async Task<List<string>> AskAllAsync(string sql)
    {
        await using var command = superuser.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    public LonLat FreshPlace() => Places.Next();

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
        await witness.TestifyAsync(superuser);
        await superuser.DisposeAsync();
        Directory.Delete(home, recursive: true);
    }
}
