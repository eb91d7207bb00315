using Linfen.AirMap.Data;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Linfen.AirMap.Tiles;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace Linfen.AirMap.Tests.Tiles;

/// <summary>Many screens that ask at once share a few connections, and what befalls one of them does not befall the others.</summary>
public sealed class TilePressTests(MigratedCluster cluster)
{
    const int Zoom = 9;

    /// <summary>Around the city.</summary>
    static readonly Sheet City = Of(413, 200, Zoom);

    /// <summary>No database draws that deep.</summary>
    static readonly Sheet Undrawable = Of(0, 0, 60);

    [Fact]
    public async Task Hundred_screens_at_once_get_their_own_tiles_over_two_connections()
    {
        await using var database = await OpenAsync();
        var press = Press(database, 2);
        var sheets = Enumerable.Range(0, 100).Select(i => City with { X = City.X + i % 10 - 5, Y = City.Y + i / 10 - 5 }).ToList();

        var together = await Task.WhenAll(sheets.Select(sheet => press.DrawAsync(sheet, CancellationToken.None)));

        Assert.Equal(2, await ConnectionsAsync(database));
        Assert.Contains(together, tile => tile.Length > 0);
        for (var i = 0; i < sheets.Count; i++)
        {
            Assert.Equal(await press.DrawAsync(sheets[i], CancellationToken.None), together[i]);
        }
    }

    [Fact]
    public async Task A_tile_that_cannot_be_drawn_takes_no_other_with_it()
    {
        await using var database = await OpenAsync();
        var press = Press(database, 1);

        var good = Enumerable.Range(0, 10).Select(_ => press.DrawAsync(City, CancellationToken.None)).ToList();
        var bad = press.DrawAsync(Undrawable, CancellationToken.None);
        good.AddRange(Enumerable.Range(0, 10).Select(_ => press.DrawAsync(City, CancellationToken.None)));

        await Assert.ThrowsAsync<PostgresException>(() => bad);
        Assert.All(await Task.WhenAll(good), tile => Assert.NotEmpty(tile));
        Assert.NotEmpty(await press.DrawAsync(City, CancellationToken.None));
    }

    [Fact]
    public async Task A_reader_who_goes_away_is_let_go_at_once_and_holds_up_nobody()
    {
        await using var database = await OpenAsync();
        var press = Press(database, 1);
        using var leaving = new CancellationTokenSource();

        var first = press.DrawAsync(City, CancellationToken.None);
        var gone = press.DrawAsync(City, leaving.Token);
        var last = press.DrawAsync(City, CancellationToken.None);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.Equal(await first, await last);
    }

    [Fact]
    public async Task The_press_draws_again_once_its_broken_connections_are_replaced()
    {
        await using var database = await OpenAsync();
        var press = Press(database, 2);
        var before = await press.DrawAsync(City, CancellationToken.None);
        await using (var other = await database.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var kill = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", other))
        {
            await kill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        byte[]? after = null;
        await Until.TrueAsync(
            async () =>
            {
                try
                {
                    after = await press.DrawAsync(City, CancellationToken.None);
                    return true;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            },
            "the press draws again");
        Assert.Equal(before, after);
    }

    /// <summary>How many the pool holds; the question itself goes over one of them.</summary>
    static async Task<long> ConnectionsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    static Sheet Of(int x, int y, int zoom) => new(["counties"], zoom, x, y, new(2026, 3, 8), TileFilter.None, default);

    static TilePress Press(NpgsqlDataSource database, int connections) => new(database, Options.Create(new TileOptions { Connections = connections }));

    async Task<NpgsqlDataSource> OpenAsync()
    {
        var postgres = await cluster.ClusterAsync();
        return Database.Open(postgres.ConnectionString(await cluster.CreateDatabaseAsync(), PostgresCluster.Application));
    }
}
