using System.Threading.Channels;
using Linfen.AirMap.Accounts;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Linfen.AirMap.Events;

/// <summary>
/// Hears the database's notifications, whichever process wrote, and rings for the clients of this one.
/// Local listeners (caches) hear before any client does, so a client that asks at once gets fresh answers.
/// </summary>
sealed class Doorbell(
    NpgsqlDataSource database,
    IHubContext<LiveHub, ILiveClient> hub,
    Watchers watchers,
    CredentialBook credentials,
    IOptions<EventOptions> options,
    TimeProvider clock,
    ILogger<Doorbell> log) : BackgroundService
{
    readonly Channel<Ring> rings = Channel.CreateUnbounded<Ring>(new() { SingleReader = true });
    readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    readonly List<Action<Ring>> listeners = [];

    /// <summary>
    /// Calls the listener for each commit, on the listening thread; after a lost connection once with every layer.
    /// To be called before the server starts.
    /// </summary>
    public void OnRing(Action<Ring> listener) => listeners.Add(listener);

    /// <summary>Completes once notifications are heard for the first time.</summary>
    public Task Listening => listening.Task;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(ListenAsync(stoppingToken), TellAsync(stoppingToken));

    async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(stopping);
                connection.Notification += (_, message) => Hear(message);
                await using (var listen = new NpgsqlCommand($"LISTEN {Ledger.Channel}; LISTEN {AccountsBell.Channel}; SELECT epoch, last FROM event_head WHERE id = 1", connection))
                await using (var reader = await listen.ExecuteReaderAsync(stopping))
                {
                    if (await reader.ReadAsync(stopping))
                    {
                        // Anything may have changed while nobody listened.
                        Hear(new Ring(reader.GetGuid(0), reader.GetInt64(1), null, EventTypes.Layers));
                    }
                }

                // Whatever was said about accounts while nobody listened.
                credentials.Forget();
                listening.TrySetResult();
                while (true)
                {
                    await connection.WaitAsync(stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
            {
                log.LogWarning("The event listener lost the database ({Reason}); trying again", e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    void Hear(NpgsqlNotificationEventArgs message)
    {
        if (message.Channel == AccountsBell.Channel)
        {
            credentials.Forget();
            return;
        }

        Hear(Ring.Parse(message.Payload));
    }

    void Hear(Ring ring)
    {
        listeners.ForEach(listener => listener(ring));
        rings.Writer.TryWrite(ring);
    }

    async Task TellAsync(CancellationToken stopping)
    {
        try
        {
            while (await rings.Reader.WaitToReadAsync(stopping))
            {
                var ring = Gather();
                await TellAsync(ring);
                await Task.Delay(TimeSpan.FromMilliseconds(options.Value.GatherMilliseconds), clock, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    Ring Gather()
    {
        rings.Reader.TryRead(out var ring);
        while (rings.Reader.TryRead(out var next))
        {
            ring = ring!.Join(next);
        }

        return ring!;
    }

    async Task TellAsync(Ring ring)
    {
        var changed = new Changed(ring.Epoch.ToString("N"), ring.Last, ring.Counties is null ? null : [.. ring.Counties.Order(StringComparer.Ordinal)]);
        if (ring.Counties is null)
        {
            await hub.Clients.All.Changed(changed);
            return;
        }

        await hub.Clients.Groups([LiveHub.City, .. ring.Counties]).Changed(changed);
        foreach (var (group, counties) in watchers.Groups)
        {
            // Who may see some counties hears of those and of no other.
            if (counties.Where(ring.Counties.Contains).ToArray() is { Length: > 0 } own)
            {
                await hub.Clients.Group(group).Changed(changed with { Counties = own });
            }
        }
    }
}
