using System.Globalization;
using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Npgsql;

namespace Linfen.AirMap.Pictures;

/// <summary>The map as a picture for bulletins.</summary>
static class PictureEndpoints
{
    const string MediaType = "image/png";

    /// <summary>Another program draws otherwise.</summary>
    static readonly string Edition = typeof(PictureEndpoints).Module.ModuleVersionId.ToString("N")[..8];

    public static void MapPictures(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/map.png", Draw).WithTags("Pictures").Needs(Permission.View)
            .Produces(200, contentType: MediaType).Produces(304).ProducesProblem(400).ProducesProblem(404).ProducesProblem(410).ProducesProblem(503)
            .WithSummary("The map as PNG: counties by open violations with name and number, fires by state, legend, counts, time, scale and source")
            .WithDescription("Of the caller's counties only, or of one of them with its neighbours around it; asKnownAt shows what was known at a moment. The ETag names the place in the log and the minute shown.");

    static async Task<IResult> Draw(
        [AsParameters] PictureQuery query, HttpContext context, ClaimsPrincipal user, AtlasKeeper atlas, CountySummaries summaries, NpgsqlDataSource database,
        PictureStudio studio, TimeProvider clock, CancellationToken cancellation)
    {
        var (asked, fault) = query.Check(clock.GetUtcNow());
        if (asked is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        if (studio.Missing is { } missing)
        {
            return Problems.Of(503, "font-missing", missing);
        }

        var (scope, map) = (user.Scope(), await atlas.FreshAsync());
        if (map.ByCode.Count == 0)
        {
            return Problems.Of(503, "no-counties", "There are no county boundaries to draw.");
        }

        if (asked.County is { } code && !(map.ByCode.ContainsKey(code) && scope.Holds(code)))
        {
            return Problems.NotFound("such county");
        }

        var numbers = asked.AsKnownAt is { } then
            ? await CountyReplay.ReadAsync(database, then, asked.WithoutSimulated, cancellation)
            : await summaries.ReadAsync(asked.WithoutSimulated, cancellation);
        if (numbers is null)
        {
            return Problems.Of(410, "history-forgotten", "The log does not reach back so far any more.");
        }

        var tag = TagOf(numbers, map, scope);
        // Weak: read before the fires are, so the picture may be newer than its tag, never older.
        (context.Response.Headers.ETag, context.Response.Headers.CacheControl) = ("W/" + tag, "private, no-cache");
        return context.Request.Headers.IfNoneMatch.ToString().Contains(tag, StringComparison.Ordinal)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : await AnswerAsync(new(asked, map, numbers, [], scope, asked.AsKnownAt ?? numbers.At), tag, context, database, studio, cancellation);
    }

    static async Task<IResult> AnswerAsync(
        PictureContent content, string tag, HttpContext context, NpgsqlDataSource database, PictureStudio studio, CancellationToken cancellation)
    {
        var (asked, counties) = (content.Asked, content.Asked.County is { } code ? [code] : content.Scope.Codes);
        if (await ShownFires.ReadAsync(database, asked.AsKnownAt, counties, asked.WithoutSimulated, cancellation) is not { } fires)
        {
            return Problems.Of(410, "history-forgotten", "The log does not reach back so far any more.");
        }

        if (await studio.DrawAsync($"{tag}{asked}", MapPicture.BytesOf(asked), (letters, pixels) => MapPicture.Draw(content with { Fires = fires }, letters, pixels), cancellation) is not { } picture)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.Of(503, "pictures-busy", "Too many pictures are being drawn. Try again in some seconds.");
        }

        context.Response.Headers.ContentDisposition = $"inline; filename=\"linfen-{content.At.ToOffset(Beijing.Offset).ToString("yyyy-MM-dd-HHmm", CultureInfo.InvariantCulture)}.png\"";
        return TypedResults.Bytes(picture, MediaType);
    }

    /// <summary>Moves with the log, with the numbers that the clock moves, with names and boundaries, and with the minute that stands on the picture.</summary>
    static string TagOf(CityNumbers numbers, CityAtlas map, Scope scope)
    {
        var counted = numbers.ETag.Length > 0 ? numbers.ETag.Trim('"') : string.Create(CultureInfo.InvariantCulture, $"{numbers.AsOf.Epoch[..8]}-{numbers.AsOf.Seq}");
        return string.Create(CultureInfo.InvariantCulture, $"\"{counted}-{numbers.At.UtcTicks / TimeSpan.TicksPerMinute}-{map.Fingerprint}-{Edition}{scope.Key}\"");
    }
}
