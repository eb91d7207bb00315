using System.Globalization;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.Zones;

/// <summary>Zones as a planner uses them.</summary>
static class ZoneCalls
{
    /// <summary>A square around a place; half a side in degrees, 0.01 is about a kilometre.</summary>
    public static object Square(LonLat centre, double half = 0.01) => Polygon(
        (centre.Lon - half, centre.Lat - half), (centre.Lon + half, centre.Lat - half), (centre.Lon + half, centre.Lat + half), (centre.Lon - half, centre.Lat + half));

    public static object Polygon(params (double Lon, double Lat)[] corners) =>
        new { type = "Polygon", coordinates = new[] { corners.Append(corners[0]).Select(c => new[] { c.Lon, c.Lat }).ToArray() } };

    public static async Task<JsonElement> DraftAsync(this AirMapServer server, string kind, string name, object geometry, bool simulated = false)
    {
        var answer = await server.PostAsync("api/zones", JsonSerializer.Serialize(new { kind, name, geometry, simulated }));
        Assert.True((int)answer.Status == 201, $"{answer.Status}: {answer.Text}");
        return answer.Json;
    }

    /// <summary>Acts on a zone as it stands.</summary>
    public static async Task<Answer> DoAsync(this AirMapServer server, string id, string action, object body) =>
        await server.SendAsync(HttpMethod.Post, $"api/zones/{id}/{action}", JsonSerializer.Serialize(body), await server.TagAsync($"api/zones/{id}") ?? "\"1.1\"");

    public static async Task<JsonElement> PublishAsync(this AirMapServer server, JsonElement zone, string from, string? to = null)
    {
        var answer = await server.DoAsync(zone.Id(), "publish", new { documentNumber = "临政发〔2026〕1号", effectiveFrom = from, effectiveTo = to, reason = "测试" });
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json;
    }

    public static async Task<JsonElement> RetireAsync(this AirMapServer server, JsonElement zone, string? lastDay = null)
    {
        var answer = await server.DoAsync(zone.Id(), "retire", new { lastDay, reason = "调整" });
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json;
    }

    /// <summary>A boiler too large for any rule but those of zones and heat radii, since 2025.</summary>
    public static Task<JsonElement> AddBoilerAsync(this AirMapServer server, LonLat place, string fuel = "coal", bool simulated = false) => server.AddAsync("heating/boilers", new
    {
        name = "锅炉" + place.Lon.ToString("F6", CultureInfo.InvariantCulture) + fuel,
        kind = "boiler",
        fuel,
        purpose = "production",
        status = "operating",
        tonnesPerHour = 65,
        commissionedOn = "2015-11-01",
        since = "2025-01-01",
        lon = place.Lon,
        lat = place.Lat,
        simulated,
    });

    public static async Task<List<JsonElement>> ViolationsOfAsync(this AirMapServer server, JsonElement subject, string rule)
    {
        var id = subject.GetProperty("id").GetString();
        return [.. (await server.ListAsync($"api/violations?rule={rule}&limit=1000")).Where(v => v.Property("subject").GetProperty("id").GetString() == id)];
    }

    public static async Task<List<string>> ZoneIdsAsync(this AirMapServer server, string query) =>
        [.. (await server.ListAsync("api/zones?" + query)).Select(z => z.Id())];
}
