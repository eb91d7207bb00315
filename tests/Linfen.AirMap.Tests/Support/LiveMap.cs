using System.Text.Json;
using System.Threading.Channels;
using Linfen.AirMap.Events;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>A client as a map is one: a snapshot, the doorbell, and the log behind it.</summary>
public sealed class LiveMap : IAsyncDisposable
{
    readonly AirMapServer server;
    readonly HubConnection connection;
    readonly Channel<Changed> rings = Channel.CreateUnbounded<Changed>();
    readonly Dictionary<string, JsonElement> things = new(StringComparer.Ordinal);
    readonly SemaphoreSlim turn = new(1, 1);
    string epoch = "";

    LiveMap(AirMapServer server, HubConnection connection)
    {
        (this.server, this.connection) = (server, connection);
        connection.On<Changed>("Changed", ring => rings.Writer.TryWrite(ring));
    }

    public long Position { get; private set; }

    /// <summary>All that rang since the last look.</summary>
    public ChannelReader<Changed> Rings => rings.Reader;

    public static async Task<LiveMap> OpenAsync(AirMapServer server, bool messagePack = false, string[]? counties = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(
            new Uri(server.Client.BaseAddress!, "hubs/live"), options => options.Headers["Authorization"] = "Bearer " + server.Key);
        var map = new LiveMap(server, (messagePack ? builder.AddMessagePackProtocol() : builder).Build());
        await map.ConnectAsync(counties);
        await map.TakeSnapshotAsync();
        return map;
    }

    public async Task ConnectAsync(string[]? counties = null)
    {
        await connection.StartAsync();
        await connection.InvokeAsync("Watch", new WatchRequest(counties));
    }

    public Task WatchAsync(object? request) => connection.InvokeAsync("Watch", request);

    public Task DisconnectAsync() => connection.StopAsync();

    public async Task<Changed> NextRingAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Rings.ReadAsync(patience.Token);
    }

    /// <summary>Waits until it rang for a head at least that far.</summary>
    public async Task<Changed> RingForAsync(long head)
    {
        while (true)
        {
            if (await NextRingAsync() is var ring && ring.Last >= head)
            {
                return ring;
            }
        }
    }

    /// <summary>Reads whatever the log has beyond the position.</summary>
    public async Task CatchUpAsync()
    {
        await turn.WaitAsync();
        try
        {
            while (true)
            {
                var page = await server.OneAsync($"api/events?after={Position}&epoch={epoch}&limit=100");
                foreach (var one in page.GetProperty("events").EnumerateArray())
                {
                    Assert.Equal(Position + 1, one.GetProperty("seq").GetInt64());
                    Apply(one);
                    Position++;
                }

                if (Position >= page.GetProperty("last").GetInt64())
                {
                    return;
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async Task TakeSnapshotAsync()
    {
        things.Clear();
        var head = (await server.OneAsync("api/fires?limit=1")).GetProperty("asOf");
        (epoch, Position) = (head.GetProperty("epoch").GetString()!, head.GetProperty("seq").GetInt64());
        foreach (var list in new[] { "api/fires?limit=1000", "api/violations?limit=1000" })
        {
            foreach (var feature in await server.ListAsync(list))
            {
                things[feature.Id()] = feature;
            }
        }
    }

    void Apply(JsonElement logged)
    {
        if (logged.Type() == "simulation.cleared")
        {
            foreach (var simulated in things.Where(t => t.Value.Property("simulated").GetBoolean()).Select(t => t.Key).ToList())
            {
                things.Remove(simulated);
            }
        }
        else if (logged.Type() is "fire.detected" or "fire.updated" or "fire.merged" or "fire.split" or "violation.opened" or "violation.updated" or "violation.closed")
        {
            things[logged.Id()] = logged.GetProperty("data");
        }
    }

    /// <summary>Everything that the map shows, in an order of its own.</summary>
    public List<string> Shown() => [.. things.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => t.Value.GetRawText())];

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        turn.Dispose();
    }
}
