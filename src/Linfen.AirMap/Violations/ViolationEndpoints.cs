using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Violations;

static class ViolationEndpoints
{
    static readonly ListColumns<Violation> Columns = new(v => v.County, v => v.Position, v => v.OpenedAt, v => v.Id, v => v.Simulated);

    internal const string NoRuleName = "rule is a name such as A36.OpenBurning.";

    public static void MapViolations(this IEndpointRouteBuilder app)
    {
        var violations = app.MapGroup("/api/violations").WithTags("Violations").Needs(Permission.View);
        violations.MapGet("", List).WithSummary("Violations, newest first; at= answers for any moment in the world, asKnownAt= what was known at a moment, by the log (410 where it does not reach back so far)");
        violations.MapGet("/{id:guid}", One).WithSummary("One violation");
        violations.MapViolationTrend();
        app.MapUndecidables();
    }

    /// <summary>The filters of the list beside the common ones.</summary>
    public sealed record ViolationQuery
    {
        [FromQuery(Name = "rule")]
        public string? Rule { get; init; }

        [FromQuery(Name = "severity")]
        public string? Severity { get; init; }

        [FromQuery(Name = "status")]
        public string? Status { get; init; }

        [FromQuery(Name = "at")]
        public string? At { get; init; }

        /// <summary>What was known at this moment, whatever was learned later. Not together with <see cref="At"/>.</summary>
        [FromQuery(Name = "asKnownAt")]
        public string? AsKnownAt { get; init; }

        /// <summary>Id of what is judged.</summary>
        [FromQuery(Name = "subject")]
        public Guid? Subject { get; init; }

        [FromQuery(Name = "article")]
        public int? Article { get; init; }

        /// <summary>Open and past their due time, now.</summary>
        [FromQuery(Name = "overdue")]
        public bool? Overdue { get; init; }
    }

    static async Task<IResult> List(
        [AsParameters] ListQuery query, [AsParameters] ViolationQuery own, HttpRequest request, ClaimsPrincipal user, AirMapDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var (page, fault) = query.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        if (!IsRuleName(own.Rule))
        {
            return Problems.Of(400, "query-invalid", NoRuleName);
        }

        if (own.Status is not (null or "" or "open" or "closed"))
        {
            return Problems.Of(400, "query-invalid", "status is open or closed.");
        }

        Severity severity = default;
        if (own.Severity is { Length: > 0 } && !Told.TryName(own.Severity, out severity))
        {
            return Problems.Of(400, "query-invalid", "severity is ordinary, serious or critical.");
        }

        if (!ListQuery.TryTime(own.At, out var at))
        {
            return Problems.Of(400, "query-invalid", "at is an RFC 3339 time with an offset.");
        }

        if (!ListQuery.TryTime(own.AsKnownAt, out var moment) || (moment is not null && at is not null))
        {
            return Problems.Of(400, "query-invalid", "asKnownAt is an RFC 3339 time with an offset, and at is absent then.");
        }

        if ((own.Overdue is not null && at is not null) || (moment is not null && (own.Article is not null || own.Overdue is not null)))
        {
            return Problems.Of(400, "query-invalid", "overdue asks about now, and article about no moment that was known.");
        }

        if (moment is { } then)
        {
            return await ViolationReplay.PageAsync(
                then, Columns, page, NullIfEmpty(own.Status), NullIfEmpty(own.Rule), own.Severity is { Length: > 0 } ? severity : null, own.Subject, request, db, cancellation) is { } replayed
                ? replayed
                : Problems.Of(410, "history-forgotten", "The log does not reach back so far any more.");
        }

        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var found = Columns.Filter(db.Violations.AsNoTracking(), page);
        found = own.Rule is { Length: > 0 } rule ? found.Where(v => v.Rule == rule) : found;
        found = own.Severity is { Length: > 0 } ? found.Where(v => v.Severity == severity) : found;
        found = own.Subject is null ? found : found.Where(v => v.SubjectId == own.Subject);
        found = own.Article is null ? found : found.Where(v => v.Article == own.Article);
        found = Due(found, own.Overdue, clock.GetUtcNow());
        var (shown, next) = await Columns.PageAsync(At(found, own.Status, at), page, request, cancellation);
        return new FeatureCollectionResult(shown.ConvertAll<Action<System.Text.Json.Utf8JsonWriter>>(v => json => ViolationFeature.Write(json, v, at)), next, asOf);
    }

    static IQueryable<Violation> Due(IQueryable<Violation> violations, bool? overdue, DateTimeOffset now) => overdue switch
    {
        true => violations.Where(v => v.ClosedAt == null && v.DueAt < now),
        false => violations.Where(v => v.ClosedAt != null || v.DueAt >= now),
        null => violations,
    };

    static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Open or closed now, or as it was at a moment in the world.</summary>
    static IQueryable<Violation> At(IQueryable<Violation> violations, string? status, DateTimeOffset? at) => (status, at) switch
    {
        ("open", null) => violations.Where(v => v.ClosedAt == null),
        ("closed", null) => violations.Where(v => v.ClosedAt != null),
        ("closed", { } moment) => violations.Where(v => v.OpenedAt <= moment && v.ClosedAt <= moment),
        (_, { } moment) => violations.Where(v => v.OpenedAt <= moment && (v.ClosedAt == null || v.ClosedAt > moment)),
        _ => violations,
    };

    /// <summary>Letters, digits and points; absent is fine.</summary>
    internal static bool IsRuleName(string? rule) => string.IsNullOrEmpty(rule) || rule.All(c => char.IsAsciiLetterOrDigit(c) || c == '.');

    static async Task<IResult> One(Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var own = user.Scope().Codes;
        var violation = await db.Violations.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && (own == null || own.Contains(v.County)), cancellation);
        return violation is null ? Problems.NotFound("such violation") : new FeatureResult(json => ViolationFeature.Write(json, violation));
    }
}
