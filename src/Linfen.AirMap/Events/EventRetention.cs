using Linfen.AirMap.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Events;

/// <summary>Forgets events older than the setting, in small steps. The head stays, so positions keep their meaning.</summary>
sealed class EventRetention(NpgsqlDataSource database, IOptions<EventOptions> options, TimeProvider clock, ILogger<EventRetention> log) : BackgroundService
{
    const int Step = 5_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        try
        {
            do
            {
                await ForgetAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>Deletes from the oldest on, so that what remains has no gap.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        try
        {
            int forgotten;
            do
            {
                // Commit times never run backwards along the log, so the oldest rows by position are the oldest by time.
                await using var command = database.CreateCommand(
                    "DELETE FROM events WHERE seq IN (SELECT seq FROM (SELECT seq, at FROM events ORDER BY seq LIMIT $2) oldest WHERE at < $1)");
                command.Parameters.Add(Data.Column.Time(clock.GetUtcNow().AddDays(-options.Value.KeepDays)));
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Step });
                forgotten = await command.ExecuteNonQueryAsync(cancellation);
            }
            while (forgotten == Step);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            log.LogWarning("Old events could not be forgotten: {Reason}", e.Message);
        }
    }
}
