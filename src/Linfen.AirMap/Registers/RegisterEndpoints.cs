using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Rulings;
using Linfen.AirMap.Subjects;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Registers;

/// <summary>The same interface for every register: list, read, add, change, delete, history. Fields come from the register's description.</summary>
static class RegisterEndpoints
{
    public static void MapRegisters(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/registers", (RegisterBook book) => TypedResults.Ok(RegisterDescription.Of(book)))
            .WithTags("Registers").Needs(Permission.View).WithSummary("All registers with their fields, units and choices, as forms and imports use them");
        app.MapGet("/api/registers/counts", RegisterCounts.Answer)
            .WithTags("Registers").Needs(Permission.View).Produces<RegisterCounts.CountList>().ProducesProblem(400).WithSummary("Entries, open violations and undecidables of every register; county= for one county");
        foreach (var register in app.ServiceProvider.GetRequiredService<RegisterBook>().All.Where(r => r.Path.Length > 0))
        {
            Map(app, register);
        }
    }

    static void Map(IEndpointRouteBuilder app, Register register)
    {
        var group = app.MapGroup("/api/" + register.Path).WithTags(register.TitleEn);
        MapCollection(group, register, null);
        group.MapFiles(register);
        group.MapGet("/{id:guid}", (Guid id, HttpContext context, AirMapDb db, CancellationToken cancellation) => One(register, id, context, db, cancellation))
            .Needs(Permission.View).WithSummary($"One entry of {register.TitleEn} ({register.Title}); its ETag is needed to change it");
        group.MapPut("/{id:guid}", (Guid id, HttpContext context, RegisterDesk desk, CancellationToken cancellation) => desk.PutAsync(register, id, context, cancellation))
            .Needs(Permission.EditRegisters).Accepts<object>("application/json", "application/geo+json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428)
            .WithSummary("Replaces the entry; If-Match names the version that the caller saw").WithDescription(RegisterDescription.Table(register));
        group.MapDelete("/{id:guid}", (Guid id, HttpContext context, RegisterDesk desk, CancellationToken cancellation) => desk.DeleteAsync(register, id, context, cancellation))
            .Needs(Permission.EditRegisters).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428).WithSummary("Deletes the entry; its history and closed violations stay");
        group.MapGet("/{id:guid}/history", (Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation) => History(register, id, user, db, cancellation))
            .Needs(Permission.View).WithSummary("Every version: who changed what, when, from what");
        var children = app.ServiceProvider.GetRequiredService<RegisterBook>().All.Where(r => r.ParentKind == register.Kind);
        foreach (var child in children)
        {
            MapCollection(group.MapGroup($"/{{parent:guid}}/{child.Path.Split('/')[^1]}"), child, register);
        }
    }

    /// <param name="of">Below an entry of this register (<c>/api/sites/{id}/machines</c>); null for the register's own address.</param>
    static void MapCollection(RouteGroupBuilder group, Register register, Register? of)
    {
        group.MapGet("/", ([AsParameters] ListQuery query, [FromQuery(Name = "q")] string? text, HttpRequest request, AirMapDb db, CancellationToken cancellation, Guid? parent = null) =>
                List(register, query, text, parent, request, db, cancellation))
            .Needs(Permission.View).WithSummary(of is null ? $"{register.TitleEn} ({register.Title}), newest change first" : $"{register.TitleEn} of one entry of {of.TitleEn}");
        group.MapPost("/", (HttpContext context, RegisterDesk desk, CancellationToken cancellation, Guid? parent = null) => desk.PostAsync(register, parent, context, cancellation))
            .Needs(Permission.EditRegisters).Accepts<object>("application/json", "application/geo+json").ProducesProblem(400).ProducesProblem(409)
            .WithSummary($"Adds to {register.TitleEn}").WithDescription(RegisterDescription.Table(register));
    }

    static async Task<IResult> List(
        Register register, ListQuery query, string? text, Guid? parent, HttpRequest request, AirMapDb db, CancellationToken cancellation)
    {
        var (page, fault) = query.Check(request.HttpContext.User.Scope());
        if (page is null)
        {
            return Problems.Of(400, "query-invalid", fault!);
        }

        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var (shown, next) = await RegisterFilter.Columns.PageAsync(new RegisterFilter(page, text, parent).Apply(db.Subjects, register), page, request, cancellation);
        return new FeatureCollectionResult(shown.ConvertAll<Action<Utf8JsonWriter>>(s => json => SubjectFeature.Write(json, s, register)), next, asOf);
    }

    static async Task<IResult> One(Register register, Guid id, HttpContext context, AirMapDb db, CancellationToken cancellation)
    {
        var own = context.User.Scope().Codes;
        var subject = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == register.Kind && (own == null || own.Contains(s.County)), cancellation);
        if (subject is null)
        {
            return Problems.NotFound($"such entry in {register.TitleEn}");
        }

        context.Response.Headers.ETag = RegisterDesk.ETagOf(subject);
        return new FeatureResult(json => SubjectFeature.Write(json, subject, register));
    }

    public sealed record HistoryList(IReadOnlyList<HistoryItem> Versions);

    public sealed record HistoryItem(int Version, DateTimeOffset At, string Action, string By, JsonElement Data);

    /// <summary>Where it lies, or lay when it was deleted; versions tell it in their own words.</summary>
    static string? CountyOf(SubjectVersion version)
    {
        using var told = JsonDocument.Parse(version.Data);
        return told.RootElement.GetProperty("properties").GetProperty("county").GetString();
    }

    internal static async Task<IResult> History(Register register, Guid id, ClaimsPrincipal user, AirMapDb db, CancellationToken cancellation)
    {
        var rows = await db.SubjectVersions.AsNoTracking().Where(v => v.SubjectId == id && v.Kind == register.Kind)
            .OrderByDescending(v => v.Version).Take(ListQuery.MostPerPage).ToListAsync(cancellation);
        return rows.Count == 0 || !user.Scope().Holds(CountyOf(rows[0]))
            ? Problems.NotFound($"such entry in {register.TitleEn}, nor was there one")
            : TypedResults.Ok(new HistoryList([.. rows.Select(v => new HistoryItem(
                v.Version, v.At.ToOffset(Plan.Beijing.Offset), v.Action, v.ChangedBy, JsonSerializer.Deserialize<JsonElement>(v.Data)))]));
    }
}
