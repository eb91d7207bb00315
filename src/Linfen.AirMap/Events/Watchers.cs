using System.Collections.Concurrent;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.SignalR;

namespace Linfen.AirMap.Events;

/// <summary>Who listens at the hub. Whose session or key ended, or whose rights changed, is cut off: he may come again as what he now is.</summary>
sealed class Watchers : BackgroundService
{
    /// <summary>Sessions run out without anybody saying so.</summary>
    static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(20);

    readonly ConcurrentDictionary<string, Watcher> present = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, string[]> groups = new(StringComparer.Ordinal);
    readonly SemaphoreSlim changed = new(0);
    readonly CredentialBook credentials;
    readonly TimeProvider clock;
    readonly ILogger<Watchers> log;

    sealed record Watcher(HubCallerContext Connection, byte[] Hash, bool IsKey, Caller Caller);

    public Watchers(CredentialBook credentials, TimeProvider clock, ILogger<Watchers> log)
    {
        (this.credentials, this.clock, this.log) = (credentials, clock, log);
        credentials.OnChange(() => changed.Release());
    }

    /// <summary>Groups of those who may see only some counties, with the counties that each is told of.</summary>
    public IEnumerable<KeyValuePair<string, string[]>> Groups => groups;

    public string GroupOf(IReadOnlyList<string> counties)
    {
        var group = "scope" + Scope.Of(counties).Key;
        groups.TryAdd(group, [.. counties.Order(StringComparer.Ordinal)]);
        return group;
    }

    public void Came(HubCallerContext connection)
    {
        if (connection.User.Caller() is { } caller && AirMapAuthentication.HashOf(connection.GetHttpContext()!.Request) is var (hash, isKey))
        {
            present[connection.ConnectionId] = new(connection, hash, isKey, caller);
        }
        else
        {
            connection.Abort();
        }
    }

    public void Left(HubCallerContext connection) => present.TryRemove(connection.ConnectionId, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await WaitAsync(stoppingToken);
                await LookAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    async Task WaitAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(changed.WaitAsync(either.Token), Task.Delay(LookAgain, clock, either.Token));
        await either.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var watcher in present.Values)
        {
            try
            {
                var now = await credentials.FindAsync(watcher.Hash, watcher.IsKey, cancellation);
                if (now is null || now.Stamp != watcher.Caller.Stamp || !now.Scope.Equals(watcher.Caller.Scope) || !now.May(Permission.View))
                {
                    watcher.Connection.Abort();
                }
            }
            catch (Exception e) when (Problems.IsDatabaseOutage(e))
            {
                // The next look comes soon; while the database is away nothing rings either.
                log.LogWarning("Who listens could not be looked up again: {Reason}", e.Message);
                return;
            }
        }
    }
}
