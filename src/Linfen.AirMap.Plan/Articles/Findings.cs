using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Plan.Articles;

/// <summary>What all findings have in common before a rule: their state, and the moment whose law applies.</summary>
static class Findings
{
    public static Hearing Open(Rule rule, FindingFacts facts, DateTimeOffset at, ParameterSet law)
    {
        // An act is judged by the law of its time; a state that lasts by the law of the moment that is asked about.
        var continuing = FindingKinds.Find(facts.Kind)?.Continuing ?? false;
        var hearing = new Hearing(rule, continuing || at < facts.At ? at : facts.At, law);
        hearing.Require(facts.State != FindingState.Rectified, "rectified", "state");
        hearing.Require(facts.State != FindingState.Dismissed, "dismissed", "state");
        hearing.Require(facts.Patrol || facts.State != FindingState.Filed ? true : null, "", "confirmation");
        return hearing;
    }

    /// <summary>A violation wherever it is found.</summary>
    public static Decision DecideAnywhere(Rule rule, Severity severity, FindingFacts facts, DateTimeOffset at, ParameterSet law) =>
        Open(rule, facts, at, law).Decide(facts.Place, severity, () => Told(facts));

    /// <summary>A violation inside a zone of the kind.</summary>
    public static Decision DecideInZone(Rule rule, ZoneKind kind, Severity severity, FindingFacts facts, DateTimeOffset at, ParameterSet law)
    {
        var hearing = Open(rule, facts, at, law);
        var zone = hearing.RequireZone(facts.Place, kind);
        return hearing.Decide(facts.Place, severity, () => Told(facts), zone);
    }

    public static Fact[] Told(FindingFacts facts) =>
    [
        new("kind", facts.Kind), new("foundAt", facts.At), new("filedBy", facts.Patrol ? "patrol" : "public"), new("state", Words.Value<FindingState>(facts.State)),
    ];
}
