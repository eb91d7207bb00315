using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Linfen.AirMap.Browser.Tests.Support;

/// <summary>What stands and what is drawn in a city: boilers, findings, zones, by the interface that everyone uses.</summary>
public static class Facilities
{
    /// <summary>The middle of what is registered: 洪洞县, east of the Fen and outside of every heat radius' centre.</summary>
    const double Longitude = 111.70;
    const double Latitude = 36.25;

    /// <summary>A coal-burning tea boiler; returns its id.</summary>
    public static async Task<string> AddBoilerAsync(this CityServer server, int number) => await server.PostAsync("api/heating/boilers", new
    {
        name = $"{number}号茶浴炉", kind = "teaBoiler", fuel = "coal", status = "operating", tonnesPerHour = 1, lon = Longitude + number % 10 * 0.002, lat = Latitude + number / 10 * 0.002,
    });

    /// <summary>Loose coal that a patrol found and nobody has removed.</summary>
    public static async Task FindCoalAsync(this CityServer server, int number) => await server.PostAsync("api/findings", new
    {
        id = Guid.NewGuid(), kind = "looseCoal", at = DateTimeOffset.UtcNow.AddMinutes(-30).ToString("O", CultureInfo.InvariantCulture), filedBy = "patrol", text = "院内堆放散煤",
        lon = Longitude + number % 20 * 0.001, lat = Latitude + 0.02 + number / 20 * 0.001,
    });

    /// <summary>The draft of a coal-free zone around all of them; returns its id.</summary>
    public static async Task<string> DraftZoneAsync(this CityServer server)
    {
        double[][] ring = [[Longitude - 0.02, Latitude - 0.02], [Longitude + 0.05, Latitude - 0.02], [Longitude + 0.05, Latitude + 0.05], [Longitude - 0.02, Latitude + 0.05], [Longitude - 0.02, Latitude - 0.02]];
        return await server.PostAsync("api/zones", new { kind = "coalFree", name = "洪洞东部禁煤区", geometry = new { type = "Polygon", coordinates = new[] { ring } } });
    }

    public static Task PublishZoneAsync(this CityServer server, string id) => server.ActAsync(id, "publish", new
    {
        documentNumber = "临政发〔2026〕1号", effectiveFrom = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), reason = "测试",
    });

    public static Task RetireZoneAsync(this CityServer server, string id) => server.ActAsync(id, "retire", new { reason = "调整" });

    /// <summary>On the version of the zone that stands.</summary>
    static async Task ActAsync(this CityServer server, string id, string action, object body)
    {
        using var zone = await server.Client.GetAsync(new Uri($"api/zones/{id}", UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/zones/{id}/{action}", UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.IfMatch.Add(zone.Headers.ETag!);
        using var answer = await server.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Adds something; returns its id.</summary>
    public static async Task<string> PostAsync(this CityServer server, string path, object body)
    {
        using var answer = await server.Client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
        }

        using var json = JsonDocument.Parse(text);
        return json.RootElement.TryGetProperty("id", out var id) ? id.GetString()! : "";
    }
}
