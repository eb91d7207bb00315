using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires;
using Npgsql;

namespace Linfen.AirMap.Simulation;

/// <summary>Takes everything simulated away again, in one commit with its event.</summary>
static class SimulationEndpoints
{
    public static void MapSimulation(this IEndpointRouteBuilder app) =>
        app.MapDelete("/api/simulated", Clear).WithTags("Simulation").Needs(Permission.ClearSimulated).WithSummary("Removes everything that is marked simulated");

    static async Task<IResult> Clear(HttpContext context, Ledger ledger, FireIndex index, CancellationToken cancellation)
    {
        var change = new SimulationCleared(index) { By = Author.Of(context) };
        await ledger.CommitAsync(change, cancellation);
        return TypedResults.Ok(change.Removed);
    }
}

public sealed record RemovedCounts(int Detections, int Fires, int Violations, int Subjects, int Zones);

sealed class SimulationCleared(FireIndex index) : LedgerChange
{
    public RemovedCounts Removed { get; private set; } = new(0, 0, 0, 0, 0);

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        foreach (var table in new[] { "fire_ties", "fire_stays" })
        {
            await using var ofDetections = new NpgsqlCommand($"DELETE FROM {table} t USING detections d WHERE d.id = t.detection_id AND d.simulated", transaction.Connection);
            await ofDetections.ExecuteNonQueryAsync();
        }

        await DeleteAsync(transaction, "alarms");
        Removed = new(
            await DeleteAsync(transaction, "detections"),
            await DeleteAsync(transaction, "fires"),
            await DeleteAsync(transaction, "violations"),
            await DeleteSubjectsAsync(transaction),
            await DeleteAsync(transaction, "zone_versions"));
        await DeleteAsync(transaction, "undecidables");
        await DeleteAsync(transaction, "quarantined_detections");
        await DeleteAsync(transaction, "feeds");
        transaction.Audit(AuditEntry.Done("simulation.cleared", "simulation", null, null, null, JsonSerializer.Serialize(Removed, JsonSerializerOptions.Web)));
        index.Forget();
        // What was simulated regulated only what was simulated; other processes still have to forget it.
        transaction.ChangesLaw();
        transaction.Append(EventTypes.SimulationCleared, null, transaction.KnownAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), JsonSerializer.Serialize(Removed, JsonSerializerOptions.Web));
    }

    static async Task<int> DeleteSubjectsAsync(LedgerTransaction transaction)
    {
        await using var wakes = new NpgsqlCommand("DELETE FROM wakes USING subjects s WHERE s.id = wakes.subject_id AND s.simulated", transaction.Connection);
        await wakes.ExecuteNonQueryAsync();
        foreach (var table in new[] { "device_states", "air_values", "air_corrections", "air_days", "readings", "reading_means" })
        {
            await DeleteAsync(transaction, table);
        }

        await DeleteAsync(transaction, "subject_versions");
        return await DeleteAsync(transaction, "subjects");
    }

    static async Task<int> DeleteAsync(LedgerTransaction transaction, string table)
    {
        await using var command = new NpgsqlCommand($"DELETE FROM {table} WHERE simulated", transaction.Connection);
        return await command.ExecuteNonQueryAsync();
    }
}
