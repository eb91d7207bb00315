using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Hj212;
using Linfen.AirMap.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>A device in the field: a TCP connection of its own to the HJ 212 port.</summary>
sealed class FieldDevice : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly TcpClient client = new() { NoDelay = true };
    readonly FrameReader frames = new();
    readonly Queue<string> answers = new();
    readonly byte[] buffer = new byte[4096];

    public static async Task<FieldDevice> ConnectAsync(int port)
    {
        var device = new FieldDevice();
        try
        {
            await device.client.ConnectAsync("127.0.0.1", port);
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }

    public async Task SendAsync(byte[] bytes) => await client.GetStream().WriteAsync(bytes);

    /// <summary>The segment of the next answer; null when the server hung up.</summary>
    public async Task<string?> AnswerAsync(TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        while (answers.Count == 0)
        {
            int length;
            try
            {
                length = await client.GetStream().ReadAsync(buffer, limit.Token);
            }
            catch (IOException)
            {
                return null;
            }

            if (length == 0)
            {
                return null;
            }

            Hear(buffer.AsSpan(0, length));
        }

        return answers.Dequeue();
    }

    void Hear(ReadOnlySpan<byte> bytes)
    {
        while (frames.TryRead(ref bytes, out var frame))
        {
            Assert.Equal((Fault.None, CrcState.Right, Defects.None), (frame.Fault, frame.Crc, frame.Defects));
            answers.Enqueue(Encoding.ASCII.GetString(frame.Segment));
        }
    }

    public void Dispose() => client.Dispose();
}

/// <summary>Monitors of the register, and packets as they send them.</summary>
static class DustCalls
{
    /// <summary>A site of 6,000 m² with video, and its monitor.</summary>
    public static async Task<(JsonElement Site, JsonElement Monitor, string Mn)> MonitorAsync(this AirMapServer server, params (string Name, object? Value)[] more)
    {
        var place = server.Places.NextIn("141024");
        var site = await server.AddAsync("sites", new { name = "工地" + Guid.NewGuid().ToString("N")[..8], status = "active", areaSquareMetres = 6_000, video = true, lon = place.Lon, lat = place.Lat });
        var mn = Guid.NewGuid().ToString("N")[..24].ToUpperInvariant();
        var body = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = "监测仪" + mn[..6], ["mn"] = mn, ["siteId"] = site.GetProperty("id").GetString() };
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return (site, await server.AddAsync("monitors", body), mn);
    }

    public static string Qn(DateTimeOffset at) => PacketTime.WriteQn(at);

    public static string Segment(
        string mn, DateTimeOffset at, string factors = "a34001-Rtd=180.5,a34001-Flag=N;a34002-Rtd=62.7,a34002-Flag=N", int command = 2011, int flag = 5, string password = "123456") =>
        string.Create(CultureInfo.InvariantCulture, $"QN={Qn(at)};ST=39;CN={command};PW={password};MN={mn};Flag={flag};CP=&&DataTime={PacketTime.Write(at)};{factors}&&");

    /// <summary>TSP about a level, never twice the same in a row; by minutes ago.</summary>
    public static Func<int, string> Tsp(double about, char flag = 'N') =>
        ago => string.Create(CultureInfo.InvariantCulture, $"a34001-Rtd={about * (1 + ago % 3 * 0.01):F3},a34001-Flag={flag}");

    /// <summary>A value a minute, the last one now; each is answered.</summary>
    public static async Task SendMinutesAsync(this AirMapServer server, string mn, int minutes, Func<int, string> factors, TimeSpan ahead = default)
    {
        using var device = await FieldDevice.ConnectAsync(server.DevicePort);
        for (var ago = minutes - 1; ago >= 0; ago--)
        {
            await device.SendAsync(Frame(Segment(mn, server.Now.AddMinutes(-ago) + ahead, factors(ago))));
            Assert.NotNull(await device.AnswerAsync());
        }
    }

    public static Task<int> JudgeDustAsync(this AirMapServer server) =>
        server.Services.GetRequiredService<AirMap.Dust.DustClock>().TickAsync(CancellationToken.None);

    /// <summary>The line of a monitor in the health list.</summary>
    public static async Task<JsonElement> HealthAsync(this AirMapServer server, string mn) =>
        Assert.Single((await server.GetAsync("api/monitors/health")).Json.EnumerateArray(), h => h.GetProperty("mn").GetString() == mn);

    public static List<string> Reasons(this JsonElement health) => [.. health.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()!)];

    public static byte[] Frame(string segment) => Hj212.Answer.Frame(segment);

    public static string Answered(string mn, DateTimeOffset at) => $"QN={Qn(at)};ST=91;CN=9014;PW=123456;MN={mn};Flag=4;CP=&&&&";

    public static Task<long> ReadingsAsync(this AirMapServer server, string mn) => server.AskAsync<long>($"select count(*) from airmap.readings where mn = '{mn}'");
}
