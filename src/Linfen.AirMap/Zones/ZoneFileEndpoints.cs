using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Registers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Linfen.AirMap.Zones;

/// <summary>Import and export of zones as files.</summary>
static class ZoneFileEndpoints
{
    const long MostBytes = 64 * 1024 * 1024;

    /// <summary>Zones of a city are counted in hundreds.</summary>
    const int MostExported = 100_000;

    public static void MapZoneFiles(this RouteGroupBuilder zones)
    {
        zones.MapPost("/import", ImportAsync).Needs(Permission.PublishZones).Accepts<object>("application/geo+json", "application/json").Produces<ImportReport>().ProducesProblem(400).ProducesProblem(413)
            .WithSummary("Imports a GeoJSON FeatureCollection as drafts, or published where documentNumber and effectiveFrom are given; dryRun tells what would become of each feature");
        zones.MapGet("/export", Export).Needs(Permission.Export).ProducesProblem(400).WithSummary("Zones as GeoJSON, importable again; in force today, or on the day of at=; crs= names the coordinate system (CGCS2000, WGS84, GCJ02, BD09, EPSG:4546)");
    }

    static async Task<IResult> ImportAsync(
        HttpContext context, ZoneImport import, CancellationToken cancellation, [FromQuery] string? kind = null, [FromQuery] bool dryRun = false)
    {
        if (kind is not null && ZoneKinds.Find(kind) is null)
        {
            return Problems.Of(400, "query-invalid", "kind is one of " + string.Join(", ", ZoneKinds.All.Where(k => !k.Derived).Select(k => k.Code)) + ".");
        }

        if (!context.User.Scope().IsCity)
        {
            return Problems.Of(403, "outside-scope", "Files of zones concern the whole city.");
        }

        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MostBytes;
        try
        {
            return TypedResults.Ok(await import.RunAsync(context.Request.Body, new(kind, dryRun), Author.Of(context), cancellation));
        }
        catch (JsonException e)
        {
            return Problems.Of(400, "not-geojson", $"The body is no GeoJSON FeatureCollection: {e.Message}");
        }
    }

    static async Task<IResult> Export(
        [AsParameters] ListQuery query, [AsParameters] ZoneQuery own, [FromQuery] string? format, [FromQuery] string? crs, HttpContext context, AirMapDb db, AtlasKeeper keeper, ZoneMeasures measures,
        TimeProvider clock, AuditTrail audit, CancellationToken cancellation)
    {
        if (format is not (null or "" or "geojson"))
        {
            return Problems.Of(400, "format-unsupported", "format is geojson.");
        }

        var (projection, unknown) = ZoneProjection.Read(crs);
        if (unknown is not null)
        {
            return Problems.Of(400, "query-invalid", unknown);
        }

        var (filter, fault) = ZoneFilter.Check(query, own, Beijing.DayOf(clock.GetUtcNow()));
        if (filter is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        await audit.WriteAsync(AuditEntry.Done("zone.exported", "zone", null, filter.Page.County), Author.Of(context), cancellation);
        context.Response.Headers.ContentDisposition = "attachment; filename=\"zones.geojson\"";
        var all = filter.SeenBy(context.User) with { WithDerived = false, Page = filter.Page with { Limit = MostExported } };
        return await ZoneEndpoints.PageAsync(all, context.Request, db, keeper, measures, clock, cancellation, projection);
    }
}
