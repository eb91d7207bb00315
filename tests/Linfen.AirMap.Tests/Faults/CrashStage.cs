using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Faults;

/// <summary>A server process on a PostgreSQL whose commits reach the disk, with senders that remember what was acknowledged to them.</summary>
sealed class CrashStage : IAsyncDisposable
{
    /// <summary>Enough rows that a kill some thousand rows in comes long before the end.</summary>
    public const int FileRows = 10_000;

    const string Database = "crash";
    const int Senders = 3;

    static readonly Dictionary<string, string> SmallBatches = new(StringComparer.Ordinal) { ["Airmap__Intake__BatchRows"] = "500" };

    readonly ConcurrentBag<string> acknowledged = [];
    readonly HttpClient client;
    int sent;

    CrashStage(PostgresCluster cluster, AirMapProcess server)
    {
        (Cluster, Server) = (cluster, server);
        client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = server.Client.DefaultRequestHeaders.Authorization;
    }

    public PostgresCluster Cluster { get; }

    public AirMapProcess Server { get; private set; }

    public int Acknowledged => acknowledged.Count;

    string Application => Cluster.ConnectionString(Database, PostgresCluster.Application);

    public static async Task<CrashStage> StartAsync()
    {
        var cluster = await PostgresCluster.StartAsync(durable: true);
        await cluster.CreateDatabaseAsync(Database);
        await AirMapProcess.RunAsync(cluster.ConnectionString(Database, PostgresCluster.Owner), "migrate");
        var server = await AirMapProcess.ServeAsync(cluster.ConnectionString(Database, PostgresCluster.Application), SmallBatches);
        return new(cluster, server);
    }

    public async Task KillServerAsync()
    {
        Server.Kill();
        var port = Server.Address.Port;
        await Server.DisposeAsync();
        Server = await AirMapProcess.ServeAsync(Application, SmallBatches, port);
    }

    public async Task KillPostgresAsync()
    {
        await Cluster.KillAsync();
        await Cluster.RestartAsync();
        await Server.WaitUntilReadyAsync();
    }

    /// <summary>Posts a file and single detections beside it, strikes once so many of its rows are stored, and says whether the file got through.</summary>
    public async Task<bool> InterruptAsync(string file, string day, int rows, Func<Task> strike)
    {
        using var struck = new CancellationTokenSource();
        var senders = Enumerable.Range(0, Senders).Select(_ => SendAsync(struck.Token)).ToArray();
        var posting = PostAsync(Reading.Firms, file);
        await Until.TrueAsync(async () => await CountAsync(OfDay(day)) >= rows, $"{rows} rows of the file are stored");
        await strike();
        await struck.CancelAsync();
        await Task.WhenAll(senders);
        return await posting is { Status: HttpStatusCode.OK };
    }

    /// <summary>Posts the file until it gets through, as a sender would.</summary>
    public async Task<Counts> CompleteAsync(string file)
    {
        Answer? answer = null;
        await Until.TrueAsync(async () => (answer = await PostAsync(Reading.Firms, file)) is { Status: HttpStatusCode.OK }, "the repeated file gets through");
        return answer!.Accepted();
    }

    /// <summary>Rows of one day long ago, all of them in the middle of the city.</summary>
    public static string File(string day, int seed)
    {
        var text = new StringBuilder("latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,confidence,version,bright_t31,frp,daynight\n");
        for (var n = 0; n < FileRows; n++)
        {
            // A lattice of whole 1/100 000 degrees: no place twice.
            var (lat, lon) = (36_000_00 + ((n / 200) * 150) + seed, 111_400_00 + ((n % 200) * 100));
            text.Append(CultureInfo.InvariantCulture, $"{lat / 1e5:F5},{lon / 1e5:F5},312.2,1.04,1.02,{day},{n % 24:00}{n % 60:00},T,61,6.1NRT,290.94,9.94,D\n");
        }

        return text.ToString();
    }

    public static string OfDay(string day) => $"select count(*) from airmap.detections where feed = 'firms' and (occurred_at at time zone 'UTC')::date = '{day}'";

    /// <summary>What was acknowledged is there, nothing is there twice, and everything that is told agrees with what is stored.</summary>
    public async Task CheckAsync()
    {
        var list = string.Join(',', acknowledged.Select(id => $"'{id}'"));
        Assert.Equal(acknowledged.Count, await CountAsync($"select count(*) from airmap.detections where detection_id in ({list})"));
        Assert.Equal(0, await CountAsync("select count(*) from (select 1 from airmap.detections group by feed, source_kind, detection_id having count(*) > 1) twice"));
        Assert.Equal(await CountAsync("select count(*) from airmap.detections"), await CountAsync("select sum(detections)::bigint from airmap.fires"));
        Assert.Equal(
            0,
            await CountAsync("select count(*) from airmap.fires f where f.detections <> (select count(*) from airmap.detections d where d.fire_id = f.id)"));
        Assert.Equal(
            await CountAsync("select count(*) from airmap.detections where feed = 'firms'"),
            await CountAsync("select coalesce(sum((data->>'detections')::int), 0)::bigint from airmap.events where type = 'fires.imported'"));
        Assert.Equal(await CountAsync("select last from airmap.event_head"), await CountAsync("select max(seq) from airmap.events"));
        Assert.Equal(await CountAsync("select max(seq) - min(seq) + 1 from airmap.events"), await CountAsync("select count(*) from airmap.events"));
        Assert.Equal(
            0,
            await CountAsync("select count(*) from airmap.fires where status < 5 and violation_id not in (select id from airmap.violations)"));
    }

    public async Task<long> CountAsync(string sql)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Cluster.ConnectionString(Database) + ";Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            return (long)(await command.ExecuteScalarAsync())!;
        }
        catch (NpgsqlException)
        {
            return -1;
        }
    }

    /// <summary>One detection after the other; remembers those whose storing was acknowledged.</summary>
    async Task SendAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var id = $"single-{Interlocked.Increment(ref sent)}";
            var answer = await PostAsync(Reading.Detections, Sighting.Array([new(id, DateTimeOffset.UtcNow, new(111.0 + (sent % 10 * 0.03), 36.3))]));
            if (answer is { Status: HttpStatusCode.OK })
            {
                Assert.Equal(1, answer.Accepted().Stored);
                acknowledged.Add(id);
            }
        }
    }

    /// <summary>Null where the connection broke.</summary>
    async Task<Answer?> PostAsync(string path, string body)
    {
        try
        {
            using var content = new StringContent(body);
            using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
            return await Answer.ReadAsync(response);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Server.DisposeAsync();
        await Cluster.DisposeAsync();
    }
}
