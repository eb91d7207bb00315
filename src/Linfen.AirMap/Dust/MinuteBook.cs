using System.Data;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hj212;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>
/// The last hours of dust of every monitor, in memory by the minute. The database has the truth: what this process wrote is read again from
/// there, of what others may have written the last minutes, and now and then everything.
/// </summary>
sealed class MinuteBook(NpgsqlDataSource database, DeviceBook book)
{
    /// <summary>Monitors in one query: the first one after a start reads hours of each.</summary>
    const int AtOnce = 100;

    const int CommandSeconds = 120;

    /// <summary>Another process that takes a monitor's data has written them by then.</summary>
    static readonly TimeSpan OthersWithin = TimeSpan.FromMinutes(2);

    /// <summary>After so long everything is read again: late data that another process took.</summary>
    static readonly TimeSpan Anew = TimeSpan.FromHours(1);

    static readonly short[] Commands = [(short)CommandCode.RealTime, (short)CommandCode.RealTime2025, (short)CommandCode.Minutes, (short)CommandCode.Minutes2025];

    readonly Dictionary<Guid, Known> known = [];

    sealed class Known(Device device)
    {
        public Device Device { get; } = device;

        public Dictionary<(short Command, string Factor), MinuteCurve> Curves { get; } = [];

        /// <summary>Null until it was read for the first time.</summary>
        public DateTimeOffset? ReadAt { get; set; }

        public DateTimeOffset AnewAt { get; set; }
    }

    readonly record struct Part(Known Of, TimeSpread Times);

    /// <summary>Real-time data, or minutes where a device sent none; null where neither.</summary>
    public MinuteCurve? Of(Device device, string factor, DateTimeOffset since) => known.TryGetValue(device.Id, out var of)
        ? Commands.Select(c => of.Curves.GetValueOrDefault((c, factor))).FirstOrDefault(c => c is { Minutes: [.., var last] } && last.Start > since)
        : null;

    /// <summary>Reads what is new of these monitors, and forgets all others.</summary>
    /// <param name="window">How far back means reach.</param>
    public async Task RefreshAsync(IReadOnlyList<Device> devices, IReadOnlyList<string> factors, TimeSpan window, DateTimeOffset now, CancellationToken cancellation)
    {
        var wanted = devices.ToDictionary(d => d.Id);
        foreach (var gone in known.Values.Where(k => !wanted.TryGetValue(k.Device.Id, out var d) || d.Mn != k.Device.Mn || d.Simulated != k.Device.Simulated).ToList())
        {
            known.Remove(gone.Device.Id);
        }

        var parts = devices.SelectMany(d => PartsOf(d, now, now - window)).ToList();
        var read = 0;
        try
        {
            foreach (var some in parts.Chunk(AtOnce))
            {
                await ReadAsync(some, factors, now, cancellation);
                read += some.Length;
            }
        }
        catch
        {
            // Not read: still touched.
            parts.Skip(read).ToList().ForEach(p => book.MemoryOf(p.Of.Device).Touch(p.Times));
            throw;
        }

        var forgotten = MinuteValues.MinuteOf(now - window);
        foreach (var curve in known.Values.SelectMany(k => k.Curves.Values))
        {
            curve.ForgetBefore(forgotten);
        }
    }

    IEnumerable<Part> PartsOf(Device device, DateTimeOffset now, DateTimeOffset begin)
    {
        if (!known.TryGetValue(device.Id, out var of))
        {
            of = known[device.Id] = new(device);
        }

        var touched = book.MemoryOf(device).TakeTouched();
        if (touched is { } ahead && ahead.Last > now)
        {
            // Its clock is ahead: those minutes are still to come.
            book.MemoryOf(device).Touch(new(ahead.First > now ? ahead.First : now, ahead.Last));
        }

        if (of.ReadAt is not { } before || of.AnewAt <= now || before > now)
        {
            // Not all at the same time: each has a moment of its own within the hour.
            of.AnewAt = now + (of.ReadAt is null ? Anew * (1 - (device.Id.GetHashCode() & 0xFF) / 512.0) : Anew);
            yield return new(of, new(begin, now));
        }
        else if (touched is { } own)
        {
            if (own.First <= now && own.Last >= begin)
            {
                yield return new(of, new(own.First > begin ? own.First : begin, own.Last < now ? own.Last : now));
            }
        }
        else
        {
            yield return new(of, new(before - OthersWithin > begin ? before - OthersWithin : begin, now));
        }

        of.ReadAt = now;
    }

    async Task ReadAsync(Part[] parts, IReadOnlyList<string> factors, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = new Dictionary<(int Part, short Command, string Factor), List<MinuteValues>>();
        await using (var command = database.CreateCommand(MinutesSql))
        {
            command.CommandTimeout = CommandSeconds;
            command.Parameters.AddRange(new[]
            {
                Column.Texts(parts.Select(p => p.Of.Device.Mn)), Column.Flags(parts.Select(p => p.Of.Device.Simulated)),
                Column.Times(parts.Select(p => Whole(p.Times.First))), Column.Times(parts.Select(p => Whole(p.Times.Last).AddMinutes(1))),
                Column.Texts(factors), Column.Smalls(Commands), Column.Time(Whole(parts.Min(p => p.Times.First))), Column.Time(now),
            });
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                var key = ((int)reader.GetInt64(0) - 1, reader.GetInt16(1), reader.GetString(2));
                if (!found.TryGetValue(key, out var minutes))
                {
                    minutes = found[key] = [];
                }

                minutes.Add(Read(reader));
            }
        }

        for (var n = 0; n < parts.Length; n++)
        {
            foreach (var curve in Commands.SelectMany(c => factors.Select(f => (c, f))))
            {
                Put(parts[n], curve, found.GetValueOrDefault((n, curve.c, curve.f)));
            }
        }
    }

    static void Put(Part part, (short, string) key, List<MinuteValues>? minutes)
    {
        if (!part.Of.Curves.TryGetValue(key, out var curve))
        {
            if (minutes is null)
            {
                return;
            }

            curve = part.Of.Curves[key] = new();
        }

        curve.Replace(MinuteValues.MinuteOf(part.Times.First), MinuteValues.MinuteOf(part.Times.Last), minutes ?? []);
    }

    static MinuteValues Read(NpgsqlDataReader reader)
    {
        double Number(int column) => reader.IsDBNull(column) ? 0 : reader.GetDouble(column);
        return new(
            reader.GetInt32(3), (int)reader.GetInt64(4), (int)reader.GetInt64(5), Number(6), Number(7), Number(8), (float)reader.GetDouble(9), (float)reader.GetDouble(10),
            reader.IsDBNull(11) ? -1 : (float)reader.GetDouble(11));
    }

    static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.UnixEpoch.AddMinutes(MinuteValues.MinuteOf(at));

    const string MinutesSql =
        """
        SELECT w.n, m.* FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS w(mn, simulated, since, before, n)
        CROSS JOIN LATERAL (
            SELECT r.command, r.factor, floor(r.seconds / 60)::int AS minute, count(*), count(*) FILTER (WHERE r.counts), sum(r.value) FILTER (WHERE r.counts),
                min(r.value) FILTER (WHERE r.counts), max(r.value) FILTER (WHERE r.counts),
                min(r.seconds) - 60 * floor(r.seconds / 60), max(r.seconds) - 60 * floor(r.seconds / 60), max(r.seconds) FILTER (WHERE NOT r.counts) - 60 * floor(r.seconds / 60)
            FROM (
                SELECT x.command, x.factor, x.value, x.quality = 0 AND x.value IS NOT NULL AS counts, date_part('epoch', x.at) AS seconds FROM readings x
                WHERE x.mn = w.mn AND x.simulated = w.simulated AND x.command = ANY($6) AND x.factor = ANY($5) AND x.at >= w.since AND x.at < w.before
                    AND x.at >= $7 AND x.at <= $8) r
            GROUP BY r.command, r.factor, floor(r.seconds / 60)) m
        ORDER BY w.n, m.minute
        """;
}
