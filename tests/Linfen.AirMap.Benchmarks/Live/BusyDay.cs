using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Live;

/// <summary>Fires that begin and end all over the city, by the interface that cameras and officers use: two events each time.</summary>
sealed class BusyDay(AirMapProcess server, Simulator.City city)
{
    public const int EventsOfAct = 2;

    readonly IReadOnlyList<LonLat> _places = Reporter.Grid(city);
    long _reported;

    /// <summary>So many fires begin, in one delivery, at the first places.</summary>
    public async Task BeginAsync(int from, int count)
    {
        var at = DateTimeOffset.UtcNow;
        var sightings = Enumerable.Range(from, count).Select(number => _places[number % _places.Count]).Select(place => new
        {
            sourceKind = "video", detectionId = Interlocked.Increment(ref _reported).ToString(CultureInfo.InvariantCulture),
            at, lon = place.Lon, lat = place.Lat, radiusMetres = 20, confidence = 0.9,
        });
        using var answer = await server.Client.PostAsJsonAsync("api/intake/detections", sightings);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Ids of what burns.</summary>
    public async Task<string[]> BurningAsync()
    {
        using var list = await server.Client.GetFromJsonAsync<JsonDocument>("api/fires?status=burning&limit=1000");
        return [.. list!.RootElement.GetProperty("features").EnumerateArray().Select(fire => fire.GetProperty("id").GetString()!)];
    }

    public async Task EndAsync(string fire)
    {
        using var answer = await server.Client.PostAsJsonAsync($"api/fires/{fire}/verdict", new { verdict = "out", reason = "" });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Where the log is.</summary>
    public async Task<long> HeadAsync()
    {
        using var page = await server.Client.GetFromJsonAsync<JsonDocument>("api/events?after=0&limit=1");
        return page!.RootElement.GetProperty("last").GetInt64();
    }
}
