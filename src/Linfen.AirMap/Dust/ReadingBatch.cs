using Linfen.AirMap.Events;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>Packets of many devices as one change. Every value is written; when a monitor last spoke, and the log, only as often as somebody may want to know.</summary>
sealed class ReadingBatch : LedgerChange
{
    /// <summary>Silence is measured in hours.</summary>
    static readonly TimeSpan StatePace = TimeSpan.FromMinutes(1);

    /// <summary>A monitor that was heard of within this time was not silent.</summary>
    static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    readonly IReadOnlyList<Speaker> speakers;
    readonly ReadingMonths months;
    readonly Bench bench;
    readonly TimeSpan eventPace;
    readonly bool takenForNew;
    readonly Dictionary<Guid, DateTimeOffset> heard = [];
    readonly List<Speaker> told = [];

    /// <summary>A device and what it says in this batch.</summary>
    /// <param name="Last">Until when it has delivered; who has a clock that is behind does so now, and is not silent.</param>
    sealed record Speaker(Device Device, DeviceMemory Memory, IReadOnlyList<DeviceData> Data, TimeSpread Times, DateTimeOffset Last)
    {
        public List<Reappraisal> Reappraisals { get; } = [.. Data.SelectMany(d => d.Reappraisals)];
    }

    /// <param name="takenForNew">Fails where one of the readings is known.</param>
    public ReadingBatch(IReadOnlyList<DeviceData> data, DeviceBook book, Bench bench, ReadingMonths months, TimeSpan eventPace, bool takenForNew)
    {
        (this.bench, this.months, this.eventPace, this.takenForNew) = (bench, months, eventPace, takenForNew);
        speakers = [.. data.GroupBy(d => d.Device.Id).Select(d => SpeakerOf([.. d], book))];
    }

    /// <summary>Somebody speaks again who may have been silent, which is judged: not to be done in one round trip.</summary>
    public bool JudgesSomebody => speakers.Any(s => IsBack(s, s.Last));

    static Speaker SpeakerOf(IReadOnlyList<DeviceData> data, DeviceBook book)
    {
        var times = Times(data[0]);
        for (var i = 1; i < data.Count; i++)
        {
            times = times.With(Times(data[i]));
        }

        var memory = book.MemoryOf(data[0].Device);
        return new(data[0].Device, memory, data, times, memory.Lag.IsBehind ? memory.Lag.HeardAt : times.Last);
    }

    /// <summary>The values of a packet are of one time.</summary>
    static TimeSpread Times(DeviceData data) => new(data.Readings[0].Key.At, data.Readings[0].Key.At);

    static bool IsBack(Speaker speaker, DateTimeOffset last) => speaker.Memory.LastData is not { } known || last - known >= Quiet;

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        var rows = speakers.SelectMany(s => s.Data).SelectMany(d => d.Readings).ToList();
        foreach (var month in months.Missing(rows, transaction.KnownAt))
        {
            transaction.Write(ReadingRows.EnsureMonth(month));
        }

        transaction.Write(ReadingRows.Insert(rows, transaction.KnownAt, takenForNew));
        if (speakers.SelectMany(s => s.Reappraisals).ToList() is { Count: > 0 } reappraisals)
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
        foreach (var speaker in speakers)
        {
            var last = speaker.Last < now ? speaker.Last : now;
            if (speaker.Memory.LastData is not { } known || last - known >= StatePace || speaker.Memory.Heard is not { } before || now - before >= StatePace)
            {
                heard[speaker.Device.Id] = last;
            }

            if (IsBack(speaker, last))
            {
                back.UnionWith(new[] { speaker.Device.Id, speaker.Device.SiteId ?? speaker.Device.Id });
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
        foreach (var speaker in speakers)
        {
            if (speaker.Memory.Told is not { } before || transaction.KnownAt - before >= eventPace)
            {
                told.Add(speaker);
                transaction.Append(EventTypes.ReadingStored, speaker.Device.County, speaker.Device.Id.ToString(), ReadingEvents.Stored(speaker.Device, speaker.Data));
            }
        }
    }

    public override void Committed(LedgerTransaction transaction)
    {
        foreach (var speaker in speakers)
        {
            var (memory, times) = (speaker.Memory, speaker.Times);
            memory.Touch(times);
            speaker.Reappraisals.ForEach(r => memory.Touch(new(r.Since, r.Last.At)));
        }

        foreach (var speaker in speakers.Where(s => heard.ContainsKey(s.Device.Id)))
        {
            var last = heard[speaker.Device.Id];
            speaker.Memory.LastData = speaker.Memory.LastData > last ? speaker.Memory.LastData : last;
            speaker.Memory.Heard = transaction.KnownAt;
        }

        told.ForEach(s => s.Memory.Told = transaction.KnownAt);
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
