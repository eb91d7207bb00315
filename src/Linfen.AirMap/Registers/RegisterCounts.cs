using System.Security.Claims;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Subjects;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Registers;

/// <summary>How much each register holds, and how much of it is in breach or waits for a fact.</summary>
static class RegisterCounts
{
    public sealed record CountList(IReadOnlyList<RegisterCount> Counts);

    public sealed record RegisterCount(string Kind, int Entries, int Simulated, int Open, int Undecidable);

    public static async Task<IResult> Answer(RegisterBook book, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation, [FromQuery] string? county = null)
    {
        var (page, fault) = new ListQuery { County = county }.Check(user.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        var own = page.County is null ? page.Scope.Codes : page.Scope.Holds(page.County) ? [page.County] : [];
        var entries = await db.Subjects.AsNoTracking().Where(s => own == null || own.Contains(s.County)).GroupBy(s => s.Kind)
            .Select(g => new { Kind = g.Key, All = g.Count(), Simulated = g.Count(s => s.Simulated) }).ToDictionaryAsync(g => g.Kind, StringComparer.Ordinal, cancellation);
        var open = await db.Violations.AsNoTracking().Where(v => v.ClosedAt == null && (own == null || own.Contains(v.County))).GroupBy(v => v.SubjectKind)
            .Select(g => new { Kind = g.Key, All = g.Count() }).ToDictionaryAsync(g => g.Kind, g => g.All, StringComparer.Ordinal, cancellation);
        var undecidable = await db.Undecidables.AsNoTracking().Where(u => own == null || own.Contains(u.County)).GroupBy(u => u.SubjectKind)
            .Select(g => new { Kind = g.Key, All = g.Count() }).ToDictionaryAsync(g => g.Kind, g => g.All, StringComparer.Ordinal, cancellation);
        return TypedResults.Ok(new CountList([.. book.All.Select(r => new RegisterCount(
            r.Kind, entries.GetValueOrDefault(r.Kind)?.All ?? 0, entries.GetValueOrDefault(r.Kind)?.Simulated ?? 0, open.GetValueOrDefault(r.Kind), undecidable.GetValueOrDefault(r.Kind)))]));
    }
}
