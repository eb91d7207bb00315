using System.Threading.Channels;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;
using Npgsql;

namespace Linfen.AirMap.Audit;

/// <summary>
/// Writes what is audited beside the ledger: sign-ins, exports, refusals. What the ledger writes carries its lines in its own transaction.
/// </summary>
sealed class AuditTrail(NpgsqlDataSource database, TimeProvider clock, ILogger<AuditTrail> log) : BackgroundService
{
    const int MostTogether = 500;

    readonly Channel<(Author By, AuditEntry Entry)> waiting = Channel.CreateUnbounded<(Author, AuditEntry)>(new() { SingleReader = true });

    /// <summary>Returns once the line is durable.</summary>
    public async Task WriteAsync(AuditEntry entry, Author by, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await WriteAsync(connection, [(by, entry)], cancellation);
    }

    /// <summary>Takes the line and writes it soon: a refusal must not cost what was refused.</summary>
    public void Note(AuditEntry entry, Author by) => waiting.Writer.TryWrite((by, entry));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await WriteWaitingAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; what waits is written by StopAsync.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (waiting.Reader.TryPeek(out _) && !cancellationToken.IsCancellationRequested)
        {
            await WriteWaitingAsync(cancellationToken);
        }
    }

    async Task WriteWaitingAsync(CancellationToken cancellation)
    {
        var lines = new List<(Author, AuditEntry)>();
        while (lines.Count < MostTogether && waiting.Reader.TryRead(out var line))
        {
            lines.Add(line);
        }

        if (lines.Count == 0)
        {
            return;
        }

        try
        {
            // What was taken off the list is written to the end: a server that stops must not tear it.
            await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
            await WriteAsync(connection, lines, CancellationToken.None);
        }
        catch (Exception e) when (Problems.IsDatabaseOutage(e))
        {
            log.LogWarning("{Count} lines of the audit wait for the database: {Reason}", lines.Count, e.Message);
            lines.ForEach(line => waiting.Writer.TryWrite(line));
            await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task WriteAsync(NpgsqlConnection connection, IReadOnlyList<(Author, AuditEntry)> lines, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(AuditRows.Insert(lines, clock.GetUtcNow()));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
