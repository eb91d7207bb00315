using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Search;

/// <summary>One box for everything that has a place: counties, subjects of all registers, zones, coordinates in any system.</summary>
static class SearchEndpoints
{
    const int LongestQuery = 100;
    const int MostFound = 50;

    /// <summary>Eastings without the number of a zone are taken in the 3° zone of the city (central meridian 111° E).</summary>
    static readonly CoordinateSystem LocalGrid = CoordinateSystem.TryParse("EPSG:4546", out var system) ? system : throw new InvalidOperationException("EPSG:4546 is not known.");

    public static void MapSearch(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/search", Answer).WithTags("Search").Needs(Permission.View).Produces<Found>().ProducesProblem(400)
            .WithSummary("Finds counties, subjects and zones by a part of their name or code, the initials of its pinyin or several words of name and county together, counties by their pinyin, too, and places by coordinates; the best first")
            .WithDescription("Coordinates are read in degrees or metres, in either order, with or without the name of their system; without one, degrees are answered in each of the usual systems.");

    public sealed record Found(IReadOnlyList<Hit> Results);

    /// <param name="Kind"><c>place</c> (coordinates), <c>county</c>, <c>zone</c>, or the kind of a register.</param>
    /// <param name="Id">Of the subject or zone; the code of the county; null for a place.</param>
    /// <param name="Name">Of a place the coordinate system in which the query was read.</param>
    /// <param name="County">Null outside the city, and where the place is not known.</param>
    /// <param name="Lon">CGCS2000; null where the place is not known.</param>
    /// <param name="Bbox">West, south, east, north of what is more than a point.</param>
    public sealed record Hit(string Kind, string? Id, string Name, string? Code, string? County, double? Lon, double? Lat, double[]? Bbox, bool Simulated);

    static async Task<IResult> Answer(
        [FromQuery] string? q, [FromQuery] int? limit, ClaimsPrincipal user, AirMapDb db, AtlasKeeper atlas, CancellationToken cancellation)
    {
        var text = q?.Trim() ?? "";
        if (text.Length is 0 or > LongestQuery || text.Contains('\0', StringComparison.Ordinal))
        {
            return Problems.Of(400, "query-invalid", $"q is readable text of 1 to {LongestQuery} characters.");
        }

        if (limit is < 1 or > MostFound)
        {
            return Problems.Of(400, "query-invalid", $"limit is 1 to {MostFound}.");
        }

        var city = atlas.Current;
        var places = CoordinateText.Read(text, LocalGrid).Select(r => new Hit(
            "place", null, r.System.Name, null, city.Locate(r.Place)?.Code, Math.Round(r.Place.Lon, 7), Math.Round(r.Place.Lat, 7), null, false)).ToList();
        return places.Count > 0
            ? TypedResults.Ok(new Found(places))
            : TypedResults.Ok(new Found(await ByNameAsync(text, limit ?? 20, user.Scope(), db, cancellation)));
    }

    sealed record Row(string Kind, string Id, string Name, string? Code, string? County, double? Lon, double? Lat, double? West, double? South, double? East, double? North, bool Simulated);

    /// <summary>What begins with the words before what holds them; a county before a zone before an entry; the shortest name before longer ones.</summary>
    static async Task<List<Hit>> ByNameAsync(string text, int limit, Scope scope, AirMapDb db, CancellationToken cancellation)
    {
        var words = text.ToLowerInvariant();
        var parts = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var own = scope.Codes;
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            WITH named AS (
                SELECT 0 AS class, 'county' AS kind, code::text AS id, name, code::text AS code, code::text AS county, boundary AS shape, NULL::geometry AS position, false AS simulated, airmap.pinyin_initials(name) AS initials, lower(replace(name_en, ' ', '')) AS pinyin
                FROM airmap.counties WHERE {own}::text[] IS NULL OR code = ANY({own})
                UNION ALL
                SELECT 1, 'zone', z.id::text, z.name, z.document_number, NULL::text, z.shape, NULL, z.simulated, airmap.pinyin_initials(z.name), ''
                FROM airmap.zone_versions z WHERE z.status = 1 AND z.version = (SELECT max(v.version) FROM airmap.zone_versions v WHERE v.id = z.id AND v.status = 1)
                UNION ALL
                SELECT 2, kind, id::text, name, code, county::text, shape, position, simulated, initials, ''
                FROM airmap.subjects WHERE ({own}::text[] IS NULL OR county = ANY({own}))
            ), found AS (
                SELECT named.*, CASE WHEN lower(named.name) = {words} OR lower(named.code) = {words} THEN 0
                        WHEN starts_with(lower(named.name), {words}) THEN 1 WHEN starts_with(lower(named.code), {words}) THEN 2 WHEN starts_with(initials, {words}) OR starts_with(pinyin, {words}) THEN 3
                        WHEN strpos(lower(named.name), {words}) > 0 THEN 4 WHEN strpos(lower(named.code), {words}) > 0 THEN 5 WHEN strpos(initials, {words}) > 0 THEN 6
                        WHEN cardinality({parts}::text[]) > 1 AND NOT EXISTS (SELECT FROM unnest({parts}::text[]) AS part WHERE strpos(concat_ws(' ', lower(named.name), lower(named.code), named.initials, c.name), part) = 0) THEN 7 END AS fit
                FROM named LEFT JOIN LATERAL (SELECT name FROM airmap.counties WHERE counties.code = named.county) AS c ON true
            ), best AS (
                SELECT * FROM found WHERE fit IS NOT NULL ORDER BY fit, class, length(name), name, id LIMIT {limit}
            )
            SELECT kind, id, name, code, county, st_x(p) AS lon, st_y(p) AS lat,
                CASE WHEN st_dimension(shape) > 0 THEN st_xmin(shape) END AS west, CASE WHEN st_dimension(shape) > 0 THEN st_ymin(shape) END AS south,
                CASE WHEN st_dimension(shape) > 0 THEN st_xmax(shape) END AS east, CASE WHEN st_dimension(shape) > 0 THEN st_ymax(shape) END AS north, simulated
            FROM best CROSS JOIN LATERAL (SELECT coalesce(position, st_pointonsurface(shape)) AS p) AS middle
            ORDER BY fit, class, length(name), name, id
            """).ToListAsync(cancellation);
        return rows.ConvertAll(r => new Hit(
            r.Kind, r.Id, r.Name, r.Code, r.County, r.Lon, r.Lat, r.West is { } west ? [west, r.South!.Value, r.East!.Value, r.North!.Value] : null, r.Simulated));
    }
}
