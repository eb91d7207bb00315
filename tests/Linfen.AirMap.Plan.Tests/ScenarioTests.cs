using Linfen.AirMap.Plan.Articles;
using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class ScenarioTests
{
    /// <summary>Facts that are reports of something seen, or that say how much more there is: without them there is less against a subject.</summary>
    private static readonly string[] Reports = ["plants", "blackSmoke", "cameBack", "exceededBefore", "developmentZone", "lastSeen"];

    /// <summary>Without these there is no subject at all.</summary>
    private static readonly string[] Identities = ["factor", "seen", "at", "installedAt"];

    public static IEnumerable<TheoryDataRow<int>> Cases() => Rows(_ => true);

    public static IEnumerable<TheoryDataRow<int>> Violations() => Rows(found => found.Scenario.Expect.Decision == "violation");

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_scenario_holds(int index)
    {
        var found = ScenarioFiles.All[index];

        var decision = found.Decide();

        var differences = ScenarioFiles.Differences(found.Scenario.Expect, decision);
        Assert.True(differences.Count == 0, $"{found.Title}\n  " + string.Join("\n  ", differences));
        Assert.Equal(RuleBook.Find(found.File.Rule)?.Article, decision.Article);
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public void A_violation_keeps_to_its_entry_in_the_rule_book(int index)
    {
        var found = ScenarioFiles.All[index];
        var rule = RuleBook.Find(found.File.Rule)!;

        var violation = Assert.IsType<Decision.Violation>(found.Decide());

        Assert.Contains(found.File.Subject, rule.SubjectKinds, StringComparer.Ordinal);
        Assert.All(violation.Parameters, applied => Assert.Contains(applied.Code, rule.Parameters, StringComparer.Ordinal));
        Assert.Equal(rule.DueHours, violation.Parameters[^1].Code);
        Assert.All(violation.Parameters, applied => Assert.NotEmpty(applied.Citation));
        Assert.True(violation.Zone is null || rule.ZoneKinds.Contains(violation.Zone.Kind));
        Assert.Equal(rule.Lead, violation.Lead);
        Assert.Equal(rule.Cooperating, violation.Cooperating);
        Assert.Contains(violation.Facts, fact => fact is { Name: "county", Value: string });
        Assert.Equal(violation.Facts.Count, violation.Facts.Select(fact => fact.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.True(violation.DueAfter > TimeSpan.Zero);
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public void Without_a_parameter_that_was_applied_the_code_is_what_is_missing(int index)
    {
        var found = ScenarioFiles.All[index];
        var law = found.Scenario.Law;

        foreach (var applied in Assert.IsType<Decision.Violation>(found.Decide()).Parameters)
        {
            var decision = found.Decide(found.Facts, found.At, new(law.All.Where(parameter => parameter.Code != applied.Code)));

            Assert.Equal(applied.Code, Assert.IsType<Decision.Undecidable>(decision).MissingFact);
        }
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public void Not_knowing_a_fact_never_acquits(int index)
    {
        var found = ScenarioFiles.All[index];

        foreach (var name in found.Facts.Select(fact => fact.Key).Except([.. Reports, .. Identities], StringComparer.Ordinal))
        {
            if (name is "kind" or "county" && found.File.Subject is "finding" or "county")
            {
                continue;
            }

            var facts = found.Facts;
            facts.Remove(name);

            Assert.False(found.Decide(facts, found.At, found.Scenario.Law) is Decision.Compliant, $"{found.Title}: {name}");
        }
    }

    [Theory]
    [MemberData(nameof(Violations))]
    public void Before_the_plan_was_in_force_it_was_none(int index)
    {
        var found = ScenarioFiles.All[index];

        var decision = found.Decide(found.Facts, "2024-04-16T23:59:59+08:00", found.Scenario.Law);

        Assert.Equal("not-in-force", Assert.IsType<Decision.Compliant>(decision).Reason);
    }

    private static IEnumerable<TheoryDataRow<int>> Rows(Func<Case, bool> which) => ScenarioFiles.All.Select((found, index) => (found, index))
        .Where(entry => which(entry.found))
        .Select(entry => new TheoryDataRow<int>(entry.index) { TestDisplayName = entry.found.Title });
}
