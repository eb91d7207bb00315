using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Events;

/// <summary>A stored decision may be evidence: the role that the server works as cannot rewrite it, whatever the server's code does.</summary>
public sealed class EvidenceRightsTests(MigratedCluster cluster, OwnServer own) : IClassFixture<OwnServer>
{
    [Theory]
    [InlineData("update airmap.events set data = '{}'")]
    [InlineData("update airmap.events set at = now()")]
    [InlineData("update airmap.violations set facts = '{}'")]
    [InlineData("update airmap.violations set parameters = '[]'")]
    [InlineData("update airmap.violations set evidence = '{}'")]
    [InlineData("update airmap.violations set opened_at = now()")]
    [InlineData("update airmap.violations set known_at = now()")]
    [InlineData("update airmap.violations set due_at = now()")]
    [InlineData("update airmap.violations set responsible = 'nobody'")]
    [InlineData("update airmap.alarms set raised_at = now()")]
    [InlineData("update airmap.alarms set severity = 0")]
    [InlineData("update airmap.detections set occurred_at = now()")]
    [InlineData("update airmap.detections set position = position")]
    [InlineData("delete from airmap.event_head")]
    [InlineData("insert into airmap.event_head (id, epoch, last, at) values (2, gen_random_uuid(), 0, now())")]
    [InlineData("truncate airmap.events")]
    [InlineData("truncate airmap.violations")]
    [InlineData("alter table airmap.events add column extra int")]
    [InlineData("drop table airmap.detections")]
    [InlineData("create table airmap.mine (n int)")]
    [InlineData("delete from airmap.migrations")]
    [InlineData("update airmap.audit set actor = 'nobody'")]
    [InlineData("delete from airmap.audit")]
    [InlineData("truncate airmap.audit")]
    public async Task The_applications_role_may_not(string statement)
    {
        await own.Server.ReportAsync(new Sighting(Guid.NewGuid().ToString(), own.Server.Now, own.Server.FreshPlace()));
        await using var role = NpgsqlDataSource.Create((await cluster.ClusterAsync()).ConnectionString(own.Server.Database, PostgresCluster.Application));
        await using var command = role.CreateCommand(statement);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
