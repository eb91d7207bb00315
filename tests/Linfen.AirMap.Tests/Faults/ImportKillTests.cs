using System.Net.Http.Json;
using System.Text.Json;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Faults;

/// <summary>An import that was cut off by kill -9 is completed by repeating the file.</summary>
public sealed class ImportKillTests
{
    const int Rows = 10_000;

    [Fact]
    public async Task An_import_that_was_killed_is_completed_by_the_same_file()
    {
        await using var cluster = await PostgresCluster.StartAsync(durable: true);
        await cluster.CreateDatabaseAsync("imports");
        await AirMapProcess.RunAsync(cluster.ConnectionString("imports", PostgresCluster.Owner), "migrate");
        await using var database = NpgsqlDataSource.Create(cluster.ConnectionString("imports"));
        var file = BoilerFile.Csv("断", Rows, bad: 100);

        await using (var server = await AirMapProcess.ServeAsync(cluster.ConnectionString("imports", PostgresCluster.Application)))
        {
            var sending = server.Client.PostAsync(new Uri("api/heating/boilers/import", UriKind.Relative), new ByteArrayContent(file), TestContext.Current.CancellationToken);
            await Until.TrueAsync(async () => await CountAsync(database, "subjects WHERE kind = 'boiler'") > 0, "the first rows are stored");
            server.Kill();
            await Assert.ThrowsAnyAsync<Exception>(() => sending);
        }

        var before = await CountAsync(database, "subjects WHERE kind = 'boiler'");
        Assert.InRange(before, 1, Rows - 101);
        Assert.Equal(before, await CountAsync(database, "subject_versions WHERE kind = 'boiler'"));

        await using var again = await AirMapProcess.ServeAsync(cluster.ConnectionString("imports", PostgresCluster.Application));
        using var answer = await again.Client.PostAsync(new Uri("api/heating/boilers/import", UriKind.Relative), new ByteArrayContent(file), TestContext.Current.CancellationToken);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(Rows - 100 - before, report.GetProperty("created").GetInt64());
        Assert.Equal(before, report.GetProperty("unchanged").GetInt64());
        Assert.Equal(Rows - 100, await CountAsync(database, "subjects WHERE kind = 'boiler'"));
        Assert.Equal(await CountAsync(database, "events"), await LastAsync(database));
    }

    static async Task<long> LastAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT last FROM airmap.event_head");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static async Task<long> CountAsync(NpgsqlDataSource database, string of)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM airmap." + of);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
