using Linfen.AirMap.Accounts;
using Linfen.AirMap.Plan.Articles;

namespace Linfen.AirMap.Violations;

/// <summary>The rules of the plan as callers and screens name them.</summary>
static class RuleEndpoints
{
    static readonly RuleList All = new([.. RuleBook.Rules.Select(r => new RuleItem(r.Code, r.Article, r.TitleZh, r.TitleEn, r.SubjectKinds, r.Parameters, r.Lead, r.Cooperating))]);

    public static void MapRules(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/rules", () => TypedResults.Ok(All)).WithTags("Violations").Needs(Permission.View).WithSummary("All rules of the plan with article, titles, lead and cooperating agencies");

    public sealed record RuleList(IReadOnlyList<RuleItem> Rules);

    /// <param name="Subjects">Kinds of subjects that it judges.</param>
    /// <param name="Parameters">Codes of the dated values that it applies.</param>
    public sealed record RuleItem(
        string Code, int Article, string TitleZh, string TitleEn, IReadOnlyList<string> Subjects, IReadOnlyList<string> Parameters, IReadOnlyList<string> Lead,
        IReadOnlyList<string> Cooperating);
}
