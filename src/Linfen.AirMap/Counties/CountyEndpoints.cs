using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using NetTopologySuite.Geometries;
using Npgsql;

namespace Linfen.AirMap.Counties;

static class CountyEndpoints
{
    public static void MapCounties(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/counties", List).WithTags("Counties").Open("County outlines are public; their numbers are not.")
            .WithSummary("The counties with boundary and present numbers; geometry=exclude for the numbers alone; asKnownAt answers what the numbers were by what was known at a moment (without undecidable; 410 where the log does not reach back so far)");

    static async Task<IResult> List(
        HttpContext context, ClaimsPrincipal user, AtlasKeeper atlas, CountySummaries summaries, NpgsqlDataSource database, CancellationToken cancellation,
        [FromQuery] string? simulated = null, [FromQuery] string? geometry = null, [FromQuery] string? asKnownAt = null)
    {
        if (simulated is not (null or "" or "include" or "exclude"))
        {
            return Problems.Of(400, "query-invalid", "simulated is include or exclude.");
        }

        if (geometry is not (null or "" or "include" or "exclude"))
        {
            return Problems.Of(400, "query-invalid", "geometry is include or exclude.");
        }

        if (!ListQuery.TryTime(asKnownAt, out var moment))
        {
            return Problems.Of(400, "query-invalid", "asKnownAt is an RFC 3339 time with an offset.");
        }

        var scope = user.May(Permission.View) ? user.Scope() : Scope.Nowhere;
        // Whoever sees no numbers sees none of the past, and it costs nothing.
        if (moment is { } then && user.May(Permission.View))
        {
            return await CountyReplay.ReadAsync(database, then, simulated == "exclude", cancellation) is { } known
                ? Answer(await atlas.FreshAsync(), known, geometry != "exclude", scope)
                : Problems.Of(410, "history-forgotten", "The log does not reach back so far any more.");
        }

        var numbers = await summaries.ReadAsync(simulated == "exclude", cancellation);
        // Numbers and boundaries change apart from each other; the tag names both.
        var map = await atlas.FreshAsync();
        var withBoundaries = geometry != "exclude";
        var tag = $"\"{numbers.ETag.Trim('"')}-{(withBoundaries ? map.Fingerprint : "numbers")}{scope.Key}\"";
        // Weak: the same answer may come packed or plain.
        context.Response.Headers.ETag = "W/" + tag;
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal))
        {
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        return Answer(map, numbers, withBoundaries, scope);
    }

    static FeatureCollectionResult Answer(CityAtlas map, CityNumbers numbers, bool withBoundaries, Scope scope)
    {
        var counties = map.ByCode.Values.OrderBy(c => c.Code, StringComparer.Ordinal);
        return new FeatureCollectionResult(
            [.. counties.Select<County, Action<Utf8JsonWriter>>(county => json => Write(json, county, withBoundaries, scope.Holds(county.Code) ? numbers.Of(county.Code) : null))],
            null, numbers.AsOf);
    }

    static void Write(Utf8JsonWriter json, County county, bool withBoundary, CountySummary? summary)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", county.Code);
        if (withBoundary)
        {
            WriteGeometry(json, county.Boundary);
        }
        else
        {
            json.WriteNull("geometry");
        }

        json.WriteStartObject("properties");
        json.WriteString("code", county.Code);
        json.WriteString("name", county.Name);
        json.WriteString("nameEn", county.NameEn);
        WritePoint(json, "label", county.Label.Coordinate);
        json.WriteNumber("areaSquareKilometres", Math.Round(county.AreaSquareKilometres, 1));
        json.WriteString("responsible", ResponsibleUnit.For(county.Name));
        // Whoever may not see a county's numbers gets none, not zeros.
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
