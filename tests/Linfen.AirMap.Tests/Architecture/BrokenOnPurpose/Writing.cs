using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Microsoft.EntityFrameworkCore;
using Npgsql;

#pragma warning disable MA0048
namespace Linfen.AirMap.Tests.Architecture.BrokenOnPurpose.Simulation;

static class SavesLater
{
    public static async Task<Func<Task>> PrepareAsync(AirMapDb db)
    {
        await Task.Yield();
        return () => db.SaveChangesAsync();
    }
}

static class Deletes
{
    public static Task<int> AllAsync(AirMapDb db) => db.Parameters.ExecuteDeleteAsync();
}

static class UpdatesInPlace
{
    public static Task<int> AllAsync(AirMapDb db) => db.Parameters.ExecuteUpdateAsync(rows => rows.SetProperty(p => p.Citation, "nobody"));
}

static class AppendsEvents
{
    public static async Task AppendAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("INSERT INTO events (seq) VALUES (1)");
        await command.ExecuteNonQueryAsync();
    }
}

static class DeletesATable
{
    public static async Task DeleteAsync(NpgsqlConnection connection, string table)
    {
        await using var command = new NpgsqlCommand($"delete from {table} where true", connection);
        await command.ExecuteScalarAsync();
    }
}

static class TextOnly
{
    public static IEnumerable<string> Updates()
    {
        yield return "UPDATE fires SET status = 0";
    }
}

static class RunsForeignText
{
    public static IEnumerable<NpgsqlCommand> Commands(NpgsqlDataSource database) => TextOnly.Updates().Select(text => database.CreateCommand(text));
}

/// <summary>Breaks nothing: a ledger change may run what is written elsewhere, and write itself.</summary>
sealed class Sound : LedgerChange
{
    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var command = new NpgsqlCommand("DELETE FROM plants", transaction.Connection);
        await command.ExecuteNonQueryAsync();
        transaction.Write(new(string.Join(';', TextOnly.Updates())));
    }
}
