using Linfen.AirMap.Data;
using Linfen.AirMap.Subjects;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>Computes what monitors measured over the averaging times. Only reads; beside the ledger, so that nobody waits for it.</summary>
sealed class DustSurvey(NpgsqlDataSource database)
{
    /// <summary>As old as the county's background may be.</summary>
    const string BackgroundAge = "3 hours";

    /// <summary>Monitors with an exceedance that has not ended, with its facts.</summary>
    public async Task<ILookup<Guid, string>> ExceedingAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT subject_id, facts::text FROM violations WHERE closed_at IS NULL AND rule = 'A28.Dust'");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(Guid, string)>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add((reader.GetGuid(0), reader.GetString(1)));
        }

        return found.ToLookup(f => f.Item1, f => f.Item2);
    }

    public async Task<List<(Device Device, DustMean Mean)>> MeansAsync(
        IReadOnlyList<Device> devices, IReadOnlyList<DustLimit> limits, ILookup<Guid, string> exceeding, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = new List<(Device, DustMean)>();
        var backgrounds = await BackgroundsAsync(now, cancellation);
        foreach (var limit in limits)
        {
            double? Background(Device device) => backgrounds.TryGetValue((device.County ?? "", device.Simulated), out var value) ? value : null;
            var ceilings = devices.Select(d => limit.Limit + (limit.AboveBackground ? Background(d) ?? 0 : 0));
            await using var command = database.CreateCommand(MeansSql);
            command.Parameters.AddRange(new[]
            {
                Column.Texts(devices.Select(d => d.Mn)), Column.Flags(devices.Select(d => d.Simulated)), Column.Numbers(ceilings), new NpgsqlParameter<string> { TypedValue = limit.Code },
                Column.Time(now), new NpgsqlParameter<int> { TypedValue = limit.Minutes }, new NpgsqlParameter<int> { TypedValue = limit.Minutes + limit.ClearMinutes },
            });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var device = devices[(int)reader.GetInt64(0) - 1];
                var before = exceeding[device.Id].Any(facts => facts.Contains($"\"{limit.Name}\"", StringComparison.Ordinal));
                found.Add((device, Read(reader, limit, limit.AboveBackground ? Background(device) : null, before, now)));
            }
        }

        return found;
    }

    static DustMean Read(NpgsqlDataReader reader, DustLimit limit, double? background, bool exceededBefore, DateTimeOffset now)
    {
        var flat = !reader.IsDBNull(3) && reader.GetBoolean(3);
        double? average = reader.IsDBNull(1) || flat ? null : Math.Round(reader.GetDouble(1), 1);
        DateTimeOffset? below = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4);
        var minutes = reader.IsDBNull(2) ? 0 : Math.Min(limit.Minutes, (int)reader.GetDouble(2));
        return new(limit.Name, average, background, flat ? 0 : minutes, exceededBefore, flat ? null : below, flat, now);
    }

    async Task<Dictionary<(string County, bool Simulated), double>> BackgroundsAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT s.county::text, s.simulated, avg(v.value) FROM subjects s CROSS JOIN LATERAL (
                SELECT a.value FROM air_values a WHERE a.station_id = s.id AND a.factor = 2 AND a.interval = 1 AND a.valid AND a.at > $1 - interval '{BackgroundAge}' AND a.at <= $1
                ORDER BY a.at DESC LIMIT 1) v
            WHERE s.kind = 'station' AND s.county IS NOT NULL GROUP BY 1, 2
            """);
        command.Parameters.Add(Column.Time(now));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<(string, bool), double>();
        while (await reader.ReadAsync(cancellation))
        {
            found[(reader.GetString(0), reader.GetBoolean(1))] = reader.GetDouble(2);
        }

        return found;
    }

    /// <summary>
    /// Real-time data, or minutes where a device sends none. A value stands for the time to the next one, fifteen minutes at most. Below the
    /// limit since the last value that did not count or was above it; only while data go on.
    /// </summary>
    const string MeansSql =
        """
        SELECT w.n, m.average, (m.slots * least(15, greatest(1, m.step)))::double precision, m.flat, CASE WHEN m.last < $5 - interval '20 minutes' OR m.last = m.bad THEN NULL ELSE coalesce(m.bad, m.first) END
        FROM unnest($1, $2, $3) WITH ORDINALITY AS w(mn, simulated, ceiling, n)
        CROSS JOIN LATERAL (
            SELECT avg(r.value) FILTER (WHERE counts AND recent) AS average,
                count(DISTINCT date_trunc('minute', r.at)) FILTER (WHERE counts AND recent) AS slots,
                extract(epoch FROM max(r.at) - min(r.at)) / 60 / nullif(count(*) - 1, 0) AS step,
                count(*) FILTER (WHERE counts AND recent) >= 10 AND max(r.value) FILTER (WHERE counts AND recent) > 0
                    AND max(r.value) FILTER (WHERE counts AND recent) = min(r.value) FILTER (WHERE counts AND recent) AS flat,
                max(r.at) AS last, min(r.at) AS first, max(r.at) FILTER (WHERE NOT counts OR r.value > w.ceiling) AS bad, count(*) AS rows
            FROM (
                SELECT x.at, x.value, x.quality = 0 AND x.value IS NOT NULL AS counts, x.at > $5 - make_interval(mins => $6) AS recent FROM readings x
                WHERE x.mn = w.mn AND x.simulated = w.simulated AND x.factor = $4 AND x.at > $5 - make_interval(mins => $7) AND x.at <= $5
                    AND x.command = (
                        SELECT min(c) FROM unnest(ARRAY[2011, 2051]) AS c WHERE EXISTS (
                            SELECT FROM readings y WHERE y.mn = w.mn AND y.simulated = w.simulated AND y.command = c AND y.factor = $4
                                AND y.at > $5 - make_interval(mins => $7) AND y.at <= $5))) r) m
        WHERE m.rows > 0
        """;
}
