using System.Net;
using Linfen.AirMap.Dust;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Linfen.AirMap.Hosting;

/// <summary>
/// Where the server listens: on loopback only until an administrator decides otherwise with <c>Airmap:Listen</c>. Plain http beyond loopback
/// would carry passwords in the clear, so it needs a TLS proxy, whose networks stand in <c>Airmap:Proxies</c>; only those may say for whom they ask.
/// </summary>
static class Listening
{
    public static void Open(KestrelServerOptions kestrel, Settings settings, IConfiguration configuration)
    {
        OpenToDevices(kestrel, settings, configuration);
        var wanted = configuration["Airmap:Listen"];
        if (string.IsNullOrWhiteSpace(wanted))
        {
            kestrel.ListenLocalhost(settings.HttpPort);
            return;
        }

        var address = IPAddress.TryParse(wanted, out var parsed) ? parsed : throw new SettingException($"Airmap:Listen is '{wanted}'; it is an IP address such as 0.0.0.0.");
        if (!IPAddress.IsLoopback(address) && Proxies(configuration).Count == 0)
        {
            throw new SettingException(
                "Airmap:Listen is no loopback address, and plain http would carry passwords in the clear. Put a TLS proxy in front and name its networks in Airmap:Proxies.");
        }

        kestrel.Listen(address, settings.HttpPort);
    }

    /// <summary>Monitors carry no secrets beyond a password that HJ 212 sends in the clear anyway; who may reach the port is for the operator's network to say.</summary>
    static void OpenToDevices(KestrelServerOptions kestrel, Settings settings, IConfiguration configuration)
    {
        if (settings.Hj212Port is not { } port)
        {
            return;
        }

        var wanted = configuration["Airmap:Hj212:Listen"];
        if (string.IsNullOrWhiteSpace(wanted))
        {
            kestrel.ListenLocalhost(port, line => line.UseConnectionHandler<DeviceLine>());
            return;
        }

        var address = IPAddress.TryParse(wanted, out var parsed) ? parsed : throw new SettingException($"Airmap:Hj212:Listen is '{wanted}'; it is an IP address such as 10.1.2.3.");
        kestrel.Listen(address, port, line => line.UseConnectionHandler<DeviceLine>());
    }

    public static void UseProxies(this WebApplication app)
    {
        var networks = Proxies(app.Configuration);
        if (networks.Count == 0)
        {
            app.Logger.LogInformation("Listening on loopback only, until Airmap:Listen and Airmap:Proxies say otherwise");
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        networks.ForEach(options.KnownIPNetworks.Add);
        app.UseForwardedHeaders(options);
    }

    static List<System.Net.IPNetwork> Proxies(IConfiguration configuration) =>
    [
        .. (configuration.GetSection("Airmap:Proxies").Get<string[]>() ?? []).Select(text => System.Net.IPNetwork.TryParse(text, out var network)
            ? network : throw new SettingException($"Airmap:Proxies has '{text}'; a network is written 10.0.0.0/8.")),
    ];
}
