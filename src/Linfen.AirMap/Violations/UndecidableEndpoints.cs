using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Violations;

/// <summary>Subjects whose rules wait for a fact (待核实): the list of what is to be completed.</summary>
static class UndecidableEndpoints
{
    /// <summary>More rules than any subject has: a page never ends within a subject.</summary>
    const int MostRulesOfASubject = 32;

    static readonly ListColumns<Undecidable> Columns = new(u => u.County, null, u => u.KnownAt, u => u.SubjectId, u => u.Simulated);

    public static void MapUndecidables(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/undecidable", List).WithTags("Violations").Needs(Permission.View).WithSummary("Subjects that a rule cannot judge, with the fact that is missing");

    public sealed record UndecidableList(IReadOnlyList<UndecidableItem> Undecidable, string? Next);

    public sealed record UndecidableItem(string Rule, UndecidableSubject Subject, string? County, string Missing, DateTimeOffset KnownAt, bool Simulated);

    public sealed record UndecidableSubject(string Kind, Guid Id, string Name);

    static async Task<IResult> List(
        [AsParameters] ListQuery query, [FromQuery] string? rule, [FromQuery] string? kind, [FromQuery] Guid? subject, HttpRequest request, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var (page, fault) = query.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        if (!ViolationEndpoints.IsRuleName(rule))
        {
            return Problems.Of(400, "query-invalid", ViolationEndpoints.NoRuleName);
        }

        var rows = Columns.Filter(db.Undecidables.AsNoTracking(), page);
        rows = string.IsNullOrEmpty(rule) ? rows : rows.Where(u => u.Rule == rule);
        rows = string.IsNullOrEmpty(kind) ? rows : rows.Where(u => u.SubjectKind == kind);
        rows = subject is null ? rows : rows.Where(u => u.SubjectId == subject);
        var found = await Columns.Order(rows).ThenBy(u => u.Rule).Take(page.Limit + MostRulesOfASubject)
            .Select(u => new UndecidableItem(u.Rule, new(u.SubjectKind, u.SubjectId, u.SubjectName), u.County, u.Missing, u.KnownAt, u.Simulated))
            .ToListAsync(cancellation);
        var end = EndOfPage(found, page.Limit);
        var next = end < found.Count ? NextLink.After(request, new(found[end - 1].KnownAt, found[end - 1].Subject.Id)) : null;
        return TypedResults.Ok(new UndecidableList(found[..end], next));
    }

    /// <summary>The limit, or where the subject at the limit ends.</summary>
    static int EndOfPage(List<UndecidableItem> found, int limit)
    {
        var end = Math.Min(limit, found.Count);
        while (end < found.Count && found[end].Subject.Id == found[end - 1].Subject.Id && found[end].KnownAt == found[end - 1].KnownAt)
        {
            end++;
        }

        return end;
    }
}
