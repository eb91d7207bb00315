using System.Text.Json;
using Linfen.AirMap.Events;

namespace Linfen.AirMap.Hosting;

/// <summary>Streams a GeoJSON FeatureCollection with the link to the next page and the log position that it reflects.</summary>
/// <param name="mark">Writes what else a file has to say of itself before its features.</param>
sealed class FeatureCollectionResult(IReadOnlyList<Action<Utf8JsonWriter>> features, string? next, LogPosition asOf, Action<Utf8JsonWriter>? mark = null) : IResult
{
    const int FlushBytes = 32 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/geo+json; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-cache";
        // Into the pipe, not the stream: whatever a feature's own serialisation flushes on its way stays in memory.
        var body = httpContext.Response.BodyWriter;
        await using var json = Feature.Writer(body);
        var sent = 0L;
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        mark?.Invoke(json);
        json.WriteStartObject("asOf");
        json.WriteString("epoch", asOf.Epoch);
        json.WriteNumber("seq", asOf.Seq);
        json.WriteEndObject();
        json.WriteStartArray("features");
        foreach (var feature in features)
        {
            feature(json);
            if (json.BytesCommitted + json.BytesPending - sent > FlushBytes)
            {
                await json.FlushAsync(httpContext.RequestAborted);
                await body.FlushAsync(httpContext.RequestAborted);
                sent = json.BytesCommitted;
            }
        }

        json.WriteEndArray();
        json.WriteString("next", next);
        json.WriteEndObject();
    }
}

/// <summary>One feature by itself.</summary>
sealed class FeatureResult(Action<Utf8JsonWriter> feature) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/geo+json; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-cache";
        await using var json = Feature.Writer(httpContext.Response.Body);
        feature(json);
    }
}
