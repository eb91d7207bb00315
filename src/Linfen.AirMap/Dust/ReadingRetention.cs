using System.Globalization;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Dust;

/// <summary>
/// Lets go of readings that are older than the setting, by whole months, once their hourly and daily means are kept. While a month is there its means are
/// computed from it, so what comes late is in them; what comes later still, for a month that is gone, is added to the means that stay. A month is rolled up
/// beside everybody, taken out of the table in an instant, rolled up once more for what came meanwhile, and then dropped: nobody waits for it, and wherever it breaks off
/// the next hour goes on. The functions are the owner's, since the application may not drop tables, and refuse what is younger than two months.
/// </summary>
sealed class ReadingRetention(NpgsqlDataSource database, AuditTrail audit, IOptions<Hj212Options> options, TimeProvider clock, ILogger<ReadingRetention> log) : BackgroundService
{
    /// <summary>A month of a city is a lot.</summary>
    const int Seconds = 6 * 3_600;

    static readonly TimeSpan Pace = TimeSpan.FromHours(1);

    readonly SemaphoreSlim running = new(1, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            do
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception e) when (e is PostgresException || Problems.IsDatabaseOutage(e))
                {
                    log.LogWarning("Old readings could not be let go: {Reason}", e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Returns how many months were dropped.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (options.Value.KeepRawDays == 0)
        {
            return 0;
        }

        await running.WaitAsync(cancellation);
        try
        {
            return await LetGoAsync(ReadingMonths.FirstKept(options.Value.KeepRawDays, clock.GetUtcNow()), cancellation);
        }
        finally
        {
            running.Release();
        }
    }

    async Task<int> LetGoAsync(DateOnly firstKept, CancellationToken cancellation)
    {
        var months = await MonthsAsync(firstKept, cancellation);
        foreach (var month in months)
        {
            await CallAsync("SELECT roll_up_reading_month($1)", month, cancellation);
            await CallAsync("SELECT detach_reading_month($1)", month, cancellation);
            await CallAsync("SELECT roll_up_reading_month($1)", month, cancellation);
            await CallAsync("SELECT drop_reading_month($1)", month, cancellation);
            await audit.WriteAsync(AuditEntry.Done("readings.dropped", "readings", month.ToString("yyyy-MM", CultureInfo.InvariantCulture)), Author.Product, cancellation);
        }

        await CallAsync("SELECT sweep_other_readings($1)", firstKept, cancellation);
        return months.Count;
    }

    /// <summary>Tables of months, also those that are out of the table already.</summary>
    async Task<List<DateOnly>> MonthsAsync(DateOnly firstKept, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT tablename FROM pg_tables WHERE schemaname = '{AirMapDb.Schema}' AND tablename ~ '^readings_[0-9]{{6}}$' ORDER BY 1");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var months = new List<DateOnly>();
        while (await reader.ReadAsync(cancellation))
        {
            var month = DateOnly.ParseExact(reader.GetString(0)[^6..] + "01", "yyyyMMdd", CultureInfo.InvariantCulture);
            if (month < firstKept)
            {
                months.Add(month);
            }
        }

        return months;
    }

    async Task CallAsync(string function, DateOnly month, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(function);
        command.CommandTimeout = Seconds;
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = month });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public override void Dispose()
    {
        running.Dispose();
        base.Dispose();
    }
}
