using Linfen.AirMap.Commands;
using Linfen.AirMap.GisData;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.GisData;

/// <summary>A running server, and the import command beside it on the same database, as an administrator uses it.</summary>
public sealed class ImportGround(MigratedCluster cluster) : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("airmap-import-").FullName;
    AirMapServer? server;

    public AirMapServer Server => server!;

    public async ValueTask InitializeAsync() => server = await AirMapServer.StartAsync(
        cluster, await cluster.CreateDatabaseAsync(), new Microsoft.Extensions.Time.Testing.FakeTimeProvider(AirMapServer.Morning));

    /// <summary>The path of a new file with this text.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async Task ImportAsync(string kind, string path, bool dryRun = false)
    {
        var postgres = await cluster.ClusterAsync();
        var settings = new Settings(
            postgres.ConnectionString(Server.Database, PostgresCluster.Application), postgres.ConnectionString(Server.Database, PostgresCluster.Owner), 1, folder, folder, folder);
        Assert.Equal(0, await ImportCommand.RunAsync(settings, kind, path, dryRun, null, CancellationToken.None));
    }

    /// <summary>What is said of a file that must not be taken; and nothing may have changed.</summary>
    public async Task<string> RefusalAsync(string kind, string path, bool dryRun = false)
    {
        var before = await StateAsync();
        var refused = await Assert.ThrowsAsync<GisDataException>(() => ImportAsync(kind, path, dryRun));
        Assert.Equal(before, await StateAsync());
        return refused.Message;
    }

    public async Task<string> StateAsync() => await Server.AskAsync<string>(
        """
        select (select last from airmap.event_head) || ' ' || (select md5(string_agg(code || name || st_astext(boundary), '' order by code)) from airmap.counties)
            || ' ' || (select count(*) from airmap.subjects) || ' ' || (select md5(string_agg(code || value::text, '' order by code, effective_from)) from airmap.parameters)
        """);

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
