using System.Globalization;
using System.Net.Sockets;
using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>A dust monitor of a site in 洪洞县: an entry of the register, and a device that calls in over TCP as it does in the field.</summary>
public sealed record DustDevice(string Id, string Name, string Mn)
{
    /// <summary>The middle of where they stand; kilometres from what else the tests register.</summary>
    public const double Longitude = 111.66;

    public const double Latitude = 36.27;

    /// <summary>Registers the device with its site; the number tells its place.</summary>
    public static async Task<DustDevice> RegisterAsync(CityServer server, int number, string name)
    {
        var (lon, lat) = (Longitude + number % 4 * 0.012, Latitude + number / 4 * 0.009);
        var site = await server.PostAsync("api/sites", new { name = name + "工地", status = "active", areaSquareMetres = 6_000, video = true, lon, lat });
        var mn = string.Create(CultureInfo.InvariantCulture, $"LF141024DUST{number:D12}");
        return new(await server.PostAsync("api/monitors", new { name = name + "监测仪", mn, siteId = site, lon, lat }), name + "监测仪", mn);
    }

    /// <summary>
    /// Delivers real-time packets of these minutes, the last one about now, and waits for the answer to each: what is answered is kept.
    /// </summary>
    /// <param name="factors">Data of the packet so many minutes ago; null for a minute in which nothing was sent.</param>
    public async Task DeliverAsync(CityServer server, int minutes, Func<int, string?> factors)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", server.DevicePort);
        var stream = client.GetStream();
        var now = DateTimeOffset.UtcNow;
        var sent = 0;
        for (var ago = minutes - 1; ago >= 0; ago--)
        {
            if (factors(ago) is { } data)
            {
                var at = now.AddMinutes(-ago);
                await stream.WriteAsync(Hj212.Answer.Frame($"QN={PacketTime.WriteQn(at)};ST=39;CN=2011;PW=123456;MN={Mn};Flag=5;CP=&&DataTime={PacketTime.Write(at)};{data}&&"));
                sent++;
            }
        }

        await AnsweredAsync(stream, sent);
    }

    /// <summary>A device that no register knows calls in; returns once it was refused.</summary>
    public static async Task StrangerCallsAsync(CityServer server, string mn)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", server.DevicePort);
        var now = DateTimeOffset.UtcNow;
        await client.GetStream().WriteAsync(Hj212.Answer.Frame($"QN={PacketTime.WriteQn(now)};ST=39;CN=2011;PW=123456;MN={mn};Flag=5;CP=&&DataTime={PacketTime.Write(now)};a34001-Rtd=1,a34001-Flag=N&&"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await server.Client.GetStringAsync(new Uri("api/monitors/refusals", UriKind.Relative), patience.Token)).Contains(mn, StringComparison.Ordinal))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    static async Task AnsweredAsync(NetworkStream stream, int sent)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (frames, buffer, heard) = (new FrameReader(), new byte[16 * 1024], 0);
        while (heard < sent)
        {
            var length = await stream.ReadAsync(buffer, patience.Token);
            if (length == 0)
            {
                throw new InvalidOperationException($"The server hung up after {heard} of {sent} answers.");
            }

            heard += Count(frames, buffer.AsSpan(0, length));
        }
    }

    static int Count(FrameReader frames, ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (frames.TryRead(ref bytes, out var frame))
        {
            count += frame.Fault == Fault.None ? 1 : 0;
        }

        return count;
    }

    /// <summary>TSP and PM10 that rise and fall through the day; about the given values, never twice the same.</summary>
    public static string Air(int ago, double tsp, double pm10, char flag = 'N')
    {
        var wave = 1 + 0.35 * Math.Sin(ago / 175.0) + 0.12 * Math.Sin(ago / 23.0) + 0.04 * Math.Sin(ago * 1.7);
        return string.Create(CultureInfo.InvariantCulture, $"a34001-Rtd={tsp * wave:F1},a34001-Flag={flag};a34002-Rtd={pm10 * wave:F1},a34002-Flag={flag};a01007-Rtd=1.8,a01007-Flag=N");
    }
}
