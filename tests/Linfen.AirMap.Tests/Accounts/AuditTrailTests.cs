using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Tests.Support;
using Linfen.AirMap.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Linfen.AirMap.Tests.Accounts;

/// <summary>What is noted is written, also by a server that stops.</summary>
public sealed class AuditTrailTests(MigratedCluster cluster)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_300)]
    public async Task All_that_was_noted_is_written_before_the_server_is_gone(int beforeItRuns)
    {
        var database = await cluster.CreateDatabaseAsync();
        await using var source = Database.Open((await cluster.ClusterAsync()).ConnectionString(database, PostgresCluster.Application));
        using var trail = new AuditTrail(source, TimeProvider.System, NullLogger<AuditTrail>.Instance);
        Note(beforeItRuns);
        await trail.StartAsync(TestContext.Current.CancellationToken);

        Note(1_300);
        await trail.StopAsync(TestContext.Current.CancellationToken);

        await using var count = source.CreateCommand("SELECT count(*) FROM audit WHERE action = 'noted'");
        Assert.Equal(beforeItRuns + 1_300L, await count.ExecuteScalarAsync(TestContext.Current.CancellationToken));

        void Note(int lines)
        {
            for (var n = 0; n < lines; n++)
            {
                trail.Note(AuditEntry.Done("noted", "test", n), Author.Product);
            }
        }
    }
}
