using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>Server and database die under devices that send on. Four times in every run, twenty with <c>AIRMAP_TEST_FULL=1</c>.</summary>
public sealed class LineFaultTests : IAsyncLifetime
{
    const string Mn = "FAULTS000000000000000001";
    const string Database = "dust";
    const int Devices = 4;

    /// <summary>Each round lets so many packets be answered before it strikes.</summary>
    const int AnsweredPerRound = 60;

    static readonly int Rounds = Environment.GetEnvironmentVariable("AIRMAP_TEST_FULL") == "1" ? 20 : 4;
    static readonly DateTimeOffset Start = new(2026, 3, 15, 2, 0, 0, TimeSpan.Zero);

    readonly ConcurrentDictionary<int, bool> answered = new();
    readonly int port = FreePort();
    PostgresCluster? cluster;
    AirMapProcess? server;
    int sent;

    /// <summary>Completes when what was killed is back.</summary>
    volatile Task back = Task.CompletedTask;

    string Application => cluster!.ConnectionString(Database, PostgresCluster.Application);

    Dictionary<string, string> Settings => new(StringComparer.Ordinal) { ["AIRMAP_HJ212_PORT"] = port.ToString(CultureInfo.InvariantCulture) };

    public async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.StartAsync(durable: true);
        await cluster.CreateDatabaseAsync(Database);
        await AirMapProcess.RunAsync(cluster.ConnectionString(Database, PostgresCluster.Owner), "migrate");
        server = await AirMapProcess.ServeAsync(Application, Settings);
        using var body = new StringContent(JsonSerializer.Serialize(new { name = "监测仪", mn = Mn, lon = 111.52, lat = 36.09 }), Encoding.UTF8, "application/json");
        using var added = await server.Client.PostAsync(new Uri("api/monitors", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
    }

    [Fact]
    public async Task No_answered_reading_is_missing_after_kills_of_the_server() => await StrikeAsync(async () =>
    {
        server!.Kill();
        var http = server.Address.Port;
        await server.DisposeAsync();
        server = await AirMapProcess.ServeAsync(Application, Settings, http);
    });

    [Fact]
    public async Task No_answered_reading_is_missing_after_kills_of_the_database() => await StrikeAsync(async () =>
    {
        await cluster!.KillAsync();
        await cluster.RestartAsync();
    });

    [Fact]
    public async Task Without_a_database_nobody_is_answered_and_the_same_connection_catches_up_by_itself()
    {
        using var device = await FieldDevice.ConnectAsync(port);
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(Mn, Start)));
        Assert.Equal(DustCalls.Answered(Mn, Start), await device.AnswerAsync());

        await cluster!.KillAsync();
        await device.SendAsync(DustCalls.Frame(DustCalls.Segment(Mn, Start.AddSeconds(1))));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => device.AnswerAsync(TimeSpan.FromSeconds(2)));

        await cluster.RestartAsync();
        Assert.Equal(DustCalls.Answered(Mn, Start.AddSeconds(1)), await device.AnswerAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(4, await CountAsync("select count(*) from airmap.readings"));
    }

    async Task StrikeAsync(Func<Task> strike)
    {
        using var stop = new CancellationTokenSource();
        var devices = Enumerable.Range(0, Devices).Select(_ => SendAsync(stop.Token)).ToArray();
        for (var round = 1; round <= Rounds; round++)
        {
            var wanted = answered.Count + AnsweredPerRound;
            await Until.TrueAsync(() => Task.FromResult(answered.Count >= wanted), $"{AnsweredPerRound} more packets are answered in round {round}");
            var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            back = over.Task;
            await strike();
            over.SetResult();
        }

        await stop.CancelAsync();
        await Task.WhenAll(devices);
        await Until.TrueAsync(async () => await CountAsync("select 1::bigint") == 1, "the database is there");
        var list = string.Join(',', answered.Keys.Select(n => $"'{Start.AddSeconds(n).ToString("O", CultureInfo.InvariantCulture)}'::timestamptz"));
        Assert.Equal(answered.Count * 2, await CountAsync($"select count(*) from airmap.readings where at in ({list})"));
        Assert.Equal(0, await CountAsync("select count(*) from (select 1 from airmap.readings group by mn, simulated, command, factor, at having count(*) > 1) twice"));
        Assert.True(answered.Count >= Rounds * AnsweredPerRound);
    }

    /// <summary>One packet after the other, each until it is answered, whatever breaks meanwhile.</summary>
    async Task SendAsync(CancellationToken stop)
    {
        FieldDevice? device = null;
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref sent);
            var (frame, wanted) = (DustCalls.Frame(DustCalls.Segment(Mn, Start.AddSeconds(number))), DustCalls.Answered(Mn, Start.AddSeconds(number)));
            while (!answered.ContainsKey(number) && !stop.IsCancellationRequested)
            {
                try
                {
                    device ??= await FieldDevice.ConnectAsync(port);
                    await device.SendAsync(frame);
                    if (await device.AnswerAsync(TimeSpan.FromSeconds(10)) == wanted)
                    {
                        answered[number] = true;
                        continue;
                    }
                }
                catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
                {
                    // The server is away for a moment.
                }

                device?.Dispose();
                device = null;
                await back;
            }
        }

        device?.Dispose();
    }

    async Task<long> CountAsync(string sql)
    {
        try
        {
            await using var connection = new NpgsqlConnection(cluster!.ConnectionString(Database) + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return -1;
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}
