using Linfen.AirMap.Plan.Articles;

namespace Linfen.AirMap.Violations;

/// <summary>The rules of the plan as callers and screens name them.</summary>
static class RuleEndpoints
{
    static readonly RuleList All = new([.. RuleBook.Rules.Select(r => new RuleItem(r.Code, r.Article, r.TitleZh, r.TitleEn, r.SubjectKinds, r.Lead, r.Cooperating))]);

    public static void MapRules(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/rules", () => TypedResults.Ok(All)).WithTags("Violations").WithSummary("All rules of the plan with article, titles, lead and cooperating agencies");

    public sealed record RuleList(IReadOnlyList<RuleItem> Rules);

    /// <param name="Subjects">Kinds of subjects that it judges.</param>
    public sealed record RuleItem(
        string Code, int Article, string TitleZh, string TitleEn, IReadOnlyList<string> Subjects, IReadOnlyList<string> Lead, IReadOnlyList<string> Cooperating);
}
