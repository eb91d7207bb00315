using Linfen.AirMap.Events;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Linfen.AirMap.Tests.Fires;

public sealed class FireRecallTests(MigratedCluster cluster)
{
    /// <summary>Looks while nobody else has the index.</summary>
    sealed class Look(FireIndex index, Guid fire) : LedgerChange
    {
        public bool Found { get; private set; }

        public override Task ApplyAsync(LedgerTransaction transaction)
        {
            index.Revalidate(transaction.Head);
            Found = index.Find(fire) is not null;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_server_that_starts_has_the_fires_of_these_days_in_memory_before_anybody_reports()
    {
        var (database, clock) = (await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        Guid fire;
        await using (var before = await AirMapServer.StartAsync(cluster, database, clock))
        {
            fire = Guid.Parse((await before.FireOfAsync(new("recalled", before.Now, before.FreshPlace()))).Id());
        }

        await using var server = await AirMapServer.StartAsync(cluster, database, clock);
        await Until.TrueAsync(() => IsInMemoryAsync(server, fire), "the fire is in memory");
    }

    [Fact]
    public async Task What_tells_of_no_fire_leaves_fires_in_memory_and_what_another_process_writes_does_not()
    {
        var (database, clock) = (await cluster.CreateDatabaseAsync(), new FakeTimeProvider(AirMapServer.Morning));
        await using var server = await AirMapServer.StartAsync(cluster, database, clock);
        await using var other = await AirMapServer.StartAsync(cluster, database, clock);
        var place = server.FreshPlace();
        var fire = Guid.Parse((await server.FireOfAsync(new("kept", server.Now, place))).Id());

        await server.AddAsync("sites", new { name = "工地", status = "active", areaSquareMetres = 6_000, video = true, lon = place.Lon, lat = place.Lat });
        Assert.True(await IsInMemoryAsync(server, fire));

        await other.AddAsync("sites", new { name = "另一工地", status = "active", areaSquareMetres = 6_000, video = true, lon = place.Lon, lat = place.Lat });
        Assert.False(await IsInMemoryAsync(server, fire));
        Assert.Equal(fire.ToString(), (await server.FireOfAsync(new("again", server.Now, place))).Id());
    }

    static async Task<bool> IsInMemoryAsync(AirMapServer server, Guid fire)
    {
        var look = new Look(server.Services.GetRequiredService<FireIndex>(), fire);
        await server.Services.GetRequiredService<Ledger>().CommitAsync(look, CancellationToken.None);
        return look.Found;
    }
}
