using System.Security.Claims;
using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Zones;

static class ZoneEndpoints
{
    const string DraftFields =
        """
        A flat object with `geometry`, or a GeoJSON Feature. Fields: `kind` * (see `/api/zone-kinds`), `name` *, `geometry` * (Polygon or MultiPolygon), `crs` (default CGCS2000),
        `authority` (管委会, of an industrial park), `minimumStage` (of a control zone of non-road machinery), `note`, `simulated`, `id` (a UUID of the caller's own).
        """;

    public static void AddZones(this IServiceCollection services)
    {
        services.AddOptions<ZoneOptions>().BindConfiguration("Airmap:Zones").ValidateOnStart();
        services.AddSingleton<ZoneMeasures>();
        services.AddSingleton<ZoneImport>();
        services.AddScoped<ZoneDesk>();
        services.AddScoped<ZoneSurvey>();
        services.AddScoped<ZoneImpact>();
    }

    public static void MapZones(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/zone-kinds", () => TypedResults.Ok(new ZoneKindList(ZoneKinds.All)))
            .WithTags("Zones").Needs(Permission.View).WithSummary("The kinds of zones with their articles and the rules that ask for them");
        var zones = app.MapGroup("/api/zones").WithTags("Zones");
        zones.MapGet("", List).Open("Zones in force are public; drafts are not.").WithSummary("Zones in force today, or on the day of at=; heat-supply radii are derived");
        zones.MapGet("/{id:guid}", One).Needs(Permission.View).WithSummary("The latest version of a zone, or the one of version=; its ETag is needed to change it");
        zones.MapGet("/{id:guid}/versions", Versions).Needs(Permission.View).WithSummary("All versions of a zone, newest first");
        zones.MapPost("", (HttpContext context, ZoneDesk desk, CancellationToken cancellation) => desk.PostAsync(context, cancellation))
            .Needs(Permission.DrawZones).Accepts<object>("application/json", "application/geo+json").ProducesProblem(400).ProducesProblem(409).WithSummary("Draws a zone; a draft holds nowhere").WithDescription(DraftFields);
        zones.MapPut("/{id:guid}", (Guid id, HttpContext context, ZoneDesk desk, CancellationToken cancellation) => desk.PutAsync(id, context, cancellation))
            .Needs(Permission.DrawZones).Accepts<object>("application/json", "application/geo+json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428)
            .WithSummary("Redraws a draft; what was published gets a new draft version").WithDescription(DraftFields);
        zones.MapDelete("/{id:guid}", (Guid id, HttpContext context, ZoneDesk desk) => desk.DeleteAsync(id, context))
            .Needs(Permission.DrawZones).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428).WithSummary("Deletes a draft; what was published is retired instead");
        zones.MapPost("/{id:guid}/validate", (Guid id, ClaimsPrincipal user, ZoneSurvey survey, CancellationToken cancellation) => survey.AnswerAsync(id, user.Scope(), cancellation))
            .Needs(Permission.ReadDrafts).ProducesProblem(404).WithSummary("Faults and warnings of the latest version: overlaps, parts outside the city, slivers");
        zones.MapPost("/{id:guid}/impact", (Guid id, HttpContext context, ZoneImpact impact, CancellationToken cancellation) => WithBody(context, body => impact.AnswerAsync(id, body, context.User.Scope(), cancellation), cancellation))
            .Needs(Permission.ReadDrafts).Accepts<object>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .WithSummary("What would open and close if the draft were published {effectiveFrom, effectiveTo?}; nothing is written");
        zones.MapPost("/{id:guid}/publish", (Guid id, HttpContext context, ZoneDesk desk, CancellationToken cancellation) => WithBody(context, body => desk.PublishAsync(id, body, context, cancellation), cancellation))
            .Needs(Permission.PublishZones).Accepts<object>("application/json").Produces<ZoneDesk.Effect>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428)
            .WithSummary("Puts the draft in force {documentNumber, effectiveFrom, effectiveTo?, reason?}; the version before ends the day before");
        zones.MapPost("/{id:guid}/retire", (Guid id, HttpContext context, ZoneDesk desk, CancellationToken cancellation) => WithBody(context, body => desk.RetireAsync(id, body, context, cancellation), cancellation))
            .Needs(Permission.PublishZones).Accepts<object>("application/json").Produces<ZoneDesk.Effect>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428)
            .WithSummary("Takes a zone out of force {lastDay?, reason?}; without lastDay from today 00:00 on");
        zones.MapZoneFiles();
    }

    public sealed record ZoneKindList(IReadOnlyList<ZoneKindEntry> Kinds);

    /// <summary>The body as JSON; an empty one is an empty object.</summary>
    static async Task<IResult> WithBody(HttpContext context, Func<JsonElement, Task<IResult>> answer, CancellationToken cancellation)
    {
        try
        {
            using var reader = new StreamReader(context.Request.Body);
            var text = await reader.ReadToEndAsync(cancellation);
            using var body = JsonDocument.Parse(string.IsNullOrWhiteSpace(text) ? "{}" : text);
            return body.RootElement.ValueKind == JsonValueKind.Object ? await answer(body.RootElement) : Problems.Invalid(["the body is a JSON object"]);
        }
        catch (JsonException e)
        {
            return Problems.Of(400, "not-json", $"The body is no JSON: {e.Message}");
        }
    }

    static async Task<IResult> List(
        [AsParameters] ListQuery query, [AsParameters] ZoneQuery own, HttpRequest request, AirMapDb db, AtlasKeeper keeper, ZoneMeasures measures, TimeProvider clock, CancellationToken cancellation)
    {
        var (filter, fault) = ZoneFilter.Check(query, own, Beijing.DayOf(clock.GetUtcNow()));
        if (filter is { IsOfLaw: false } && !request.HttpContext.User.May(Permission.View))
        {
            return Problems.Of(401, "sign-in-required", "Zones in force are public; for the others sign in.");
        }

        filter = filter?.SeenBy(request.HttpContext.User);
        return filter is null ? Problems.Of(400, "query-invalid", fault!) : await PageAsync(filter, request, db, keeper, measures, clock, cancellation);
    }

    /// <summary>First what is stored, newest change first, then what is derived.</summary>
    internal static async Task<IResult> PageAsync(
        ZoneFilter filter, HttpRequest request, AirMapDb db, AtlasKeeper keeper, ZoneMeasures measures, TimeProvider clock, CancellationToken cancellation,
        ZoneProjection? projection = null)
    {
        var asOf = await LogPosition.ReadAsync(db, cancellation);
        Action<Utf8JsonWriter>? mark = projection is null ? null : projection.WriteTo;
        await keeper.FreshAsync();
        var rules = keeper.Rulebase;
        var county = filter.Page.County is { } code ? rules.Atlas.ByCode.GetValueOrDefault(code) : null;
        if (filter.Page.County is not null && county is null)
        {
            return new FeatureCollectionResult([], null, asOf, mark);
        }

        var limit = filter.Page.Limit;
        var rows = filter.WithDrawn && filter.DerivedAfter == 0
            ? await filter.Apply(db.ZoneVersions.AsNoTracking(), county?.Boundary).Take(limit + 1).ToListAsync(cancellation)
            : [];
        var features = rows.Take(limit).Select<ZoneVersion, Action<Utf8JsonWriter>>(z => json => ZoneFeature.Write(json, z, measures.Of(z), projection)).ToList();
        if (rows.Count > limit)
        {
            return new FeatureCollectionResult(features, Next(request, ZoneFilter.CursorAfter(rows[limit - 1])), asOf, mark);
        }

        var circles = filter.WithDerived ? Circles(filter, rules, filter.Day ?? Beijing.DayOf(clock.GetUtcNow()), measures) : [];
        var shown = circles.Skip(filter.DerivedAfter).Take(limit - features.Count).ToList();
        features.AddRange(shown.Select<HeatCircle, Action<Utf8JsonWriter>>(c => json => c.Write(json, measures)));
        var told = filter.DerivedAfter + shown.Count;
        // With nothing told yet the next page begins with the first of them, which the last stored row names.
        var next = told >= circles.Count ? null : told > 0 ? ZoneFilter.CursorAfterDerived(told) : ZoneFilter.CursorAfter(rows[^1]);
        return new FeatureCollectionResult(features, next is null ? null : Next(request, next), asOf, mark);
    }

    static List<HeatCircle> Circles(ZoneFilter filter, Rulebase rules, DateOnly day, ZoneMeasures measures) =>
    [
        .. HeatCircle.On(day, rules.Atlas.Regulation, rules.Law).Where(c =>
            (filter.Page.Box is not { } box || c.Shape.Intersects(box))
            && (filter.Page.County is not { } county || measures.CountiesOf(c.Shape).Contains(county, StringComparer.Ordinal))
            && (c.Plant.Simulated ? !filter.Page.WithoutSimulated : !filter.Page.OnlySimulated)),
    ];

    static string Next(HttpRequest request, string cursor)
    {
        var query = request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value));
        return request.Path + QueryString.Create(query).Add("cursor", cursor);
    }

    static async Task<IResult> One(Guid id, HttpContext context, AirMapDb db, ZoneMeasures measures, CancellationToken cancellation, [FromQuery] int? version = null)
    {
        var zone = await db.ZoneVersions.AsNoTracking().Where(z => z.Id == id && (version == null || z.Version == version)).OrderByDescending(z => z.Version).FirstOrDefaultAsync(cancellation);
        if (zone is null || !ZoneSight.Sees(context.User, zone, measures))
        {
            return Problems.NotFound("such zone");
        }

        context.Response.Headers.ETag = zone.ETag;
        return new FeatureResult(json => ZoneFeature.Write(json, zone, measures.Of(zone)));
    }

    static async Task<IResult> Versions(Guid id, ClaimsPrincipal user, AirMapDb db, ZoneMeasures measures, CancellationToken cancellation)
    {
        var asOf = await LogPosition.ReadAsync(db, cancellation);
        var rows = await db.ZoneVersions.AsNoTracking().Where(z => z.Id == id).OrderByDescending(z => z.Version).ToListAsync(cancellation);
        rows.RemoveAll(z => !ZoneSight.Sees(user, z, measures));
        return rows.Count == 0
            ? Problems.NotFound("such zone")
            : new FeatureCollectionResult(rows.ConvertAll<Action<Utf8JsonWriter>>(z => json => ZoneFeature.Write(json, z, measures.Of(z))), null, asOf);
    }
}
