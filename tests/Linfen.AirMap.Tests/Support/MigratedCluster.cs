using System.Globalization;
using Linfen.AirMap.Commands;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(MigratedCluster))]

namespace Linfen.AirMap.Tests.Support;

/// <summary>
/// One quick, careless PostGIS for the whole assembly, started when the first test asks for it, and a migrated database in it
/// that the others are copied from.
/// </summary>
public sealed class MigratedCluster : IAsyncDisposable
{
    const string Template = "airmap_migrated";

    /// <summary>Commit times never run backwards, so the log must not begin after the clocks that tests make up.</summary>
    const string LetTestsBeginEarlier =
        "update airmap.event_head set at = '2026-01-01+00'; update airmap.events set at = '2026-01-01+00'; update airmap.event_head set epoch = gen_random_uuid()";

    readonly Lazy<Task<PostgresCluster>> cluster = new(StartAsync);
    int copies;

    public async Task<PostgresCluster> ClusterAsync() => await cluster.Value;

    /// <summary>A database of the caller's own with counties, plants and parameters, and nothing that burns.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = "city_" + Interlocked.Increment(ref copies).ToString(CultureInfo.InvariantCulture);
        await (await ClusterAsync()).CreateDatabaseAsync(name, Template);
        return name;
    }

    static async Task<PostgresCluster> StartAsync()
    {
        var started = await PostgresCluster.StartAsync();
        await started.CreateDatabaseAsync(Template);
        var owner = started.ConnectionString(Template, PostgresCluster.Owner);
        var folder = Path.GetTempPath();
        await MigrateCommand.RunAsync(new Settings(owner, owner, 1, folder, folder, Checkout.File("gis-data")), CancellationToken.None);
        NpgsqlConnection.ClearAllPools();
        await started.ExecuteAsync(Template, LetTestsBeginEarlier);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster.IsValueCreated)
        {
            await (await cluster.Value).DisposeAsync();
        }
    }
}
