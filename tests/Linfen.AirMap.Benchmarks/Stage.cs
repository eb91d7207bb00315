using Linfen.AirMap.Simulator;
using Linfen.AirMap.Testing;
using Npgsql;

namespace Linfen.AirMap.Benchmarks;

/// <summary>A durable PostGIS of the benchmarks' own, and databases in it as the product makes them.</summary>
sealed class Stage : IAsyncDisposable
{
    Stage(PostgresCluster cluster, City city)
    {
        Cluster = cluster;
        City = city;
    }

    public PostgresCluster Cluster { get; }

    public City City { get; }

    public static async Task<Stage> PrepareAsync() => new(
        await PostgresCluster.StartAsync(durable: true),
        City.FromGeoJson(await File.ReadAllTextAsync(Checkout.File("gis-data", "counties.geojson"))));

    /// <summary>A migrated database with the counties in it.</summary>
    public async Task<BenchDatabase> CreateDatabaseAsync(string name)
    {
        await Cluster.CreateDatabaseAsync(name);
        await AirMapProcess.RunAsync(Cluster.ConnectionString(name, PostgresCluster.Owner), "migrate");
        return new BenchDatabase(Cluster, name);
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}

/// <summary>One database of the cluster; it goes when the benchmark is over.</summary>
sealed class BenchDatabase : IAsyncDisposable
{
    readonly PostgresCluster _cluster;

    public BenchDatabase(PostgresCluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
        Source = NpgsqlDataSource.Create(cluster.ConnectionString(name) + ";Search Path=airmap,public;Command Timeout=120");
    }

    public string Name { get; }

    /// <summary>Connections of the superuser, for the baselines.</summary>
    public NpgsqlDataSource Source { get; }

    public PgBench PgBench => new(_cluster, Name);

    /// <summary>The server on this database, as a process of its own with the settings of production.</summary>
    public Task<AirMapProcess> ServeAsync(IReadOnlyDictionary<string, string>? settings = null) =>
        AirMapProcess.ServeAsync(_cluster.ConnectionString(Name, PostgresCluster.Application), settings);

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whoever runs next writes its own full pages and shares no earlier checkpoint.</summary>
    public Task CheckpointAsync() => ExecuteAsync("CHECKPOINT");

    /// <summary>Which share of the detections opened a fire.</summary>
    public async Task<double> OpenedAsync()
    {
        await using var command = Source.CreateCommand("SELECT (SELECT count(*) FROM fires)::float8 / greatest((SELECT count(*) FROM detections), 1)");
        return (double)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _cluster.DropDatabaseAsync(Name);
    }
}
