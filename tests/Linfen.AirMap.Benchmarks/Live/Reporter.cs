using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Testing;

namespace Linfen.AirMap.Benchmarks.Live;

/// <summary>Reports fires one by one, each at a place of its own, far enough from the others to be another fire.</summary>
sealed class Reporter(AirMapProcess server, Simulator.City city) : IDisposable
{
    /// <summary>About 1.9 km by 1.7 km: beyond the distance at which the server takes two sightings for one fire.</summary>
    const double StepLon = 0.021, StepLat = 0.015;

    readonly HttpClient _client = new(new SocketsHttpHandler()) {
        BaseAddress = server.Address, DefaultRequestHeaders = { Authorization = server.Client.DefaultRequestHeaders.Authorization },
    };
    readonly Queue<LonLat> _places = new(Grid(city));
    long _reported;

    /// <summary>Sends the next fire; <paramref name="at"/> may tell it from others.</summary>
    public async Task ReportAsync(DateTimeOffset at)
    {
        var place = _places.Dequeue();
        var body = string.Create(CultureInfo.InvariantCulture,
            $$"""[{"sourceKind":"video","detectionId":"{{Interlocked.Increment(ref _reported)}}","at":"{{at:O}}","lon":{{place.Lon:F6}},"lat":{{place.Lat:F6}},"radiusMetres":20,"confidence":0.9}]""");
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await _client.PostAsync(new Uri("api/intake/detections", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Places in the city, each far enough from the others for a fire of its own; the same in every run.</summary>
    public static IReadOnlyList<LonLat> Grid(Simulator.City city)
    {
        var places = new List<LonLat>();
        for (var lon = 110.3; lon < 112.6; lon += StepLon)
        {
            for (var lat = 35.3; lat < 37.0; lat += StepLat)
            {
                places.Add(new LonLat(lon, lat));
            }
        }

        var inside = places.Where(city.Contains).ToArray();
        new Random(3).Shuffle(inside);
        return [.. inside];
    }
}
