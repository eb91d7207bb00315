using System.Net;
using Linfen.AirMap.Commands;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

/// <summary>The database goes away under a running server, and comes back.</summary>
public sealed class OutageTests
{
    const string Detection = """[{"sourceKind":"video","detectionId":"NAME","at":"2026-03-15T10:00:00+08:00","lon":111.52,"lat":36.09}]""";

    static readonly string[] AskingTheDatabase =
    [
        "api/fires", "api/violations", "api/violations/trend", "api/counties", "api/activity", "api/feeds", "api/events", "api/undecidable",
        "api/fires/00000000-0000-0000-0000-000000000001", "tiles/fires/8/207/98.mvt",
    ];

    [Fact]
    public async Task Ready_turns_503_without_a_database_and_200_with_it_and_what_was_asked_meanwhile_is_a_problem()
    {
        await using var cluster = await PostgresCluster.StartAsync(durable: true);
        await cluster.CreateDatabaseAsync("city");
        var owner = cluster.ConnectionString("city", PostgresCluster.Owner);
        await MigrateCommand.RunAsync(new Settings(owner, owner, 1, "", "", Checkout.File("gis-data")), CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
        // Nobody is believed for a while: each request asks the database who it is.
        await using var server = await HostedServer.StartAsync(cluster.ConnectionString("city", PostgresCluster.Application), settings: "Accounts:BelieveSeconds=0");
        await Until.TrueAsync(async () => await StatusAsync(server, "health/ready") == HttpStatusCode.OK, "ready");

        await cluster.KillAsync();
        await IsUnreadyAsync(server);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "health/live"));
        foreach (var path in AskingTheDatabase)
        {
            using var response = await server.SendAsync("GET", path, "text/html");
            (await Answer.ReadAsync(response)).IsProblem(503, "database-unavailable");
            Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }

        (await PostAsync(server, "lost")).IsProblem(503, "database-unavailable");

        await cluster.RestartAsync();
        await Until.TrueAsync(async () => await StatusAsync(server, "health/ready") == HttpStatusCode.OK, "ready again");
        Answer? kept = null;
        // The first to write may find a connection that the outage broke; he is told to send it again.
        await Until.TrueAsync(
            async () => (kept = await PostAsync(server, "kept")).Status == HttpStatusCode.OK || kept.IsProblem(503, "database-unavailable") is null, "the database takes it");
        Assert.Equal(1, kept!.Accepted().Stored);
        // The listener comes back by itself: what is kept in memory follows the log again.
        await Until.TrueAsync(async () => (await StatusAsync(server, "tiles/fires/8/207/100.mvt")) == HttpStatusCode.OK, "the tile shows the fire");
        foreach (var path in AskingTheDatabase.Where(p => !p.Contains("000", StringComparison.Ordinal)))
        {
            Assert.InRange((int)await StatusAsync(server, path), 200, 204);
        }
    }

    static async Task IsUnreadyAsync(HostedServer server)
    {
        using var ready = await server.SendAsync("GET", "health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        var answer = await Answer.ReadAsync(ready);
        Assert.Equal("unhealthy", answer.Json.GetProperty("status").GetString());
        Assert.Equal("unhealthy", answer.Json.GetProperty("checks").GetProperty("database").GetProperty("status").GetString());
        Assert.Equal("healthy", answer.Json.GetProperty("checks").GetProperty("atlas").GetProperty("status").GetString());
    }

    static async Task<Answer> PostAsync(HostedServer server, string name)
    {
        using var body = new StringContent(Detection.Replace("NAME", name, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        using var response = await server.SendAsync("POST", Reading.Detections, body: body);
        return await Answer.ReadAsync(response);
    }

    static async Task<HttpStatusCode> StatusAsync(HostedServer server, string path)
    {
        using var answer = await server.SendAsync("GET", path);
        return answer.StatusCode;
    }
}
