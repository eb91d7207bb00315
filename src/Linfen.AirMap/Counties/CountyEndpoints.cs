using System.Text.Json;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Counties;

static class CountyEndpoints
{
    public static void MapCounties(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/counties", List).WithTags("Counties").WithSummary("The counties with boundary and present numbers");

    static async Task<IResult> List(HttpContext context, AtlasKeeper atlas, CountySummaries summaries, CancellationToken cancellation, [FromQuery] string? simulated = null)
    {
        if (simulated is not (null or "" or "include" or "exclude"))
        {
            return Problems.Of(400, "query-invalid", "simulated is include or exclude.");
        }

        var numbers = await summaries.ReadAsync(simulated == "exclude", cancellation);
        // Numbers and boundaries change apart from each other; the tag names both.
        var map = await atlas.FreshAsync();
        var tag = $"\"{numbers.ETag.Trim('"')}-{map.Fingerprint}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var counties = map.ByCode.Values.OrderBy(c => c.Code, StringComparer.Ordinal);
        return new FeatureCollectionResult(
            [.. counties.Select<County, Action<Utf8JsonWriter>>(county => json => Write(json, county, numbers.Of(county.Code)))], null, numbers.AsOf);
    }

    static void Write(Utf8JsonWriter json, County county, CountySummary summary)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", county.Code);
        WriteGeometry(json, county.Boundary);
        json.WriteStartObject("properties");
        json.WriteString("code", county.Code);
        json.WriteString("name", county.Name);
        json.WriteString("nameEn", county.NameEn);
        WritePoint(json, "label", county.Label.Coordinate);
        json.WriteNumber("areaSquareKilometres", Math.Round(county.AreaSquareKilometres, 1));
        json.WriteString("responsible", ResponsibleUnit.For(county.Name));
        json.WritePropertyName("summary");
        // Not Serialize(json, …): that flushes, and the response takes no synchronous writes.
        json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(summary, JsonSerializerOptions.Web), skipInputValidation: true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteGeometry(Utf8JsonWriter json, MultiPolygon boundary)
    {
        json.WriteStartObject("geometry");
        json.WriteString("type", "MultiPolygon");
        json.WriteStartArray("coordinates");
        foreach (var polygon in boundary.Geometries.Cast<Polygon>())
        {
            json.WriteStartArray();
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
            {
                json.WriteStartArray();
                foreach (var corner in ring.Coordinates)
                {
                    WritePoint(json, null, corner);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WritePoint(Utf8JsonWriter json, string? name, Coordinate at)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(at.X, 6));
        json.WriteNumberValue(Math.Round(at.Y, 6));
        json.WriteEndArray();
    }
}
