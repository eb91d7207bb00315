using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Hosting;

/// <summary>A bug in the server tells the caller where to look, and nothing about the inside.</summary>
public sealed class InternalErrorTests(MigratedCluster cluster)
{
    [Fact]
    public async Task An_exception_becomes_a_problem_with_a_trace_id_and_a_strict_policy()
    {
        var clock = new TrickyClock();
        await using var server = await HostedServer.StartAsync(
            (await cluster.ClusterAsync()).ConnectionString(await cluster.CreateDatabaseAsync(), PostgresCluster.Application), clock: clock);
        foreach (var accept in new[] { null, "text/html" })
        {
            clock.IsBroken = true;
            using var response = await server.SendAsync("GET", "api/violations/trend", accept);
            clock.IsBroken = false;
            await CheckAsync(response);
        }
    }

    static async Task CheckAsync(HttpResponseMessage response)
    {
        var answer = (await Answer.ReadAsync(response)).IsProblem(500, "internal");
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$", answer.Json.GetProperty("traceId").GetString());
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    sealed class TrickyClock : TimeProvider
    {
        public volatile bool IsBroken;

        public override DateTimeOffset GetUtcNow() => IsBroken ? throw new ArithmeticException("SELECT secret FROM accounts") : base.GetUtcNow();
    }
}
