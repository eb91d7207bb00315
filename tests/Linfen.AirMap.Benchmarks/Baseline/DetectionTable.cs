using Linfen.AirMap.Geo;
using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Benchmarks.Baseline;

/// <summary>A table with the columns, defaults and indexes of the product's detections, and the plainest quick ways to fill it.</summary>
sealed class DetectionTable(BenchDatabase database, string name)
{
    const int RowsOfATransaction = 1_000;

    /// <summary>One durable row as a pgbench script: random place and id, so that the indexes work as in the product.</summary>
    public string SingleInsertScript => $"""
        \set x random(0, 1999999)
        \set y random(0, 1499999)
        INSERT INTO {name} (id, feed, source_kind, detection_id, occurred_at, known_at, position, radius_metres, confidence, county, fire_id, simulated, content_digest)
        VALUES (gen_random_uuid(), 'direct', 1, gen_random_uuid()::text, now(), now(), st_setsrid(st_makepoint(110.4 + :x / 1e6, 35.4 + :y / 1e6), 4490), 50, 0.9, '141002', gen_random_uuid(), false, gen_random_uuid());
        """;

    public Task CreateAsync() => database.ExecuteAsync($"CREATE TABLE {name} (LIKE detections INCLUDING ALL)");

    /// <summary>Rows per second of batched inserts, 1,000 to a transaction, on one connection; the arrays were made before.</summary>
    public async Task<double> FillAsync(IReadOnlyList<ViirsRow> rows)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var batches = rows.Chunk(RowsOfATransaction).Select(chunk => Insert(connection, chunk)).ToList();
        var started = TimeProvider.System.GetTimestamp();
        foreach (var batch in batches)
        {
            await batch.ExecuteNonQueryAsync();
        }

        var elapsed = TimeProvider.System.GetElapsedTime(started);
        foreach (var batch in batches)
        {
            await batch.DisposeAsync();
        }

        return rows.Count / elapsed.TotalSeconds;
    }

    NpgsqlCommand Insert(NpgsqlConnection connection, ViirsRow[] rows) => new(
        $"""
        INSERT INTO {name} (id, feed, source_kind, detection_id, occurred_at, known_at, position, radius_metres, bearing_degrees,
            confidence, frp_megawatts, instrument, image_url, county, fire_id, simulated, content_digest)
        SELECT id, 'firms', 0, detection_id, occurred_at, now(), st_setsrid(st_makepoint(lon, lat), 4490), 200, NULL,
            0.5, frp, 'N20', NULL, '141002', fire_id, false, NULL
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS r(id, detection_id, occurred_at, lon, lat, frp, fire_id)
        """, connection)
    {
        Parameters =
        {
            Array(rows, _ => Guid.CreateVersion7(), NpgsqlDbType.Uuid),
            Array(rows, row => row.Identity, NpgsqlDbType.Text),
            Array(rows, row => row.At.UtcDateTime, NpgsqlDbType.TimestampTz),
            Array(rows, row => row.Place.Lon, NpgsqlDbType.Double),
            Array(rows, row => row.Place.Lat, NpgsqlDbType.Double),
            Array(rows, row => row.FrpMegawatts, NpgsqlDbType.Double),
            Array(rows, _ => Guid.CreateVersion7(), NpgsqlDbType.Uuid),
        },
    };

    static NpgsqlParameter Array<T>(ViirsRow[] rows, Func<ViirsRow, T> column, NpgsqlDbType type) =>
        new() { Value = rows.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}

/// <summary>One detection of a VIIRS file.</summary>
sealed record ViirsRow(DateTimeOffset At, LonLat Place, double FrpMegawatts)
{
    public string Identity => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"N20/VIIRS/{At:yyyyMMdd'T'HHmm}/{Place.Lat:F5}/{Place.Lon:F5}");
}
