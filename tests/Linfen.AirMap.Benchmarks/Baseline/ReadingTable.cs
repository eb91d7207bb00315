using Npgsql;
using NpgsqlTypes;

namespace Linfen.AirMap.Benchmarks.Baseline;

/// <summary>A table with the columns, key and partitions of the product's readings, and the quickest way to fill it: COPY.</summary>
sealed class ReadingTable(BenchDatabase database, string name)
{
    const int RowsOfATransaction = 8_000;

    public Task CreateAsync() => database.ExecuteAsync(
        $"""
        CREATE TABLE {name} (LIKE readings INCLUDING ALL) PARTITION BY RANGE (at);
        DO $$ DECLARE m timestamptz; BEGIN
            FOR m IN SELECT generate_series(date_trunc('month', now() - interval '2 months'), now() + interval '1 month', interval '1 month') LOOP
                EXECUTE format('CREATE TABLE {name}_%s PARTITION OF {name} FOR VALUES FROM (%L) TO (%L)', to_char(m, 'YYYYMM'), m, m + interval '1 month');
            END LOOP;
        END $$
        """);

    /// <summary>Rows per second of binary COPY, 8,000 to a durable transaction, on one connection.</summary>
    public async Task<double> FillAsync(IReadOnlyList<MeasuredValue> rows)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var started = TimeProvider.System.GetTimestamp();
        foreach (var batch in rows.Chunk(RowsOfATransaction))
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                $"COPY {name} (mn, simulated, command, factor, at, value, least, most, amount, flag, quality, known_at) FROM STDIN BINARY");
            var knownAt = DateTime.UtcNow;
            foreach (var row in batch)
            {
                Write(copy, row, knownAt);
            }

            await copy.CompleteAsync();
        }

        return rows.Count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    static void Write(NpgsqlBinaryImporter copy, MeasuredValue row, DateTime knownAt)
    {
        copy.StartRow();
        copy.Write(row.Mn, NpgsqlDbType.Text);
        copy.Write(false, NpgsqlDbType.Boolean);
        copy.Write((short)2011, NpgsqlDbType.Smallint);
        copy.Write(row.Factor, NpgsqlDbType.Text);
        copy.Write(row.At, NpgsqlDbType.TimestampTz);
        copy.Write(row.Value, NpgsqlDbType.Double);
        copy.WriteNull();
        copy.WriteNull();
        copy.WriteNull();
        copy.Write((short)1, NpgsqlDbType.Smallint);
        copy.Write((short)0, NpgsqlDbType.Smallint);
        copy.Write(knownAt, NpgsqlDbType.TimestampTz);
    }
}

/// <summary>A value of a monitor at a time (UTC).</summary>
readonly record struct MeasuredValue(string Mn, string Factor, DateTime At, double Value);
