using Linfen.AirMap.Events;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>Packets of many devices as one change. Every value is written; when a monitor last spoke, and the log, only as often as somebody may want to know.</summary>
sealed class ReadingBatch(IReadOnlyList<DeviceData> data, DeviceBook book, Bench bench, ReadingMonths months, TimeSpan eventPace) : LedgerChange
{
    /// <summary>Silence is measured in hours.</summary>
    static readonly TimeSpan StatePace = TimeSpan.FromMinutes(1);

    /// <summary>A monitor that was heard of within this time was not silent.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    readonly Dictionary<Guid, DateTimeOffset> heard = [];
    readonly List<Device> told = [];

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        var rows = data.SelectMany(d => d.Readings).ToList();
        foreach (var month in months.Missing(rows, transaction.KnownAt))
        {
            transaction.Write(ReadingRows.EnsureMonth(month));
        }

        transaction.Write(ReadingRows.Insert(rows, transaction.KnownAt));
        if (data.SelectMany(d => d.Reappraisals).ToList() is { Count: > 0 } reappraisals)
        {
            transaction.Write(ReadingRows.Reappraise(reappraisals));
        }

        var back = Hear(transaction.KnownAt);
        if (heard.Count > 0)
        {
            await SpeakAgainAsync(transaction, back);
        }

        Tell(transaction);
    }

    /// <summary>Whose last data are to be written again; of those, who may have been silent.</summary>
    HashSet<Guid> Hear(DateTimeOffset now)
    {
        var back = new HashSet<Guid>();
        foreach (var device in data.GroupBy(d => d.Device))
        {
            var memory = book.MemoryOf(device.Key);
            var known = memory.LastData;
            var last = device.SelectMany(d => d.Readings).Max(r => r.Key.At);
            // Who delivers by a clock that is behind is not silent.
            last = last < now && !memory.Lag.IsBehindAt(now) ? last : now;
            if (known is null || last - known >= StatePace || memory.Heard is null || now - memory.Heard >= StatePace)
            {
                heard[device.Key.Id] = last;
            }

            if (known is null || last - known >= Quiet)
            {
                back.UnionWith(new[] { device.Key.Id, device.Key.SiteId ?? device.Key.Id });
            }
        }

        return back;
    }

    async Task SpeakAgainAsync(LedgerTransaction transaction, HashSet<Guid> back)
    {
        if (back.Count == 0)
        {
            transaction.Write(ReadingRows.Heard(heard, transaction.KnownAt));
            return;
        }

        // Judging reads it in this transaction.
        await using (var batch = new NpgsqlBatch(transaction.Connection))
        {
            batch.BatchCommands.Add(ReadingRows.Heard(heard, transaction.KnownAt));
            await batch.ExecuteNonQueryAsync();
        }

        await using var db = Data.LedgerDb.On(transaction.Connection);
        var rules = await bench.RulesAsync(transaction, db);
        var docket = await bench.JudgeAsync(db, rules, back, new Dictionary<Guid, Subject>(), back, [], transaction.KnownAt);
        docket.Write(transaction);
    }

    void Tell(LedgerTransaction transaction)
    {
        foreach (var device in data.GroupBy(d => d.Device))
        {
            if (book.MemoryOf(device.Key).Told is not { } before || transaction.KnownAt - before >= eventPace)
            {
                told.Add(device.Key);
                transaction.Append(EventTypes.ReadingStored, device.Key.County, device.Key.Id.ToString(), ReadingEvents.Stored(device.Key, [.. device]));
            }
        }
    }

    public override void Committed(LedgerTransaction transaction)
    {
        foreach (var (id, last) in heard)
        {
            var memory = book.MemoryOf(data.First(d => d.Device.Id == id).Device);
            memory.LastData = memory.LastData > last ? memory.LastData : last;
            memory.Heard = transaction.KnownAt;
        }

        told.ForEach(d => book.MemoryOf(d).Told = transaction.KnownAt);
        months.Made();
    }

    public override void Failed() => months.Forget();
}

/// <summary>What the log tells of a monitor's readings.</summary>
static class ReadingEvents
{
    public static string Stored(Device device, IReadOnlyList<DeviceData> data) => Feature.ToText(json =>
    {
        var last = data.MaxBy(d => d.Readings[0].Key.At)!;
        json.WriteStartObject();
        json.WriteString("monitor", device.Id.ToString());
        json.WriteString("mn", device.Mn);
        json.WriteString("name", device.Name);
        json.WriteString("county", device.County);
        json.WriteTime("at", last.Readings[0].Key.At);
        json.WriteStartObject("values");
        foreach (var reading in last.Readings.Where(r => r.Value is not null))
        {
            json.WriteNumber(reading.Key.Factor, reading.Value!.Value);
        }

        json.WriteEndObject();
        json.WriteBoolean("simulated", device.Simulated);
        json.WriteEndObject();
    });
}
