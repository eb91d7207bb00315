using System.Globalization;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Simulator;
using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Benchmarks.Baseline;

/// <summary>A city with a hundred thousand subjects under five hundred zones of two hundred vertices, written straight into its tables.</summary>
static class RuledCity
{
    public const int Subjects = 100_000;

    public const int Zones = 500;

    const int Vertices = 200;

    static readonly ZoneKind[] Kinds =
    [
        ZoneKind.CoalFree, ZoneKind.CoalFree, ZoneKind.HeatNetwork, ZoneKind.BuiltUp, ZoneKind.NonRoadMachineryControl, ZoneKind.FireworksBan, ZoneKind.UrbanArea, ZoneKind.BarbecuePermitted,
    ];

    /// <summary>Kind, share of the hundred, and fields by a number that varies them.</summary>
    static readonly (string Kind, int Share, Func<int, string> Fields)[] Mix =
    [
        ("boiler", 60, n => string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"boiler","fuel":"{{(n % 3 == 0 ? "coal" : "gas")}}","purpose":"heating","tonnesPerHour":{{10 + n % 90}},"status":"{{(n % 5 == 0 ? "closed" : "operating")}}","commissionedOn":"2018-05-01"}""")),
        ("site", 15, n => string.Create(CultureInfo.InvariantCulture, $$"""{"status":"active","areaSquareMetres":{{1000 + n % 9000}},"video":{{(n % 2 == 0 ? "true" : "false")}}}""")),
        ("land", 15, n => $$"""{"treatment":"{{(n % 2 == 0 ? "greened" : "none")}}","hardeningFeasible":false,"greeningFeasible":true}"""),
        ("enterprise", 10, n => $$"""{"scattered":true,"disposed":{{(n % 10 == 0 ? "false" : "true")}}}"""),
    ];

    public static async Task FillAsync(NpgsqlDataSource database, City city, int subjects, int zones)
    {
        var random = new Random(17);
        await FillZonesAsync(database, city, zones, random);
        var rows = Enumerable.Range(0, subjects).Select(n =>
        {
            var pick = n * 100L / subjects;
            var share = 0;
            var (kind, _, fields) = Mix.First(m => pick < (share += m.Share));
            return (Id: Guid.CreateVersion7(), Kind: kind, Name: string.Create(CultureInfo.InvariantCulture, $"{kind} {n}"), Place: city.AnyPlace(random), Fields: fields(n));
        });
        foreach (var chunk in rows.Chunk(10_000))
        {
            await using var command = database.CreateCommand(
                """
                INSERT INTO subjects (id, kind, key, name, county, shape, position, fields, since, version, known_at, changed_at, simulated)
                SELECT id, kind, 'code:' || name, name, (SELECT min(code) FROM counties c WHERE st_covers(c.boundary, p.at)), p.at, p.at, fields::json, '2020-01-01', 1, now(), now(), false
                FROM unnest($1, $2, $3, $4, $5, $6) AS r(id, kind, name, lon, lat, fields), LATERAL (SELECT st_setsrid(st_makepoint(lon, lat), 4490) AS at) p
                """);
            command.Parameters.Add(new() { Value = chunk.Select(r => r.Id).ToArray() });
            command.Parameters.Add(new() { Value = chunk.Select(r => r.Kind).ToArray() });
            command.Parameters.Add(new() { Value = chunk.Select(r => r.Name).ToArray() });
            command.Parameters.Add(new() { Value = chunk.Select(r => r.Place.Lon).ToArray() });
            command.Parameters.Add(new() { Value = chunk.Select(r => r.Place.Lat).ToArray() });
            command.Parameters.Add(new() { Value = chunk.Select(r => r.Fields).ToArray() });
            await command.ExecuteNonQueryAsync();
        }

        await using var analyze = database.CreateCommand("ANALYZE");
        await analyze.ExecuteNonQueryAsync();
    }

    static async Task FillZonesAsync(NpgsqlDataSource database, City city, int zones, Random random)
    {
        await using var connection = await database.OpenConnectionAsync();
        for (var n = 0; n < zones; n++)
        {
            var circle = Geodesic.Circle(city.AnyPlace(random), 400 + random.Next(2_600), Vertices);
            await using var command = new NpgsqlCommand(
                """
                INSERT INTO zone_versions (id, version, kind, name, shape, status, document_number, effective_from, changed_by, revision, known_at, changed_at, simulated)
                VALUES ($1, 1, $2, $3, st_multi(st_geomfromwkb($4, 4490)), 1, 'bench', '2024-05-01', 'bench', 1, now(), now(), false)
                """,
                connection);
            command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
            command.Parameters.Add(new() { Value = (short)Kinds[n % Kinds.Length] });
            command.Parameters.Add(new() { Value = string.Create(CultureInfo.InvariantCulture, $"zone {n}") });
            command.Parameters.Add(new() { Value = circle.AsBinary(), NpgsqlDbType = NpgsqlDbType.Bytea });
            await command.ExecuteNonQueryAsync();
        }
    }
}
