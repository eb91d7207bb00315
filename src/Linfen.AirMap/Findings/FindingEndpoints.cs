using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Registers;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Findings;

/// <summary>Findings of patrols and the public: filed with photos, listed, confirmed or dismissed, rectified.</summary>
static class FindingEndpoints
{
    public static void MapFindings(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/finding-kinds", () => TypedResults.Ok(new FindingKindList([.. FindingKinds.All])))
            .WithTags("Findings").Needs(Permission.View).WithSummary("What can be filed: code, article, rule and titles");
        var findings = app.MapGroup("/api/findings").WithTags("Findings");
        findings.MapGet("/", List).Needs(Permission.View).ProducesProblem(400).WithSummary("Findings, newest change first; from and to ask for the time of finding");
        findings.MapPost("/", (HttpContext context, FindingDesk desk, CancellationToken cancellation) => desk.FileAsync(context, cancellation))
            .Needs(Permission.Report).Accepts<object>("application/json", "multipart/form-data").Produces(201).ProducesProblem(400).ProducesProblem(409).ProducesProblem(413)
            .WithSummary("Files a finding, with photos as a form").WithDescription(
                "JSON, or a form with the part `finding` (JSON) and up to nine parts `photo` (JPEG, PNG, WebP). `id` (the sender's UUID), `kind` (of /api/finding-kinds), `at`, `lon`, `lat`, `crs`, "
                + "`text`, `filedBy` (patrol, public), `accuracyMetres`, `photos` (hashes of photos stored before), `simulated`. The same id with the same content is answered like the first time.");
        findings.MapGet("/{id:guid}", One).Needs(Permission.View).ProducesProblem(404).WithSummary("One finding");
        findings.MapGet("/{id:guid}/captures", FindingCaptures.Answer).Needs(Permission.Verify).Produces<FindingCaptures.CaptureList>().ProducesProblem(404)
            .WithSummary("When and where its photos were taken, as their cameras say");
        findings.MapGet("/{id:guid}/history", History).Needs(Permission.View).ProducesProblem(404).WithSummary("Every version: who changed what, when, from what");
        foreach (var step in FindingStep.All)
        {
            findings.MapPost("/{id:guid}/" + step.Name, (Guid id, HttpContext context, FindingDesk desk, CancellationToken cancellation) => desk.FollowAsync(id, step, context, cancellation))
                .Needs(Permission.Verify).Accepts<object>("application/json", "multipart/form-data").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413)
                .WithSummary($"{step.Title}: the finding becomes {step.To.ToString().ToLowerInvariant()}")
                .WithDescription($"`at`, `reason`, `photos` (hashes), as JSON or as the part `{step.Name}` of a form with parts `photo`. If-Match is honoured. The same again is answered like the first time.");
        }
    }

    public sealed record FindingKindList(IReadOnlyList<FindingKind> Kinds);

    static async Task<IResult> List(
        [AsParameters] ListQuery query, HttpRequest request, AirMapDb db, RegisterBook book, CancellationToken cancellation,
        string? kind = null, string? state = null, string? filedBy = null)
    {
        var (page, fault) = query.Check(request.HttpContext.User.Scope());
        fault ??= Fault(kind, state, filedBy);
        if (page is null || fault is not null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var found = Of(db, kind, state, filedBy);
        found = page.From is null ? found : found.Where(s => s.Since >= page.From);
        found = page.To is null ? found : found.Where(s => s.Since < page.To);
        var (shown, next) = await RegisterFilter.Columns.PageAsync(RegisterFilter.Columns.Filter(found, page with { From = null, To = null }), page, request, cancellation);
        var register = book.Find(FindingRegister.KindName)!;
        return new FeatureCollectionResult(shown.ConvertAll<Action<Utf8JsonWriter>>(s => json => SubjectFeature.Write(json, s, register)), next, asOf);
    }

    static string? Fault(string? kind, string? state, string? filedBy) =>
        kind is not null && FindingKinds.Find(kind) is null ? "kind is one of GET /api/finding-kinds."
        : state is not (null or "filed" or "confirmed" or "rectified" or "dismissed") ? "state is filed, confirmed, rectified or dismissed."
        : filedBy is not (null or "patrol" or "public") ? "filedBy is patrol or public."
        : null;

    static IQueryable<Subject> Of(AirMapDb db, string? kind, string? state, string? filedBy)
    {
        var found = db.Subjects.AsNoTracking().Where(s => s.Kind == FindingRegister.KindName);
        return kind is null && state is null && filedBy is null ? found : db.Subjects.FromSql(
            $"""
            SELECT * FROM airmap.subjects WHERE kind = 'finding' AND ({kind}::text IS NULL OR fields ->> 'kind' = {kind})
                AND ({state}::text IS NULL OR fields ->> 'state' = {state}) AND ({filedBy}::text IS NULL OR fields ->> 'filedBy' = {filedBy})
            """).AsNoTracking();
    }

    static async Task<IResult> One(Guid id, HttpContext context, AirMapDb db, RegisterBook book, CancellationToken cancellation)
    {
        var own = context.User.Scope().Codes;
        var finding = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == FindingRegister.KindName && (own == null || own.Contains(s.County)), cancellation);
        if (finding is null)
        {
            return Problems.NotFound("such finding");
        }

        context.Response.Headers.ETag = RegisterDesk.ETagOf(finding);
        return new FeatureResult(json => SubjectFeature.Write(json, finding, book.Of(finding)));
    }

    static Task<IResult> History(Guid id, ClaimsPrincipal user, AirMapDb db, RegisterBook book, CancellationToken cancellation) =>
        RegisterEndpoints.History(book.Find(FindingRegister.KindName)!, id, user, db, cancellation);
}
