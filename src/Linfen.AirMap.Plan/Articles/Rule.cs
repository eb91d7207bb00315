namespace Linfen.AirMap.Plan.Articles;

/// <summary>An entry of the <see cref="RuleBook"/>: what a rule is called, what it looks at and who answers for it.</summary>
/// <param name="Code">E.g. <c>A17.HeatRadius</c>.</param>
/// <param name="SubjectKinds">Kinds of subjects that it judges.</param>
/// <param name="Parameters">Every dated parameter that it may apply; the last one is its due time.</param>
/// <param name="ZoneKinds">Every kind of zone that it may ask for.</param>
/// <param name="Lead">牵头部门</param>
/// <param name="Cooperating">配合部门</param>
public sealed record Rule(
    string Code, int Article, string TitleZh, string TitleEn, IReadOnlyList<string> SubjectKinds, IReadOnlyList<string> Parameters,
    IReadOnlyList<ZoneKind> ZoneKinds, IReadOnlyList<string> Lead, IReadOnlyList<string> Cooperating)
{
    /// <summary>Code of the hours from <c>knownAt</c> within which the responsible unit has to act.</summary>
    public string DueHours => Parameters[^1];
}
