using Linfen.AirMap.Data;
using Linfen.AirMap.Subjects;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>Computes what monitors measured over the averaging times. Only reads; beside the ledger, so that nobody waits for it.</summary>
sealed class DustSurvey(NpgsqlDataSource database, DeviceBook book)
{
    /// <summary>As old as the county's background may be.</summary>
    const string BackgroundAge = "3 hours";

    readonly MinuteBook minutes = new(database, book);

    /// <summary>Monitors with an exceedance that has not ended, with its facts.</summary>
    public async Task<ILookup<Guid, string>> ExceedingAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("SELECT subject_id, coalesce(standing->>'facts', facts::text) FROM violations WHERE closed_at IS NULL AND rule = 'A28.Dust'");
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
        if (limits.Count == 0)
        {
            return found;
        }

        await minutes.RefreshAsync(devices, [.. limits.Select(l => l.Code)], limits.Max(l => l.Window), now, cancellation);
        var backgrounds = await BackgroundsAsync(now, cancellation);
        foreach (var device in devices)
        {
            foreach (var limit in limits)
            {
                double? background = limit.AboveBackground && backgrounds.TryGetValue((device.County ?? "", device.Simulated), out var value) ? value : null;
                if (minutes.Of(device, limit.Code, now - limit.Window)?.Over(limit, limit.Limit + (background ?? 0), now) is { } mean)
                {
                    var before = exceeding[device.Id].Any(facts => facts.Contains($"\"{limit.Name}\"", StringComparison.Ordinal));
                    found.Add((device, Of(mean, limit, background, before, now)));
                }
            }
        }

        return found;
    }

    static DustMean Of(CurveMean mean, DustLimit limit, double? background, bool exceededBefore, DateTimeOffset now)
    {
        double? average = mean.Flat || mean.Average is not { } counted ? null : Math.Round(counted, 1);
        var valid = mean.Flat ? 0 : Math.Min(limit.Minutes, (int)mean.Minutes);
        return new(limit.Name, average, background, valid, exceededBefore, mean.Flat ? null : mean.BelowSince, mean.Flat, now);
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
}
