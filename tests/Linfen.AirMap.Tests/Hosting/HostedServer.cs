using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Linfen.AirMap.Tests.Hosting;

/// <summary>The server with what a test of its shell needs to choose: database, client folder, clock.</summary>
sealed class HostedServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly int port;

    HostedServer(WebApplication app, int port, string key)
    {
        (this.app, this.port) = (app, port);
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    }

    public HttpClient Client { get; }

    public IReadOnlyList<RouteEndpoint> Routes => [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];

    public static async Task<HostedServer> StartAsync(string connectionString, string? web = null, TimeProvider? clock = null, params string[] settings)
    {
        var free = FreePort();
        var home = Path.GetTempPath();
        var built = Server.Build(
            new Settings(connectionString, connectionString, free, home, web ?? Path.Combine(home, "no-client"), Checkout.File("gis-data")),
            [.. settings.Select(s => "--Airmap:" + s)],
            builder => builder.Services.AddSingleton(clock ?? TimeProvider.System));
        await built.StartAsync();
        return new(built, free, await Support.Visitor.KeyForEverythingAsync(built.Services));
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? accept = null, string? encoding = null, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        if (encoding is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>The answer to a request line just as given, which no client library would send.</summary>
    public async Task<string> SendRawAsync(string target)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}
