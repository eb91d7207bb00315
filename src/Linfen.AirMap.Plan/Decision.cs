using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan;

public enum Severity
{
    Ordinary,
    Serious,
    Critical,
}

/// <summary>One fact that a decision rests on; the value is a string, number, boolean, time or list, ready for JSON.</summary>
public readonly record struct Fact(string Name, object? Value);

/// <summary>What a rule says about a subject. It is stored as evidence and never edited.</summary>
/// <param name="Rule">The rule's code, e.g. <c>A36.OpenBurning</c>.</param>
/// <param name="Article">The article of the plan.</param>
public abstract record Decision(string Rule, int Article)
{
    public sealed record Violation(string Rule, int Article) : Decision(Rule, Article)
    {
        public required Severity Severity { get; init; }

        /// <summary>In the order in which an official would tell them.</summary>
        public required IReadOnlyList<Fact> Facts { get; init; }

        /// <summary>The dated values that were applied, each with its citation.</summary>
        public required IReadOnlyList<AppliedParameter> Parameters { get; init; }

        /// <summary>牵头部门</summary>
        public required IReadOnlyList<string> Lead { get; init; }

        /// <summary>配合部门; empty where the article names none.</summary>
        public required IReadOnlyList<string> Cooperating { get; init; }

        /// <summary>The zone that made it a violation.</summary>
        public ZoneFact? Zone { get; init; }

        /// <summary>Counted from <c>knownAt</c>.</summary>
        public required TimeSpan DueAfter { get; init; }
    }

    /// <param name="Reason">A stable kebab-case word: why there is no violation, or why an open one ends.</param>
    public sealed record Compliant(string Rule, int Article, string Reason) : Decision(Rule, Article);

    /// <param name="MissingFact">
    /// The first fact that is missing: a kebab-case word, or the code of the parameter that has no value on that day.
    /// </param>
    public sealed record Undecidable(string Rule, int Article, string MissingFact) : Decision(Rule, Article);
}
