using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>What is to be released; times are RFC 3339 with an offset, <c>to</c> is not part of it.</summary>
public sealed record ReleaseBody(string? From, string? To, string? Factor, string? Quality, string? Reason, double? Scale);

/// <param name="Readings">How many count from now on.</param>
public sealed record Released(
    Guid Monitor, string Mn, string Name, string? County, DateTimeOffset From, DateTimeOffset To, string? Factor, string Quality, double? Scale, string Reason, string By, long Readings,
    bool Simulated);

/// <summary>Takes what somebody says of quarantined readings. A machine may not: it is a judgement.</summary>
static class ReleaseDesk
{
    const int LongestReason = 1_000;

    /// <summary>More at once would keep the ledger waiting.</summary>
    const int MostReadings = 100_000;

    static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static async Task<IResult> ReleaseAsync(
        string mn, ReleaseBody body, HttpContext context, DeviceBook book, Ledger ledger, CancellationToken cancellation)
    {
        if (await book.FindAsync(mn) is not { } device || !context.User.Scope().Holds(device.County))
        {
            return Problems.NotFound("such monitor");
        }

        var quality = Quarantine.Qualities.FirstOrDefault(q => Quarantine.NameOf(q) == body.Quality);
        var times = ListQuery.TryTime(body.From, out var from) & ListQuery.TryTime(body.To, out var to);
        var factor = body.Factor is null ? null : Hj212.FactorCode.Read(body.Factor) ?? body.Factor;
        if (Faults(body, quality, times ? from : null, times ? to : null) is { Count: > 0 } faults)
        {
            return Problems.Invalid(faults);
        }

        var change = new ReadingRelease(device, book.MemoryOf(device), from!.Value, to!.Value, factor, quality, body.Scale, body.Reason!.Trim(), MostReadings) { By = Author.Of(context) };
        await ledger.CommitAsync(change, cancellation);
        return change.Done is { } done ? TypedResults.Ok(done)
            : change.TooMany ? Problems.Invalid([$"from, to: more than {MostReadings} readings at once; take a shorter time"])
            : Problems.NotFound("quarantined reading of this monitor, time and quality");
    }

    static List<string> Faults(ReleaseBody body, Quality quality, DateTimeOffset? from, DateTimeOffset? to)
    {
        var faults = new List<string>();
        if (from is null || to is null || from >= to || to - from > Longest)
        {
            faults.Add("from, to: RFC 3339 times with an offset, one before the other, at most 31 days apart");
        }

        if (quality == Quality.Counts)
        {
            faults.Add($"quality: one of {string.Join(", ", Quarantine.Qualities.Select(Quarantine.NameOf))}");
        }

        if (string.IsNullOrWhiteSpace(body.Reason) || body.Reason.Length > LongestReason)
        {
            faults.Add($"reason: why they are right, in at most {LongestReason} characters");
        }

        if (body.Scale is { } scale && (quality != Quality.UnitImplausible || !double.IsFinite(scale) || scale <= 0))
        {
            faults.Add("scale: a positive number, of unitImplausible only");
        }

        return faults;
    }
}

/// <summary>
/// Released readings count from this commit on, wherever readings are read. The rules look at the averaging time up to now, as always
/// (<see cref="DustClock"/>): what is released of it may open a violation within half a minute; an hour that is over has its curve and means put right and
/// opens nothing, since nobody could be given a time to mend it in. What it was before stands in the audit.
/// </summary>
sealed class ReadingRelease(
    Device device, DeviceMemory memory, DateTimeOffset from, DateTimeOffset to, string? factor, Quality quality, double? scale, string reason, int most) : LedgerChange
{
    /// <summary>Null where there was nothing to release.</summary>
    public Released? Done { get; private set; }

    public bool TooMany { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        TooMany = await RunAsync(transaction, CountSql, new NpgsqlParameter<int> { TypedValue = most + 1 }) > most;
        if (TooMany)
        {
            return;
        }

        var released = await RunAsync(
            transaction, ReleaseSql, new NpgsqlParameter<double> { TypedValue = scale ?? 1 }, new NpgsqlParameter<double> { TypedValue = Triage.LeastDust },
            new NpgsqlParameter<double> { TypedValue = Triage.MostDust }, new NpgsqlParameter<bool> { TypedValue = scale is not null });
        if (released == 0)
        {
            return;
        }

        transaction.WroteAtOnce();
        Done = new(device.Id, device.Mn, device.Name, device.County, from, to, factor, Quarantine.NameOf(quality), scale, reason, transaction.By.Name, released, device.Simulated);
        var told = JsonSerializer.Serialize(Done, DeviceHealth.Json);
        transaction.Audit(AuditEntry.Done("monitor.released", "monitor", device.Id, device.County, after: told));
        transaction.Append(EventTypes.ReadingReleased, device.County, device.Id.ToString(), told);
    }

    public override void Committed(LedgerTransaction transaction) => memory.Touch(new(from, to));

    async Task<long> RunAsync(LedgerTransaction transaction, string sql, params NpgsqlParameter[] more)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = device.Mn });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = device.Simulated });
        command.Parameters.Add(Column.Time(from));
        command.Parameters.Add(Column.Time(to));
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)quality });
        command.Parameters.Add(Column.Texts(factor is null ? Array.Empty<string>() : [factor]));
        command.Parameters.AddRange(more);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    const string Meant = "mn = $1 AND simulated = $2 AND at >= $3 AND at < $4 AND quality <> 0 AND quality = $5 AND (cardinality($6) = 0 OR factor = ANY($6))";

    const string CountSql = $"SELECT count(*) FROM (SELECT FROM readings WHERE {Meant} LIMIT $7) AS meant";

    const string ReleaseSql =
        $"""
        WITH released AS (
            UPDATE readings SET quality = 0, value = value * $7, least = least * $7, most = most * $7
            WHERE {Meant} AND (NOT $10 OR value * $7 = 0 OR value * $7 BETWEEN $8 AND $9) RETURNING 1)
        SELECT count(*) FROM released
        """;
}
