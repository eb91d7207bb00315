using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>A server and a database for one test class, by a clock that only tests move.</summary>
public sealed class OwnServer(MigratedCluster cluster) : IAsyncLifetime
{
    AirMapServer? server;

    public AirMapServer Server => server ?? throw new InvalidOperationException("Not started yet.");

    public async ValueTask InitializeAsync() =>
        server = await AirMapServer.StartAsync(cluster, await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
