using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Tests.Support;
using Xunit;

namespace Linfen.AirMap.Tests.HeatSources;

/// <summary>Heat sources as callers use them, and what a satellite sees at one.</summary>
static class HeatCalls
{
    /// <summary>A coke works: a point with a radius, usually 3 MW and never above 20.</summary>
    public static Task<JsonElement> AddHeatSourceAsync(this AirMapServer server, LonLat place, double highest = 20, double radius = 300, bool simulated = false) =>
        server.AddAsync("heat-sources", new
        {
            name = "焦化厂" + Guid.NewGuid().ToString("N")[..6], kind = "coke", radiusMetres = radius, medianMegawatts = 3, highestMegawatts = highest, lon = place.Lon, lat = place.Lat, simulated,
        });

    public static async Task<JsonElement> ApproveAsync(this AirMapServer server, JsonElement source)
    {
        var answer = await server.PostAsync($"api/heat-sources/{source.GetProperty("id").GetString()}/approve", """{"reason":"现场核实"}""");
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json.GetProperty("properties");
    }

    public static async Task<JsonElement> DismissAsync(this AirMapServer server, JsonElement source)
    {
        var answer = await server.PostAsync($"api/heat-sources/{source.GetProperty("id").GetString()}/dismiss", """{"reason":"已停产拆除"}""");
        Assert.True((int)answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json.GetProperty("properties");
    }

    public static async Task<JsonElement> ApprovedAsync(this AirMapServer server, LonLat place) => await server.ApproveAsync(await server.AddHeatSourceAsync(place));

    /// <summary>A pixel of VIIRS of 4 MW.</summary>
    public static Sighting Pixel(DateTimeOffset at, LonLat place, double megawatts = 4, double radius = 280) =>
        new("pixel-" + Guid.NewGuid().ToString("N"), at, place) { SourceKind = "satellite", FrpMegawatts = megawatts, RadiusMetres = radius };

    public static string? AttributedTo(this JsonElement fire) =>
        fire.Property("attributedTo") is { ValueKind: JsonValueKind.Object } source ? source.GetProperty("id").GetString() : null;
}
