using System.Text.Json;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>Writes down who called in. Those whom the register has by now leave the list, and of too many those heard of longest ago.</summary>
sealed class PendingHeard(IReadOnlyList<PendingCall> calls, int most) : LedgerChange
{
    public override Task ApplyAsync(LedgerTransaction transaction)
    {
        transaction.Write(Column.Command(
            """
            INSERT INTO pending_monitors AS known (mn, address, crc, sample, packets, first_at, last_at)
            SELECT mn, address, crc, sample::json, packets, first_at, last_at FROM unnest($1, $2, $3, $4, $5, $6, $7) AS r(mn, address, crc, sample, packets, first_at, last_at)
            ON CONFLICT (mn) DO UPDATE SET address = excluded.address, crc = excluded.crc, sample = coalesce(excluded.sample, known.sample),
                packets = known.packets + excluded.packets, last_at = greatest(known.last_at, excluded.last_at)
            """,
            Column.Texts(calls.Select(c => c.Mn)), Column.Texts(calls.Select(c => c.Address)), Column.Texts(calls.Select(c => c.Crc)), Column.Texts(calls.Select(c => c.Sample)),
            Column.Integers(calls.Select(c => (int)Math.Min(c.Packets, int.MaxValue))), Column.Times(calls.Select(c => c.FirstAt)), Column.Times(calls.Select(c => c.LastAt))));
        transaction.Write(new("DELETE FROM pending_monitors USING subjects s WHERE s.kind = 'monitor' AND s.fields ->> 'mn' = pending_monitors.mn"));
        transaction.Write(Column.Command(
            "DELETE FROM pending_monitors WHERE mn IN (SELECT mn FROM pending_monitors ORDER BY last_at DESC OFFSET $1)", new NpgsqlParameter<int> { TypedValue = most }));
        return Task.CompletedTask;
    }
}

/// <summary>An operator does not want it: it goes on being refused, and is not listed.</summary>
sealed class PendingDismissed(string mn, string? reason) : LedgerChange
{
    public override Task ApplyAsync(LedgerTransaction transaction)
    {
        transaction.Write(Column.Command(
            "UPDATE pending_monitors SET dismissed_at = $2 WHERE mn = $1", new NpgsqlParameter<string> { TypedValue = mn }, Column.Time(transaction.KnownAt)));
        transaction.Audit(AuditEntry.Done("monitor.dismissed", "monitor", mn, after: JsonSerializer.Serialize(new { mn, reason })));
        return Task.CompletedTask;
    }
}

/// <summary>It is in the register now.</summary>
sealed class PendingApproved(string mn) : LedgerChange
{
    public override Task ApplyAsync(LedgerTransaction transaction)
    {
        transaction.Write(Column.Command("DELETE FROM pending_monitors WHERE mn = $1", new NpgsqlParameter<string> { TypedValue = mn }));
        return Task.CompletedTask;
    }
}
