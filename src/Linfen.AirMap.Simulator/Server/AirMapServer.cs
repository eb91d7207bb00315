using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Linfen.AirMap.Simulator.Fires;

namespace Linfen.AirMap.Simulator.Server;

/// <summary>
/// The server as its public interface shows it. A lost connection is tried again with the same detection ids, so that
/// what had arrived before the loss counts as a duplicate and nothing is told twice.
/// </summary>
public sealed class AirMapServer(HttpClient http, Tally tally, TimeSpan patience) : IDisposable
{
    static readonly MediaTypeHeaderValue Json = new("application/json");
    static readonly MediaTypeHeaderValue Csv = new("text/csv");

    /// <summary>A little more than the two kilometres within which the server takes sightings for one fire.</summary>
    const double NearbyDegrees = 0.025;

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <param name="key">That lets in; that of the environment where none is given.</param>
    public static AirMapServer At(Uri url, Tally tally, TimeSpan patience, string? key = null)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) };
        var http = new HttpClient(handler) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
        if ((key ?? Environment.GetEnvironmentVariable("AIRMAP_KEY")) is { Length: > 0 } shown)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", shown);
        }

        return new AirMapServer(http, tally, patience);
    }

    public async Task<City> CityAsync(string? county, CancellationToken stop)
    {
        using var answer = await AskAsync(HttpMethod.Get, "api/counties", null, stop);
        return City.FromGeoJson(await answer.Content.ReadAsStringAsync(stop), county);
    }

    public async Task<IntakeAnswer> DeliverAsync(SentDetection detection, CancellationToken stop)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new[] { detection }, Wire.Json);
        return await DeliverAsync("api/intake/detections?feed=simulator", body, Json, stop);
    }

    public async Task<IntakeAnswer> DeliverAsync(Overpass overpass, CancellationToken stop)
    {
        var path = $"api/intake/firms?source={overpass.Satellite.Source}&simulated=true";
        return await DeliverAsync(path, Encoding.UTF8.GetBytes(overpass.ToFirmsCsv()), Csv, stop);
    }

    /// <summary>Gives a verdict on the burning simulated fire at a place; false when the server knows none there.</summary>
    public async Task<bool> SpeakAsync(WordFromTheSpot word, CancellationToken stop)
    {
        var nearby = string.Create(CultureInfo.InvariantCulture,
            $"{word.Place.Lon - NearbyDegrees:F6},{word.Place.Lat - NearbyDegrees:F6},{word.Place.Lon + NearbyDegrees:F6},{word.Place.Lat + NearbyDegrees:F6}");
        using var listed = await AskAsync(HttpMethod.Get, $"api/fires?status=burning&simulated=only&limit=1000&bbox={nearby}", null, stop);
        if (KnownFire.Nearest(KnownFire.ReadAll(await listed.Content.ReadAsStringAsync(stop)), word.Place) is not { } fire)
        {
            return false;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new { word.Verdict, word.Reason, word.At }, Wire.Json);
        try
        {
            using var answer = await AskAsync(HttpMethod.Post, $"api/fires/{fire.Id}/verdict", () => Body(body, Json), stop);
            return true;
        }
        catch (RefusedException refused) when (refused.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            // Somebody else said so between the question and the word.
            return false;
        }
    }

    /// <summary>Says something in JSON, or asks; <paramref name="ifMatch"/> is the tag of the version that was seen.</summary>
    public async Task<Said> SayAsync(HttpMethod method, string path, object? body, string? ifMatch, CancellationToken stop)
    {
        var bytes = body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, Wire.Json);
        using var answer = await AskAsync(method, path, bytes is null ? null : () => Body(bytes, Json), stop, ifMatch);
        await using var content = await answer.Content.ReadAsStreamAsync(stop);
        using var document = await JsonDocument.ParseAsync(content, default, stop);
        return new(document.RootElement.Clone(), answer.Headers.ETag?.ToString());
    }

    /// <summary>Whether there is anything at the address.</summary>
    public async Task<bool> HasAsync(string path, CancellationToken stop)
    {
        try
        {
            using var answer = await AskAsync(HttpMethod.Get, path, null, stop);
            return true;
        }
        catch (RefusedException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Removes everything simulated and returns how many rows of each kind that was.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ClearAsync(CancellationToken stop)
    {
        using var answer = await AskAsync(HttpMethod.Delete, "api/simulated", null, stop);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
        return document.RootElement.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.Number)
            .ToDictionary(member => member.Name, member => member.Value.GetInt64(), StringComparer.Ordinal);
    }

    public void Dispose() => http.Dispose();

    async Task<IntakeAnswer> DeliverAsync(string path, byte[] body, MediaTypeHeaderValue type, CancellationToken stop)
    {
        using var answer = await AskAsync(HttpMethod.Post, path, () => Body(body, type), stop);
        return await JsonSerializer.DeserializeAsync<IntakeAnswer>(await answer.Content.ReadAsStreamAsync(stop), Wire.Json, stop)
            ?? throw new RefusedException(answer.StatusCode, $"{path} answered with nothing.");
    }

    async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, Func<HttpContent>? body, CancellationToken stop, string? ifMatch = null)
    {
        var giveUp = DateTime.UtcNow + patience;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var (answer, lost) = await TryAskAsync(method, path, body, ifMatch, stop);
            if (answer is not null)
            {
                return answer;
            }

            if (DateTime.UtcNow + pause > giveUp)
            {
                throw new UnreachableException($"No AirMap server answers at {http.BaseAddress} ({lost?.Message}).", lost);
            }

            tally.Retried();
            await Task.Delay(pause, stop);
        }
    }

    async Task<(HttpResponseMessage? Answer, Exception? Lost)> TryAskAsync(
        HttpMethod method, string path, Func<HttpContent>? body, string? ifMatch, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body?.Invoke() };
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        }

        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var answer = await http.SendAsync(request, stop);
            tally.Answered(TimeProvider.System.GetElapsedTime(started));
            if (answer.IsSuccessStatusCode)
            {
                return (answer, null);
            }

            using (answer)
            {
                return answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests
                    ? (null, new HttpRequestException($"answers {(int)answer.StatusCode}"))
                    : throw new RefusedException(answer.StatusCode, $"{method} {path} was refused: {await ReasonAsync(answer, stop)}");
            }
        }
        catch (HttpRequestException lost)
        {
            return (null, lost);
        }
        catch (TaskCanceledException late) when (!stop.IsCancellationRequested)
        {
            return (null, late);
        }
    }

    /// <summary>The title and detail of a ProblemDetails, or what stands in its place.</summary>
    static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        var text = await answer.Content.ReadAsStringAsync(stop);
        try
        {
            var problem = JsonSerializer.Deserialize<Problem>(text, Wire.Json);
            return $"{(int)answer.StatusCode} {string.Join(": ", new[] { problem?.Title, problem?.Detail }.Where(part => !string.IsNullOrEmpty(part)))}";
        }
        catch (JsonException)
        {
            return $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        }
    }

    static ByteArrayContent Body(byte[] bytes, MediaTypeHeaderValue type) => new(bytes) { Headers = { ContentType = type } };

    sealed record Problem(string? Title, string? Detail);
}
