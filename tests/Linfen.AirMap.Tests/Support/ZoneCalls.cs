using System.Text.Json;
using Linfen.AirMap.Geo;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>Zones as a planner uses them.</summary>
public static class ZoneCalls
{
    /// <summary>A circle around a place as GeoJSON.</summary>
    public static object Around(LonLat place, double metres) => new
    {
        type = "Polygon",
        coordinates = new[] { Geodesic.Circle(place, metres, 60).ExteriorRing.Coordinates.Select(c => new[] { c.X, c.Y }).ToArray() },
    };

    /// <summary>Draws and publishes a zone that must be taken; returns the id.</summary>
    public static async Task<string> PublishZoneAsync(this AirMapServer server, string kind, object geometry, string from = "2024-05-01", string? to = null, int? minimumStage = null, string? authority = null)
    {
        var drawn = await server.PostAsync("api/zones", JsonSerializer.Serialize(new { kind, name = kind + " " + Guid.NewGuid().ToString("N")[..6], geometry, minimumStage, authority }));
        Assert.True((int)drawn.Status == 201, $"{drawn.Status}: {drawn.Text}");
        var id = drawn.Json.GetProperty("properties").GetProperty("id").GetString()!;
        await server.PublishAsync(id, from, to);
        return id;
    }

    public static async Task PublishAsync(this AirMapServer server, string id, string from, string? to = null)
    {
        var published = await server.SendAsync(
            HttpMethod.Post, $"api/zones/{id}/publish", JsonSerializer.Serialize(new { documentNumber = "测〔2024〕1号", effectiveFrom = from, effectiveTo = to, reason = "test" }), await server.TagAsync($"api/zones/{id}"));
        Assert.True((int)published.Status == 200, $"{published.Status}: {published.Text}");
    }

    public static async Task RetireAsync(this AirMapServer server, string id)
    {
        var retired = await server.SendAsync(HttpMethod.Post, $"api/zones/{id}/retire", JsonSerializer.Serialize(new { reason = "test" }), await server.TagAsync($"api/zones/{id}"));
        Assert.True((int)retired.Status == 200, $"{retired.Status}: {retired.Text}");
    }
}
