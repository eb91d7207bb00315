using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Parameters;

static class ParameterEndpoints
{
    public static void MapParameters(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/parameters", (Law law) => new ParameterList([.. law.Current.All.OrderBy(p => p.Code, StringComparer.Ordinal).Select(p => new ParameterItem(
            p.Code, p.Title, p.Unit, p.Citation, [.. p.Values.Select(v => new ParameterItemValue(v.EffectiveFrom, v.EffectiveTo, v.Value, v.Citation))]))]))
            .WithTags("Parameters").WithSummary("The dated, cited values that the rules apply");

    public sealed record ParameterList(IReadOnlyList<ParameterItem> Parameters);

    public sealed record ParameterItem(string Code, string Title, string Unit, string Citation, IReadOnlyList<ParameterItemValue> Values);

    public sealed record ParameterItemValue(DateOnly From, DateOnly? To, ParameterValue Value, string Citation);
}
