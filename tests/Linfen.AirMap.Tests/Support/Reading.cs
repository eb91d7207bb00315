using System.Globalization;
using System.Net;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Xunit;

namespace Linfen.AirMap.Tests.Support;

/// <summary>What tests say to a server and read from it, over its public interface.</summary>
public static class Reading
{
    public const string Detections = "api/intake/detections";
    public const string Firms = "api/intake/firms";

    public static async Task<Counts> ReportAsync(this AirMapServer server, params Sighting[] sightings) =>
        (await server.PostAsync(Detections, Sighting.Array(sightings))).Accepted();

    /// <summary>Reports a new detection and returns the fire that it belongs to.</summary>
    public static async Task<JsonElement> FireOfAsync(this AirMapServer server, Sighting sighting)
    {
        Assert.Equal(1, (await server.ReportAsync(sighting)).Stored);
        return await server.FireOfDetectionAsync(sighting.DetectionId);
    }

    public static async Task<JsonElement> FireOfDetectionAsync(this AirMapServer server, string detectionId)
    {
        var id = await server.AskAsync<Guid>($"select fire_id from airmap.detections where detection_id = '{detectionId}'");
        return await server.OneAsync($"api/fires/{id}");
    }

    /// <summary>Null where the detection is gone, or belongs to no fire.</summary>
    public static async Task<JsonElement?> FireOfAnyAsync(this AirMapServer server, string detectionId)
    {
        var found = await server.AskAllAsync($"select fire_id::text from airmap.detections where detection_id = '{detectionId}' and fire_id is not null");
        return found is [var id] ? await server.OneAsync($"api/fires/{id}") : null;
    }

    public static async Task<JsonElement> OneAsync(this AirMapServer server, string path)
    {
        var answer = await server.GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Status} {answer.Text}");
        return answer.Json;
    }

    /// <summary>The thing as it is now.</summary>
    public static Task<JsonElement> AgainAsync(this AirMapServer server, JsonElement fire) => server.OneAsync($"api/fires/{fire.Id()}");

    public static Task<JsonElement> ViolationOfAsync(this AirMapServer server, JsonElement fire) =>
        server.OneAsync($"api/violations/{fire.Text("violation")}");

    public static Task<Answer> VerdictAsync(this AirMapServer server, JsonElement fire, string verdict, string? reason = null, DateTimeOffset? at = null) =>
        server.PostAsync($"api/fires/{fire.Id()}/verdict", JsonSerializer.Serialize(new { verdict, reason, at = at?.ToString("O", CultureInfo.InvariantCulture) }));

    /// <summary>The verdict that closed it was a mistake.</summary>
    public static Task<Answer> CorrectAsync(this AirMapServer server, JsonElement fire, string verdict, string? reason, DateTimeOffset? at = null) =>
        server.PostAsync($"api/fires/{fire.Id()}/verdict", JsonSerializer.Serialize(new { verdict, reason, at = at?.ToString("O", CultureInfo.InvariantCulture), correct = true }));

    /// <summary>All pages of a list, following <c>next</c>.</summary>
    public static async Task<List<JsonElement>> ListAsync(this AirMapServer server, string path)
    {
        var found = new List<JsonElement>();
        for (var next = path; next is not null;)
        {
            var page = await server.OneAsync(next);
            Assert.Equal("FeatureCollection", page.GetProperty("type").GetString());
            found.AddRange(page.GetProperty("features").EnumerateArray());
            next = page.GetProperty("next").GetString()?.TrimStart('/');
        }

        return found;
    }

    public static Task<List<JsonElement>> FiresNearAsync(this AirMapServer server, LonLat place) => server.ListAsync("api/fires?" + Around(place));

    public static Task<List<JsonElement>> ViolationsNearAsync(this AirMapServer server, LonLat place) => server.ListAsync("api/violations?" + Around(place));

    public static string Around(LonLat place) =>
        string.Create(CultureInfo.InvariantCulture, $"bbox={place.Lon - 0.025:F5},{place.Lat - 0.025:F5},{place.Lon + 0.025:F5},{place.Lat + 0.025:F5}");

    /// <summary>The whole log after a position, checked to be without a gap.</summary>
    public static async Task<List<JsonElement>> EventsAsync(this AirMapServer server, long after = 0)
    {
        var found = new List<JsonElement>();
        while (true)
        {
            var page = await server.OneAsync($"api/events?after={after}");
            var events = page.GetProperty("events").EnumerateArray().ToList();
            foreach (var one in events)
            {
                var seq = one.GetProperty("seq").GetInt64();
                Assert.True(after == 0 || seq == after + 1, $"{seq} follows {after}");
                after = seq;
            }

            found.AddRange(events);
            if (events.Count == 0 || after >= page.GetProperty("last").GetInt64())
            {
                return found;
            }
        }
    }

    public static async Task<long> HeadAsync(this AirMapServer server) => await server.AskAsync<long>("select last from airmap.event_head");

    public static string Id(this JsonElement feature) => feature.GetProperty("id").GetString()!;

    public static JsonElement Property(this JsonElement feature, string name) => feature.GetProperty("properties").GetProperty(name);

    public static string? Text(this JsonElement feature, string name) => feature.Property(name).GetString();

    public static int Number(this JsonElement feature, string name) => feature.Property(name).GetInt32();

    public static DateTimeOffset Time(this JsonElement feature, string name) => feature.Property(name).GetDateTimeOffset();

    public static string? Type(this JsonElement logged) => logged.GetProperty("type").GetString();
}
