using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>A server process that can be killed and come back under the same address.</summary>
public sealed class CityServer : IAsyncDisposable
{
    readonly string connectionString;
    AirMapProcess process;

    CityServer(string connectionString, AirMapProcess process)
    {
        this.connectionString = connectionString;
        this.process = process;
        Address = process.Address;
    }

    public Uri Address { get; }

    public HttpClient Client => process.Client;

    /// <summary>Where HJ 212 monitors call in.</summary>
    public int DevicePort => process.DevicePort;

    /// <param name="settings">Further environment variables of the server.</param>
    public static async Task<CityServer> StartAsync(string connectionString, IReadOnlyDictionary<string, string>? settings = null) =>
        new(connectionString, await AirMapProcess.ServeAsync(connectionString, settings));

    public void Kill() => process.Kill();

    public async Task ComeBackAsync()
    {
        await process.DisposeAsync();
        process = await AirMapProcess.ServeAsync(connectionString, port: Address.Port);
    }

    public async Task ReportAsync(params Sighting[] sightings)
    {
        using var answer = await Client.PostAsJsonAsync("api/intake/detections", sightings.Select(s => s.ToWire()));
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode || !text.Contains($"\"stored\":{sightings.Length}", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{sightings.Length} sightings were not stored: {(int)answer.StatusCode} {text}");
        }
    }

    /// <summary>Ids of what burns, newest first.</summary>
    public async Task<string[]> BurningAsync()
    {
        using var list = await Client.GetFromJsonAsync<JsonDocument>("api/fires?status=burning");
        return [.. list!.RootElement.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetString()!)];
    }

    public async Task DeclareOutAsync(string fire)
    {
        using var answer = await Client.PostAsJsonAsync($"api/fires/{fire}/verdict", new { verdict = "out", reason = "" });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>From now on, every critical violation raises an alarm that sounds.</summary>
    public async Task RaiseAlarmsAsync()
    {
        using var answer = await Client.PostAsJsonAsync("api/alarm-rules", new { name = "全市严重违规", severities = new[] { "critical" } });
        answer.EnsureSuccessStatusCode();
    }

    public async Task ClearSimulatedAsync()
    {
        using var answer = await Client.DeleteAsync(new Uri("api/simulated", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync() => await process.DisposeAsync();
}

/// <summary>A fire as somebody sees it. Places are kilometres apart, so that each is a fire of its own.</summary>
public sealed record Sighting(double Longitude, double Latitude, bool Simulated = false)
{
    /// <summary>Well inside 洪洞县 (141024).</summary>
    public static Sighting InHongtong(int number) => new(111.62 + number % 5 * 0.03, 36.22 + number / 5 % 5 * 0.03);

    public string SourceKind { get; init; } = "video";

    public double RadiusMetres { get; init; } = 60;

    /// <summary>Of satellites.</summary>
    public double? FrpMegawatts { get; init; }

    /// <summary>Metres eastward at the city's latitude.</summary>
    public Sighting East(double metres) => this with { Longitude = Longitude + metres / 89_900 };

    public object ToWire() => new
    {
        sourceKind = SourceKind,
        feed = "wall-test",
        detectionId = Guid.NewGuid().ToString(),
        at = DateTimeOffset.UtcNow.AddSeconds(-20).ToString("O", CultureInfo.InvariantCulture),
        lon = Longitude,
        lat = Latitude,
        crs = "CGCS2000",
        radiusMetres = RadiusMetres,
        frpMegawatts = FrpMegawatts,
        simulated = Simulated,
    };
}
