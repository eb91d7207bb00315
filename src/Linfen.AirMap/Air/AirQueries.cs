using System.Globalization;
using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Air;

/// <param name="Next">The values before these; null at the end.</param>
public sealed record StationValues(Guid Station, string Name, string? County, bool Simulated, IReadOnlyList<StationValue> Values, string? Next);

/// <param name="At">Start of the hour or Beijing day.</param>
/// <param name="Replaced">What it said before its corrections, the latest first.</param>
public sealed record StationValue(
    string Factor, string Interval, DateTimeOffset At, double Value, string Unit, bool Valid, DateTimeOffset KnownAt, DateTimeOffset ChangedAt,
    IReadOnlyList<ReplacedValue> Replaced);

public sealed record ReplacedValue(double Value, bool Valid, DateTimeOffset ReplacedAt);

/// <param name="From">First day of the year that the means are of.</param>
public sealed record CityAir(DateOnly From, DateOnly To, IReadOnlyList<AreaAir> Counties);

/// <param name="Latest">The newest hour of each factor: the mean of the stations that have a valid value for it.</param>
public sealed record AreaAir(
    Guid Id, string? Code, string Name, bool DevelopmentZone, double? AnnualMean, int ValidDays, DateOnly? LastDay, string Unit, int Stations, bool Simulated,
    IReadOnlyList<LatestHour> Latest);

public sealed record LatestHour(string Factor, DateTimeOffset At, double Value, string Unit, int Stations);

/// <summary>Reads station values and what was computed from them.</summary>
static class AirQueries
{
    /// <summary>A year of hours of one factor fits.</summary>
    const int MostValues = 10_000;

    public static async Task<IResult> Values(
        Guid id, HttpRequest request, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation, string? factor = null, string? interval = null, string? from = null, string? to = null)
    {
        var wanted = factor is null ? null : AirFactorDescription.Find(factor);
        if ((factor is not null && wanted is null) || (interval is not null && AirFactorDescription.Interval(interval) is null))
        {
            return Problems.Of(400, "query-invalid", $"factor is one of {string.Join(", ", AirFactorDescription.All.Select(f => f.Name))}; interval is hour or day.");
        }

        if (!ListQuery.TryTime(from, out var begin) || !ListQuery.TryTime(to, out var end))
        {
            return Problems.Of(400, "query-invalid", "from and to are RFC 3339 times with an offset.");
        }

        var station = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == StationRegister.StationKindName, cancellation);
        if (station is null || !user.Scope().Holds(station.County))
        {
            return Problems.NotFound("such station");
        }

        var found = db.Set<AirValue>().AsNoTracking().Where(v => v.StationId == id);
        found = wanted is null ? found : found.Where(v => v.Factor == wanted.Factor);
        found = AirFactorDescription.Interval(interval) is { } length ? found.Where(v => v.Interval == length) : found;
        found = begin is null ? found : found.Where(v => v.At >= begin);
        found = end is null ? found : found.Where(v => v.At < end);
        var rows = await found.OrderByDescending(v => v.At).ThenBy(v => v.Factor).ThenBy(v => v.Interval).Take(MostValues + 1).ToListAsync(cancellation);
        // A page ends between two times, so that the next one can begin there.
        var shown = rows.Count <= MostValues ? rows : rows.FindAll(v => v.At > rows[^1].At);
        var replaced = await ReplacedAsync(db, id, shown, cancellation);
        return TypedResults.Ok(new StationValues(
            id, station.Name, station.County, station.Simulated, shown.ConvertAll(v => ToValue(v, replaced)), shown.Count < rows.Count ? Before(request, shown[^1].At) : null));
    }

    static async Task<ILookup<(AirFactor, AirInterval, DateTimeOffset), ReplacedValue>> ReplacedAsync(
        AirMapDb db, Guid station, List<AirValue> shown, CancellationToken cancellation)
    {
        if (shown.Count == 0)
        {
            return Enumerable.Empty<AirCorrection>().ToLookup(c => (c.Factor, c.Interval, c.At), _ => default(ReplacedValue)!);
        }

        var (oldest, newest) = (shown[^1].At, shown[0].At);
        var rows = await db.Set<AirCorrection>().AsNoTracking().Where(c => c.StationId == station && c.At >= oldest && c.At <= newest)
            .OrderByDescending(c => c.ReplacedAt).ToListAsync(cancellation);
        return rows.ToLookup(c => (c.Factor, c.Interval, c.At), c => new ReplacedValue(c.Value, c.Valid, Local(c.ReplacedAt)));
    }

    static StationValue ToValue(AirValue v, ILookup<(AirFactor, AirInterval, DateTimeOffset), ReplacedValue> replaced)
    {
        var factor = AirFactorDescription.Of(v.Factor);
        return new(
            factor.Name, AirFactorDescription.NameOf(v.Interval), Local(v.At), v.Value, factor.Unit, v.Valid, Local(v.KnownAt), Local(v.ChangedAt),
            [.. replaced[(v.Factor, v.Interval, v.At)]]);
    }

    static string Before(HttpRequest request, DateTimeOffset at)
    {
        var query = request.Query.Where(q => q.Key != "to").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return request.Path + QueryString.Create(query).Add("to", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    static DateTimeOffset Local(DateTimeOffset time) => time.ToOffset(Beijing.Offset);

    public static async Task<IResult> Counties(ClaimsPrincipal user, AirMapDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var today = Beijing.DayOf(clock.GetUtcNow());
        var own = user.Scope().Codes;
        var entries = await db.Subjects.AsNoTracking().Where(s => s.Kind == CountyAirRegister.KindName && (own == null || own.Contains(s.County))).OrderBy(s => s.Code).ThenBy(s => s.Name).ThenBy(s => s.Simulated)
            .ToListAsync(cancellation);
        var parks = entries.Where(IsZone).ToDictionary(e => Guid.ParseExact(e.Key["park:".Length..], "N"));
        var stations = await db.Database.SqlQueryRaw<StationHour>(LatestHours).Where(h => own == null || own.Contains(h.County)).ToListAsync(cancellation);
        return TypedResults.Ok(new CityAir(today.AddDays(1 - AnnualMean.Days), today, entries.ConvertAll(e => ToArea(
            e, IsZone(e) ? stations.FindAll(h => h.ParentId is { } park && parks.GetValueOrDefault(park) == e) : stations.FindAll(h => h.County == e.County && h.Simulated == e.Simulated)))));
    }

    static bool IsZone(Subject entry) => entry.Fields.Flag("developmentZone") == true;

    static AreaAir ToArea(Subject entry, List<StationHour> stations)
    {
        var latest = stations.Where(h => h.Factor is not null).GroupBy(h => (AirFactor)h.Factor!.Value).OrderBy(g => g.Key).Select(g =>
        {
            var newest = g.Where(h => h.At == g.Max(o => o.At)).ToList();
            var factor = AirFactorDescription.Of(g.Key);
            return new LatestHour(factor.Name, Local(newest[0].At!.Value), Math.Round(newest.Average(h => h.Value!.Value), 3), factor.Unit, newest.Count);
        });
        return new(
            entry.Id, entry.Code, entry.Name, IsZone(entry), (double?)entry.Fields.Number("annualMean"), entry.Fields.Integer("validDays") ?? 0, entry.Fields.Day("lastDay"),
            AirFactorDescription.Micrograms, stations.Select(h => h.Station).Distinct().Count(), entry.Simulated, [.. latest]);
    }

    /// <summary>A station with the newest valid hour of a factor; without any value once, with nulls.</summary>
    sealed record StationHour(Guid Station, Guid? ParentId, string? County, bool Simulated, short? Factor, DateTimeOffset? At, double? Value);

    /// <summary>One step into the key's index per station and factor, however many years there are.</summary>
    const string LatestHours =
        """
        SELECT s.id AS station, s.parent_id, s.county::text AS county, s.simulated, v.factor, v.at, v.value
        FROM airmap.subjects s
        LEFT JOIN LATERAL (
            SELECT l.* FROM generate_series(1, 6) AS f(factor)
            CROSS JOIN LATERAL (
                SELECT a.factor, a.at, a.value FROM airmap.air_values a
                WHERE a.station_id = s.id AND a.factor = f.factor::smallint AND a.interval = 1 AND a.valid ORDER BY a.at DESC LIMIT 1) l) v ON true
        WHERE s.kind = 'station'
        """;
}
