using System.Diagnostics;
using Linfen.AirMap.Testing;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>The ground that the server's tests stand on.</summary>
public sealed class PostgresClusterTests
{
    [Fact]
    public async Task A_new_database_has_PostGIS_and_belongs_to_the_owner_role()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await cluster.CreateDatabaseAsync("fresh");

        Assert.Equal(PostgresCluster.Owner, await AskAsync(cluster, "fresh", PostgresCluster.Owner, "select current_user::text"));
        Assert.Equal("POINT(1 2)", await AskAsync(cluster, "fresh", PostgresCluster.Application, "select ST_AsText(ST_Point(1, 2))"));
        await AskAsync(cluster, "fresh", PostgresCluster.Owner, "create schema airmap");
        await Assert.ThrowsAsync<PostgresException>(
            () => AskAsync(cluster, "fresh", PostgresCluster.Application, "create table airmap.forbidden()"));
    }

    [Fact]
    public async Task A_template_is_copied_although_pooled_connections_to_it_are_still_open()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        await cluster.CreateDatabaseAsync("migrated");
        await using var pool = NpgsqlDataSource.Create(cluster.ConnectionString("migrated", PostgresCluster.Owner));
        await using (var command = pool.CreateCommand("create table mark as select 'here' as place"))
        {
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(cluster.CreateDatabaseAsync("one", "migrated"), cluster.CreateDatabaseAsync("two", "migrated"));

        Assert.Equal("here", await AskAsync(cluster, "one", PostgresCluster.Owner, "select place from mark"));
        Assert.Equal("here", await AskAsync(cluster, "two", PostgresCluster.Owner, "select place from mark"));
    }

    [Fact]
    public async Task What_was_committed_is_there_after_the_cluster_was_killed_three_times()
    {
        await using var cluster = await PostgresCluster.StartAsync(durable: true);
        await cluster.CreateDatabaseAsync("ledger");
        await cluster.ExecuteAsync("ledger", "create table entry(number int)");
        for (var number = 1; number <= 3; number++)
        {
            await cluster.ExecuteAsync("ledger", $"insert into entry values ({number})");
            await cluster.KillAsync();
            await Assert.ThrowsAsync<NpgsqlException>(() => cluster.ExecuteAsync("ledger", "select 1"));
            await cluster.RestartAsync();
        }

        Assert.Equal("1,2,3", await AskAsync(cluster, "ledger", PostgresCluster.Superuser, "select string_agg(number::text, ',' order by number) from entry"));
    }

    [Fact]
    public async Task Disposal_leaves_neither_processes_nor_files()
    {
        var cluster = await PostgresCluster.StartAsync();
        var folder = cluster.Folder;
        await cluster.DisposeAsync();

        Assert.False(Directory.Exists(folder));
        Assert.DoesNotContain(Process.GetProcessesByName("postgres"), process => CurrentFolder(process).StartsWith(folder, StringComparison.Ordinal));
    }

    static string CurrentFolder(Process process)
    {
        try
        {
            return new FileInfo($"/proc/{process.Id}/cwd").LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    static async Task<string?> AskAsync(PostgresCluster cluster, string database, string role, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString(database, role) + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string?)await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
