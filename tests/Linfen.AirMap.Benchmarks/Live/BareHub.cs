using System.Diagnostics;
using Linfen.AirMap.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Linfen.AirMap.Benchmarks.Live;

/// <summary>SignalR with nothing behind it, in a process of its own: what the same message costs without the product.</summary>
sealed class BareHub : IAsyncDisposable
{
    /// <summary>Makes this program serve the bare hub instead of measuring.</summary>
    public const string Verb = "bare-hub";

    readonly Process _process;

    BareHub(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Serves until the standard input is closed, so that it never outlives who started it.</summary>
    public static async Task ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSignalR(options => options.KeepAliveInterval = TimeSpan.FromSeconds(5));
        await using var app = builder.Build();
        app.MapHub<Hub>("/hubs/live");
        app.MapPost("/ring/{last:long}", async (long last, IHubContext<Hub> hub) =>
        {
            await hub.Clients.All.SendAsync("Changed", new Changed("0123456789abcdef0123456789abcdef", last, ["141002"]));
            return Results.Ok();
        });
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine(addresses.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    public static async Task<BareHub> StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BareHub).Assembly.Location, Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The bare hub did not start.");
        return new BareHub(process, new Uri(address));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Watching everything is what a client of <see cref="BareHub"/> does anyway.</summary>
    sealed class Hub : Microsoft.AspNetCore.SignalR.Hub
    {
        public void Watch(WatchRequest request) => Context.Items["watched"] = request.Counties;
    }
}
