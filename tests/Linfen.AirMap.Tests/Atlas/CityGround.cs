using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;
using Xunit;

namespace Linfen.AirMap.Tests.Atlas;

/// <summary>The shipped counties twice: in PostGIS, and as the atlas that was read from there.</summary>
public sealed class CityGround(MigratedCluster cluster) : IAsyncLifetime
{
    NpgsqlDataSource? database;

    internal CityAtlas Atlas { get; private set; } = new([]);

    internal IReadOnlyList<AirMap.Counties.County> Counties => [.. Atlas.ByCode.Values.OrderBy(c => c.Code, StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        database = Database.Open((await cluster.ClusterAsync()).ConnectionString(await cluster.CreateDatabaseAsync(), PostgresCluster.Application));
        var options = new DbContextOptionsBuilder<AirMapDb>();
        Database.Configure(options, database);
        await using var db = new AirMapDb(options.Options);
        Atlas = new CityAtlas(await db.Counties.AsNoTracking().ToListAsync());
    }

    /// <summary>What PostGIS says: the lowest code whose polygon covers each point; null outside.</summary>
    public Task<List<string?>> CoveringAsync(IReadOnlyList<LonLat> points) => AskAsync(
        "SELECT (SELECT min(code) FROM counties WHERE st_covers(boundary, st_setsrid(st_makepoint(p.lon, p.lat), 4490))) FROM unnest($1, $2) WITH ORDINALITY AS p(lon, lat, n) ORDER BY n",
        points);

    /// <summary>The geodesic metres to the nearest county, as the spheroid of PostGIS has them, as text; and that county.</summary>
    public Task<List<string?>> NearestAsync(IReadOnlyList<LonLat> points) => AskAsync(
        """
        SELECT (SELECT code || ' ' || st_distance(st_setsrid(boundary, 4326)::geography, st_setsrid(st_makepoint(p.lon, p.lat), 4326)::geography)
                FROM counties ORDER BY st_distance(st_setsrid(boundary, 4326)::geography, st_setsrid(st_makepoint(p.lon, p.lat), 4326)::geography), code LIMIT 1)
        FROM unnest($1, $2) WITH ORDINALITY AS p(lon, lat, n) ORDER BY n
        """,
        points);

    async Task<List<string?>> AskAsync(string sql, IReadOnlyList<LonLat> points)
    {
        await using var command = database!.CreateCommand(sql);
        command.Parameters.Add(new() { Value = points.Select(p => p.Lon).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        command.Parameters.Add(new() { Value = points.Select(p => p.Lat).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        await using var reader = await command.ExecuteReaderAsync();
        var answers = new List<string?>(points.Count);
        while (await reader.ReadAsync())
        {
            answers.Add(await reader.IsDBNullAsync(0) ? null : reader.GetString(0));
        }

        return answers;
    }

    internal IEnumerable<LineSegment> Edges() =>
        from county in Counties
        from polygon in county.Boundary.Geometries.Cast<Polygon>()
        from ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing)
        from i in Enumerable.Range(1, ring.NumPoints - 1)
        select new LineSegment(ring.GetCoordinateN(i - 1), ring.GetCoordinateN(i));

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
