using System.Globalization;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Rulings;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Linfen.AirMap.Air;

enum AirFate
{
    Stored,
    Duplicate,

    /// <summary>It took the place of what the station said before.</summary>
    Corrected,
    InTheFuture,

    /// <summary>The station was deleted meanwhile.</summary>
    StationGone,
}

/// <summary>A reading of a known station on its way into the ledger.</summary>
sealed class AirArrival(long line, Guid station, AirReading reading)
{
    public long Line { get; } = line;

    public AirReading Reading { get; } = reading;

    public AirKey Key { get; } = new(station, reading.Factor, reading.Interval, reading.At);

    public AirContent Content { get; } = new(reading.Value, reading.Valid);

    public AirFate Fate { get; set; }
}

/// <summary>
/// Station values as one change: stored, the stations' silence ended, the means of their counties computed again, and stations, parks and
/// counties judged by them.
/// </summary>
sealed class AirBatch(IReadOnlyList<AirArrival> arrivals, Bench bench, TimeSpan futureTolerance) : LedgerChange
{
    readonly Dictionary<AirKey, AirContent> known = [];
    readonly HashSet<AirKey> before = [];
    readonly Dictionary<AirKey, AirContent> written = [];

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var ids = arrivals.Select(a => a.Key.Station).Distinct().ToArray();
        var stations = await db.Subjects.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id);
        await RecallAsync(transaction.Connection);
        foreach (var arrival in arrivals)
        {
            arrival.Fate = !stations.ContainsKey(arrival.Key.Station) ? AirFate.StationGone
                : arrival.Reading.At > transaction.KnownAt + futureTolerance ? AirFate.InTheFuture
                : Take(arrival);
        }

        if (written.Count == 0)
        {
            return;
        }

        await StoreAsync(transaction);
        var heard = arrivals.Where(a => a.Fate is AirFate.Stored or AirFate.Corrected).ToLookup(a => a.Key.Station);
        foreach (var station in heard)
        {
            transaction.Append(EventTypes.ReadingStored, stations[station.Key].County, station.Key.ToString(), AirEvents.Stored(stations[station.Key], [.. station]));
        }

        var rules = await bench.RulesAsync(transaction, db);
        var counties = await CountyAir.RefreshAsync(db, rules, heard.Select(s => stations[s.Key]), transaction.KnownAt);
        var changed = heard.Select(s => s.Key).Concat(counties.Present.Keys).ToHashSet();
        var concerned = changed.Concat(heard.Select(s => stations[s.Key].ParentId).OfType<Guid>()).ToHashSet();
        var docket = await bench.JudgeAsync(db, rules, concerned, counties.Present, changed, counties.Gone, transaction.KnownAt);
        counties.Write(transaction, bench.Book);
        docket.Write(transaction);
    }

    /// <summary>What the same stations said before for the same times.</summary>
    async Task RecallAsync(NpgsqlConnection connection)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(AirRows.Stored([.. arrivals.Select(a => a.Key).Distinct()]));
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var key = new AirKey(reader.GetGuid(0), (AirFactor)reader.GetInt16(1), (AirInterval)reader.GetInt16(2), reader.GetFieldValue<DateTimeOffset>(3));
            known[key] = new(reader.GetDouble(4), reader.GetBoolean(5));
            before.Add(key);
        }
    }

    AirFate Take(AirArrival arrival)
    {
        var isKnown = known.TryGetValue(arrival.Key, out var said);
        if (isKnown && said == arrival.Content)
        {
            return AirFate.Duplicate;
        }

        known[arrival.Key] = written[arrival.Key] = arrival.Content;
        return isKnown ? AirFate.Corrected : AirFate.Stored;
    }

    /// <summary>Written at once, not with the closing commands: judging reads it in this transaction.</summary>
    async Task StoreAsync(LedgerTransaction transaction)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection);
        var replaced = written.Keys.Where(before.Contains).ToList();
        if (replaced.Count > 0)
        {
            batch.BatchCommands.Add(AirRows.Keep(replaced, transaction.KnownAt));
        }

        batch.BatchCommands.Add(AirRows.Upsert(written, transaction.KnownAt));
        batch.BatchCommands.Add(AirRows.Heard(LastData(transaction.KnownAt)));
        var days = written.Keys.Where(k => k.Factor == AirFactor.Pm25).Select(k => (k.Station, Day: Beijing.DayOf(k.At))).ToHashSet();
        if (days.Count > 0)
        {
            batch.BatchCommands.Add(AirRows.ForgetDays(AirFactor.Pm25, days));
            batch.BatchCommands.Add(AirRows.SumUpDays(AirFactor.Pm25, days));
        }

        await batch.ExecuteNonQueryAsync();
    }

    Dictionary<Guid, DateTimeOffset> LastData(DateTimeOffset now) => arrivals.Where(a => a.Fate is AirFate.Stored or AirFate.Corrected).GroupBy(a => a.Key.Station)
        .ToDictionary(g => g.Key, g => g.Max(a => HeardAt(a.Reading, now)));

    /// <summary>An hour counts by its own time; a day, which is told when it is over, by its end. Never later than now.</summary>
    static DateTimeOffset HeardAt(AirReading reading, DateTimeOffset now)
    {
        var at = reading.Interval == AirInterval.Hour ? reading.At : reading.End;
        return at < now ? at : now;
    }
}

/// <summary>What the log tells of stored values: one event per station and commit.</summary>
static class AirEvents
{
    public static string Stored(Subjects.Subject station, IReadOnlyList<AirArrival> stored) => Feature.ToText(json =>
    {
        json.WriteStartObject();
        json.WriteString("station", station.Id.ToString());
        json.WriteString("name", station.Name);
        json.WriteString("county", station.County);
        json.WriteNumber("stored", stored.Count(a => a.Fate == AirFate.Stored));
        json.WriteNumber("corrected", stored.Count(a => a.Fate == AirFate.Corrected));
        json.WriteTime("from", stored.Min(a => a.Reading.At));
        json.WriteTime("to", stored.Max(a => a.Reading.At));
        json.WriteStartArray("factors");
        foreach (var factor in stored.Select(a => a.Reading.Factor).Distinct().Order())
        {
            json.WriteStringValue(AirFactorDescription.Of(factor).Name);
        }

        json.WriteEndArray();
        json.WriteBoolean("simulated", station.Simulated);
        json.WriteEndObject();
    });
}
