using System.Text.Json;
using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Parameters;

static class ParameterEndpoints
{
    public static void MapParameters(this IEndpointRouteBuilder app)
    {
        var parameters = app.MapGroup("/api/parameters").WithTags("Parameters");
        parameters.MapGet("", List).Needs(Permission.View).WithSummary("The dated, cited values that the rules apply");
        parameters.MapGet("/{code}", One).Needs(Permission.View).ProducesProblem(404).WithSummary("One parameter with all its values; its ETag is needed to change it");
        parameters.MapPost("", (HttpContext context, ParameterDesk desk, CancellationToken cancellation) => desk.PostAsync(context, cancellation))
            .Needs(Permission.SetParameters).Accepts<object>("application/json").ProducesProblem(400).ProducesProblem(409)
            .WithSummary("Adds a dated value {code, effectiveFrom, effectiveTo?, value, citation, reason?}; what it supersedes stays law for its days; If-Match is compared where it is sent");
        parameters.MapPut("/{code}/{effectiveFrom}", (string code, string effectiveFrom, HttpContext context, ParameterDesk desk, CancellationToken cancellation) => desk.PutAsync(code, effectiveFrom, context, cancellation))
            .Needs(Permission.SetParameters).Accepts<object>("application/json").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428)
            .WithSummary("Replaces a value that is not in force yet, or puts one right that came into force today {value, citation, effectiveTo?, reason?}; a correction needs a reason and decides anew, decisions that were made stay as they were recorded");
        parameters.MapDelete("/{code}/{effectiveFrom}", (string code, string effectiveFrom, HttpContext context, ParameterDesk desk, CancellationToken cancellation) => desk.DeleteAsync(code, effectiveFrom, context, cancellation))
            .Needs(Permission.SetParameters).ProducesProblem(404).ProducesProblem(409).ProducesProblem(428).WithSummary("Deletes a value that is not in force yet");
    }

    public static void AddParameters(this IServiceCollection services) => services.AddScoped<ParameterDesk>();

    static async Task<IResult> List(AtlasKeeper keeper, HttpContext context)
    {
        await keeper.FreshAsync();
        context.Response.Headers.ETag = ParameterItem.TagOf(keeper.Law);
        return TypedResults.Ok(ParameterList.Of(keeper.Law));
    }

    static async Task<IResult> One(string code, AtlasKeeper keeper, HttpContext context)
    {
        await keeper.FreshAsync();
        if (keeper.Law.Find(code) is not { } parameter)
        {
            return Problems.NotFound("such parameter");
        }

        context.Response.Headers.ETag = ParameterItem.TagOf(parameter);
        return TypedResults.Ok(ParameterItem.Of(parameter));
    }
}

public sealed record ParameterList(IReadOnlyList<ParameterItem> Parameters)
{
    public static ParameterList Of(ParameterSet law) => new([.. law.All.OrderBy(p => p.Code, StringComparer.Ordinal).Select(ParameterItem.Of)]);
}

public sealed record ParameterItemValue(DateOnly From, DateOnly? To, ParameterValue Value, string Citation);

/// <summary>A parameter as the interface tells it.</summary>
public sealed record ParameterItem(string Code, string Title, string Unit, string Citation, IReadOnlyList<ParameterItemValue> Values)
{
    internal static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ParameterItem Of(DatedParameter p) =>
        new(p.Code, p.Title, p.Unit, p.Citation, [.. p.Values.Select(v => new ParameterItemValue(v.EffectiveFrom, v.EffectiveTo, v.Value, v.Citation))]);

    public string ToText() => JsonSerializer.Serialize(this, Readable);

    /// <summary>The same for the same values, in every process.</summary>
    public static string TagOf(DatedParameter parameter) => Tag(Of(parameter).ToText());

    public static string TagOf(ParameterSet law) => Tag(JsonSerializer.Serialize(ParameterList.Of(law), Readable));

    static string Tag(string text) => $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..16]}\"";
}
