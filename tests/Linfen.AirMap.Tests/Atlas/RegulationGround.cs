using System.Text;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Testing;
using Linfen.AirMap.Tests.Support;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;
using Xunit;

namespace Linfen.AirMap.Tests.Atlas;

/// <summary>The same random zones twice: in PostGIS, and as the regulation in memory.</summary>
public sealed class RegulationGround(MigratedCluster cluster) : IAsyncLifetime
{
    /// <summary>The same zones in every run; another seed is another run of the same property.</summary>
    public const int Seed = 303;

    const int Zones = 120;
    const int Vertices = 200;

    NpgsqlDataSource? database;

    internal CityAtlas Atlas { get; private set; } = new([]);

    internal IReadOnlyList<ZoneInForce> All => Atlas.Regulation.Zones;

    /// <summary>Around the city, so that some zones reach beyond it.</summary>
    public static Envelope Extent { get; } = new(110.3, 112.6, 35.3, 37.0);

    public async ValueTask InitializeAsync()
    {
        var name = await cluster.CreateDatabaseAsync();
        database = Database.Open((await cluster.ClusterAsync()).ConnectionString(name));
        var random = new Random(Seed);
        var day = new DateOnly(2025, 1, 1);
        List<ZoneInForce> zones =
        [
            .. Enumerable.Range(0, Zones).Select(i => new ZoneInForce(
                new Guid(i, 0, 0, new byte[8]), 1, (ZoneKind)(i % 12), $"zone {i}", null, day, null, null, null, Shape(random), false)),
        ];
        Atlas = new CityAtlas([], new Regulation(zones, [], [], HeatMask.None));
        await using var create = database.CreateCommand("CREATE TABLE drawn (n int PRIMARY KEY, shape geometry(MultiPolygon, 4490)); CREATE INDEX ON drawn USING gist (shape)");
        await create.ExecuteNonQueryAsync();
        await using var fill = database.CreateCommand("INSERT INTO drawn SELECT n - 1, st_geomfromwkb(shape, 4490) FROM unnest($1) WITH ORDINALITY AS r(shape, n)");
        fill.Parameters.Add(new() { Value = zones.Select(z => z.Shape.AsBinary()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await fill.ExecuteNonQueryAsync();
        await using var analyze = database.CreateCommand("ANALYZE drawn");
        await analyze.ExecuteNonQueryAsync();
    }

    /// <summary>A star of 200 vertices about its middle; every third has a hole, every fifth an island.</summary>
    static MultiPolygon Shape(Random random)
    {
        var middle = new Coordinate(Extent.MinX + random.NextDouble() * Extent.Width, Extent.MinY + random.NextDouble() * Extent.Height);
        var radius = 0.01 + random.NextDouble() * 0.15;
        var shell = Ring(random, middle, radius * 0.5, radius, Vertices);
        LinearRing[] holes = random.Next(3) == 0 ? [Ring(random, middle, radius * 0.1, radius * 0.4, 40)] : [];
        var polygons = new List<Polygon> { Database.Geometry.CreatePolygon(shell, holes) };
        if (random.Next(5) == 0)
        {
            polygons.Add(Database.Geometry.CreatePolygon(Ring(random, new(middle.X + radius * 2.5, middle.Y), radius * 0.3, radius, 60)));
        }

        return Database.Geometry.CreateMultiPolygon([.. polygons]);
    }

    static LinearRing Ring(Random random, Coordinate middle, double least, double most, int vertices)
    {
        var corners = Enumerable.Range(0, vertices).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / vertices);
            var reach = least + random.NextDouble() * (most - least);
            return new Coordinate(middle.X + reach * cos, middle.Y + reach * sin);
        }).ToList();
        return Database.Geometry.CreateLinearRing([.. corners, corners[0].Copy()]);
    }

    /// <summary>Which zones hold each shape, by PostGIS, as their numbers joined by commas.</summary>
    /// <param name="predicate">Of <c>z.shape</c> and <c>s.shape</c>.</param>
    public async Task<List<string>> AskAsync(IReadOnlyList<Geometry> shapes, string predicate)
    {
        await using var command = database!.CreateCommand(
            $"""
            SELECT coalesce(string_agg(z.n::text, ',' ORDER BY z.n), '')
            FROM (SELECT n, st_geomfromwkb(wkb, 4490) AS shape FROM unnest($1) WITH ORDINALITY AS r(wkb, n)) s
            LEFT JOIN drawn z ON z.shape && s.shape AND {predicate} GROUP BY s.n ORDER BY s.n
            """);
        command.CommandTimeout = 600;
        command.Parameters.Add(new() { Value = shapes.Select(s => s.AsBinary()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        var answers = new List<string>(shapes.Count);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            answers.Add(reader.GetString(0));
        }

        return answers;
    }

    /// <summary>The same by the regulation in memory.</summary>
    internal string Held(Geometry shape)
    {
        var text = new StringBuilder();
        foreach (var n in Atlas.PlaceOf(shape, simulated: false, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).Zones.Select(z => BitConverter.ToInt32(z.Id.ToByteArray())).Order())
        {
            text.Append(text.Length > 0 ? "," : "").Append(System.Globalization.CultureInfo.InvariantCulture, $"{n}");
        }

        return text.ToString();
    }

    /// <summary>Metres between two shapes on the spheroid of EPSG:4490, and whether they are within so many.</summary>
    public async Task<List<(double Metres, bool Within)>> DistancesAsync(IReadOnlyList<Geometry> from, Geometry to, double metres)
    {
        await using var command = database!.CreateCommand(
            """
            SELECT st_distance(s.shape, t.shape, true), st_dwithin(s.shape, t.shape, $3, true)
            FROM (SELECT n, st_geomfromwkb(wkb, 4490)::geography AS shape FROM unnest($1) WITH ORDINALITY AS r(wkb, n)) s, (SELECT st_geomfromwkb($2, 4490)::geography AS shape) t ORDER BY s.n
            """);
        command.CommandTimeout = 600;
        command.Parameters.Add(new() { Value = from.Select(s => s.AsBinary()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new() { Value = to.AsBinary() });
        command.Parameters.Add(new() { Value = metres });
        var answers = new List<(double, bool)>(from.Count);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            answers.Add((reader.GetDouble(0), reader.GetBoolean(1)));
        }

        return answers;
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
