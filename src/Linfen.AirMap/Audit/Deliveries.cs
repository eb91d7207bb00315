using System.Collections.Concurrent;
using System.Text.Json;

namespace Linfen.AirMap.Audit;

/// <summary>
/// What machines deliver, by caller and minute: detections carry their feed themselves, and a line of audit for each of a thousand a second
/// would say nothing more.
/// </summary>
sealed class Deliveries(AuditTrail trail, TimeProvider clock) : BackgroundService
{
    readonly ConcurrentDictionary<(Guid? Id, string Name, string? Address, string What), Tally> tallies = new();

    sealed class Tally(Author by)
    {
        public Author By { get; } = by;

        public long Requests;
        public long Stored;
    }

    public void Count(HttpContext context, string what, long stored)
    {
        if (Accounts.Callers.Caller(context.User) is not { } caller)
        {
            return;
        }

        var tally = tallies.GetOrAdd((caller.Id, caller.Name, null, what), static (_, by) => new Tally(by.Author), (Author: Author.Of(context, caller), 0));
        Interlocked.Increment(ref tally.Requests);
        Interlocked.Add(ref tally.Stored, stored);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                WriteDown();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    /// <summary>The last minute is durable before the server is gone, whoever of the two stops first.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var (by, entry) in Take())
        {
            await trail.WriteAsync(entry, by, cancellationToken);
        }
    }

    void WriteDown()
    {
        foreach (var (by, entry) in Take())
        {
            trail.Note(entry, by);
        }
    }

    IEnumerable<(Author By, AuditEntry Entry)> Take()
    {
        foreach (var (key, _) in tallies)
        {
            if (tallies.TryRemove(key, out var tally))
            {
                yield return (tally.By, AuditEntry.Done(
                    "intake.delivered", key.What, null, null, null, JsonSerializer.Serialize(new { requests = tally.Requests, stored = tally.Stored })));
            }
        }
    }
}
