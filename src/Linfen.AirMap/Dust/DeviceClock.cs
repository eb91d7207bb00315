using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Once a minute: tells of monitors that fell silent and of those that are back, once each, whatever restarts meanwhile (<c>device_states.silent_since</c>); and
/// writes down the devices that are held. What never delivered did not fall silent: it stands in the health list, and is not told.
/// </summary>
sealed class DeviceClock(
    Ledger ledger, DeviceBook book, DeviceHealth health, PendingMonitors pending, IDbContextFactory<AirMapDb> database, IOptions<Hj212Options> options, TimeProvider clock, ILogger<DeviceClock> log)
    : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    /// <summary>Before, nobody listened: that nothing was heard then says nothing of the devices.</summary>
    readonly DateTimeOffset listeningSince = clock.GetUtcNow();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await TickAsync(stoppingToken);
                }
                catch (Exception e) when (Problems.IsDatabaseOutage(e))
                {
                    log.LogWarning("Silent monitors could not be looked for: {Reason}", e.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    public async Task TickAsync(CancellationToken cancellation)
    {
        await pending.WriteAsync(cancellation);
        var (now, silence) = (clock.GetUtcNow(), TimeSpan.FromMinutes(options.Value.SilentMinutes));
        var devices = (await book.AllAsync()).ToDictionary(d => d.Id);
        var ids = devices.Keys.ToList();
        await using var db = await database.CreateDbContextAsync(cancellation);
        var states = await db.Set<DeviceState>().AsNoTracking().Where(s => ids.Contains(s.SubjectId) && s.HeardAt != null).ToListAsync(cancellation);
        var before = now - silence;
        var turned = states.FindAll(s => s.SilentSince is null ? s.HeardAt < before && listeningSince < before : s.HeardAt >= before).ConvertAll(s => devices[s.SubjectId]);
        if (turned.Count > 0)
        {
            await ledger.CommitAsync(new SilenceChange(turned, before, await health.OfAsync(turned, cancellation)), cancellation);
        }
    }
}

/// <summary>Who fell silent, and who is back: their health as of now. Another process that found the same tells it no second time.</summary>
sealed class SilenceChange(IReadOnlyList<Device> devices, DateTimeOffset before, IReadOnlyList<MonitorHealth> health) : LedgerChange
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var command = new Npgsql.NpgsqlCommand(
            """
            UPDATE device_states SET silent_since = CASE WHEN heard_at < $2 THEN $3::timestamptz END
            WHERE subject_id = ANY($1) AND (silent_since IS NULL) = (heard_at < $2) RETURNING subject_id, silent_since
            """,
            transaction.Connection);
        command.Parameters.Add(Column.Uuids(devices.Select(d => d.Id)));
        command.Parameters.Add(Column.Time(before));
        command.Parameters.Add(Column.Time(transaction.KnownAt));
        var turned = new Dictionary<Guid, DateTimeOffset?>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                turned[reader.GetGuid(0)] = reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1).ToOffset(Hj212.PacketTime.Beijing);
            }
        }

        if (turned.Count == 0)
        {
            return;
        }

        transaction.WroteAtOnce();
        foreach (var one in health.Where(h => turned.ContainsKey(h.Monitor)))
        {
            var since = turned[one.Monitor];
            transaction.Append(since is null ? EventTypes.MonitorBack : EventTypes.MonitorSilent, one.County, one.Monitor.ToString(), DeviceHealth.ToText(one with { SilentSince = since }));
        }
    }
}
