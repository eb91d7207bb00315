using System.Globalization;
using Linfen.AirMap.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Linfen.AirMap.Browser.Tests.Support.City))]
// A page and its server take both processors of a small machine: one test after the other, but for those that wait by the clock.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>A PostGIS with a migrated template, and one Chromium, for all journeys.</summary>
public sealed class City : IAsyncLifetime
{
    const string Template = "airmap_migrated";

    PostgresCluster? cluster;
    Chromium? chromium;
    Task<CityServer>? next;
    int copies;

    public Chromium Browser => chromium ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync()
    {
        // First, because it explains itself when it is missing.
        chromium = await Chromium.LaunchAsync();
        cluster = await PostgresCluster.StartAsync();
        await cluster.CreateDatabaseAsync(Template);
        await AirMapProcess.RunAsync(cluster.ConnectionString(Template, PostgresCluster.Owner), "migrate");
        // An alarm takes the view of every wall: it has a journey of its own, and elsewhere nothing flies away under a test.
        await cluster.ExecuteAsync(Template, "delete from airmap.alarm_rules");
    }

    /// <summary>The real server as a process of its own, on a database of its own with counties and nothing that burns.</summary>
    /// <param name="settings">Further environment variables of the server.</param>
    public async Task<CityServer> ServeAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        if (settings is not null)
        {
            return await StartAsync(settings);
        }

        // It starts while the journey's page still waits for something.
        return await (Interlocked.Exchange(ref next, StartAsync(null)) ?? StartAsync(null));
    }

    async Task<CityServer> StartAsync(IReadOnlyDictionary<string, string>? settings)
    {
        var name = "wall_" + Interlocked.Increment(ref copies).ToString(CultureInfo.InvariantCulture);
        await cluster!.CreateDatabaseAsync(name, Template);
        return await CityServer.StartAsync(cluster.ConnectionString(name, PostgresCluster.Application), settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (next is not null)
        {
            await (await next).DisposeAsync();
        }
        if (chromium is not null)
        {
            await chromium.DisposeAsync();
        }
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
