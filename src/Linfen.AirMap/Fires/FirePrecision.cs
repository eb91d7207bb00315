using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Intake;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Fires;

/// <summary>How often those who report fires are right, by what people found: per kind of source, county and month.</summary>
static class FirePrecision
{
    public static void MapFirePrecision(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/fires/precision", Answer).WithTags("Fires").Needs(Permission.View).Produces<PrecisionList>().ProducesProblem(400)
            .WithSummary("How often reported fires were fires: verdicts per kind of source, county and Beijing month of the first sighting, newest month first; exercises count only with simulated=include or only");

    public sealed record PrecisionList(IReadOnlyList<Precision> Precision);

    /// <param name="SourceKind">What reported it; a fire that several saw counts for each of them.</param>
    /// <param name="Month">yyyy-MM, of the first sighting.</param>
    /// <param name="Fires">All that were to be acted upon; those that a heat source explains only where somebody gave a verdict all the same.</param>
    /// <param name="Real">Confirmed, or found out after it had burnt.</param>
    /// <param name="Refuted">Was none.</param>
    /// <param name="Share">Real among those with a verdict, 0 to 1; null without any.</param>
    /// <param name="Least">Lower end of the 95 % interval of the share (Wilson); of few verdicts it lies far below.</param>
    /// <param name="Most">Upper end.</param>
    public sealed record Precision(string SourceKind, string County, string Month, long Fires, long Real, long Refuted, double? Share, double? Least, double? Most);

    sealed record Row(int Kind, string County, string Month, long Fires, long Real, long Refuted);

    static async Task<IResult> Answer(
        [FromQuery] string? county, [FromQuery] string? simulated, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var (page, fault) = new ListQuery { County = county, Simulated = simulated ?? "exclude" }.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        var own = page.Scope.Codes?.ToArray();
        var rows = await db.Database.SqlQuery<Row>(
            $"""
            SELECT k.kind - 1 AS kind, f.county, to_char(f.first_seen_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, count(*) AS fires,
                count(*) FILTER (WHERE f.verdict IN (0, 1)) AS real, count(*) FILTER (WHERE f.verdict = 2) AS refuted
            FROM airmap.fires f CROSS JOIN LATERAL unnest(f.seen_by) WITH ORDINALITY AS k(seen, kind)
            WHERE k.seen > 0 AND f.status < 5 AND (f.attributed_to IS NULL OR f.verdict IS NOT NULL)
                AND ({page.County}::text IS NULL OR f.county = {page.County}) AND ({own}::text[] IS NULL OR f.county = ANY({own}))
                AND (NOT f.simulated OR NOT {page.WithoutSimulated}) AND (f.simulated OR NOT {page.OnlySimulated})
            GROUP BY 1, 2, 3 ORDER BY 3 DESC, 2, 1
            """).ToListAsync(cancellation);
        return TypedResults.Ok(new PrecisionList(rows.ConvertAll(r =>
        {
            var (share, least, most) = Wilson(r.Real, r.Real + r.Refuted);
            return new Precision(((SourceKind)r.Kind).ToString().ToLowerInvariant(), r.County, r.Month, r.Fires, r.Real, r.Refuted, share, least, most);
        })));
    }

    /// <summary>Share of successes with its 95 % score interval (Wilson 1927).</summary>
    internal static (double? Share, double? Least, double? Most) Wilson(long successes, long trials)
    {
        if (trials == 0)
        {
            return default;
        }

        const double Z = 1.959964;
        var (n, share) = ((double)trials, (double)successes / trials);
        var middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z / (1 + Z * Z / n) * Math.Sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
        return (share, Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
