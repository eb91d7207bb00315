using System.Buffers.Text;
using System.Net.WebSockets;

namespace Linfen.AirMap.Benchmarks.Live;

/// <summary>
/// A SignalR client with nothing to it: a WebSocket that speaks the JSON protocol well enough to watch. A thousand of them fit
/// into one process beside the server, and the product's hub and the bare one are met by the same code.
/// </summary>
sealed class HubSocket : IAsyncDisposable
{
    const byte EndOfMessage = 0x1e;

    static readonly byte[] Handshake = [.. "{\"protocol\":\"json\",\"version\":1}"u8, EndOfMessage];
    static readonly byte[] WatchEverything = [.. "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Watch\",\"arguments\":[{\"counties\":null}]}"u8, EndOfMessage];
    static readonly byte[] Ping = [.. "{\"type\":6}"u8, EndOfMessage];

    readonly ClientWebSocket _socket = new();
    readonly CancellationTokenSource _over = new();
    readonly byte[] _buffer = new byte[4096];
    readonly Action<long> _changed;
    Task _listening = Task.CompletedTask;
    int _held;

    HubSocket(Action<long> changed) => _changed = changed;

    /// <param name="changed">Called with the head of the log whenever the hub rings.</param>
    public static async Task<HubSocket> WatchAsync(Uri hub, Action<long> changed, string? key = null)
    {
        var client = new HubSocket(changed);
        client._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        if (key is not null)
        {
            client._socket.Options.SetRequestHeader("Authorization", "Bearer " + key);
        }

        await client._socket.ConnectAsync(new UriBuilder(hub) { Scheme = "ws" }.Uri, CancellationToken.None);
        await client.SendAsync(Handshake);
        await client.ReceiveUntilAsync("{}"u8.ToArray());
        await client.SendAsync(WatchEverything);
        await client.ReceiveUntilAsync("\"type\":3"u8.ToArray());
        client._listening = client.ListenAsync();
        return client;
    }

    /// <summary>Hubs drop a client that they have not heard of for long.</summary>
    public ValueTask PingAsync() => SendAsync(Ping);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _listening;
        _socket.Dispose();
        _over.Dispose();
    }

    ValueTask SendAsync(ReadOnlyMemory<byte> message) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    async Task ReceiveUntilAsync(ReadOnlyMemory<byte> wanted)
    {
        while (_buffer.AsSpan(0, _held).IndexOf(wanted.Span) < 0)
        {
            await ReceiveAsync(CancellationToken.None);
        }

        TakeMessages();
    }

    async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                await ReceiveAsync(_over.Token);
                TakeMessages();
            }
        }
        catch (Exception e) when (_over.IsCancellationRequested && e is OperationCanceledException or WebSocketException)
        {
            // Hung up on purpose.
        }
    }

    async ValueTask ReceiveAsync(CancellationToken stop)
    {
        var received = await _socket.ReceiveAsync(_buffer.AsMemory(_held), stop);
        _held += received.MessageType == WebSocketMessageType.Text && received.Count > 0
            ? received.Count
            : throw new WebSocketException("The hub hung up.");
    }

    void TakeMessages()
    {
        var rest = _buffer.AsSpan(0, _held);
        int end;
        while ((end = rest.IndexOf(EndOfMessage)) >= 0)
        {
            var message = rest[..end];
            if (message.IndexOf("\"last\":"u8) is var at and >= 0 && Utf8Parser.TryParse(message[(at + 7)..], out long last, out _))
            {
                _changed(last);
            }

            rest = rest[(end + 1)..];
        }

        rest.CopyTo(_buffer);
        _held = rest.Length;
    }
}
