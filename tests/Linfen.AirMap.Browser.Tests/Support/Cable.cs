using System.Net;
using System.Net.Sockets;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>
/// The cable between a wall and its server. Pulled, it carries nothing and closes nothing, as real cables do: both ends
/// go on believing in their connections until they ask.
/// </summary>
public sealed class Cable : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource end = new();
    readonly int server;
    volatile TaskCompletionSource plugged = Ready();

    public Cable(Uri server)
    {
        this.server = server.Port;
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    /// <summary>Where the wall finds the server through this cable.</summary>
    public Uri Address { get; }

    public void Pull() => plugged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void PlugIn() => plugged.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        end.Dispose();
    }

    static TaskCompletionSource Ready()
    {
        var ready = new TaskCompletionSource();
        ready.SetResult();
        return ready;
    }

    async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var wall = await listener.AcceptTcpClientAsync(end.Token);
                _ = CarryAsync(wall);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    async Task CarryAsync(TcpClient wall)
    {
        using (wall)
        using (var far = new TcpClient())
        {
            try
            {
                await plugged.Task.WaitAsync(end.Token);
                await far.ConnectAsync(IPAddress.Loopback, server, end.Token);
                await Task.WhenAny(PumpAsync(wall.GetStream(), far.GetStream()), PumpAsync(far.GetStream(), wall.GetStream()));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
            {
                // One end is gone: so is the connection.
            }
        }
    }

    async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, end.Token) is > 0 and var count)
            {
                await plugged.Task.WaitAsync(end.Token);
                await to.WriteAsync(buffer.AsMemory(0, count), end.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
