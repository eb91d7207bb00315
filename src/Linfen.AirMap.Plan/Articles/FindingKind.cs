namespace Linfen.AirMap.Plan.Articles;

/// <summary>A kind of finding that people may file.</summary>
/// <param name="Code">E.g. <c>looseCoal</c>.</param>
/// <param name="Article">The article that forbids it in the first place.</param>
/// <param name="Rule">The rule that it offends in the first place; others may apply beside it.</param>
/// <param name="Continuing">It lasts until it is mended; otherwise it is an act, judged by the law of its time.</param>
public sealed record FindingKind(string Code, int Article, string Rule, string TitleZh, string TitleEn, bool Continuing);
