using Linfen.AirMap.Plan.Articles;
using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class Article36Tests
{
    private const string Folder = "article-36";

    public static IEnumerable<TheoryDataRow<string, string>> Scenarios() =>
        ScenarioFiles.Of(Folder).Select(entry => new TheoryDataRow<string, string>(entry.File, entry.Scenario.Name)
        {
            TestDisplayName = $"第36条 {entry.File}：{entry.Scenario.Name}",
        });

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_scenario_holds(string file, string name)
    {
        var scenario = ScenarioFiles.Of(Folder).Single(entry => entry.File == file && entry.Scenario.Name == name).Scenario;

        var decision = Article36.Decide(scenario.Situation.Facts, scenario.Situation.AskedAt, ScenarioFiles.Parameters(scenario));

        var differences = ScenarioFiles.Differences(scenario.Expect, decision);
        Assert.True(differences.Count == 0, $"{file} – {name}\n  " + string.Join("\n  ", differences));
        Assert.Equal(("A36.OpenBurning", 36), (decision.Rule, decision.Article));
    }

    [Fact]
    public void Every_scenario_names_itself_and_demands_a_whole_decision()
    {
        var scenarios = ScenarioFiles.Of(Folder).Select(entry => entry.Scenario).ToList();

        Assert.NotEmpty(scenarios);
        Assert.Equal(scenarios.Count, scenarios.Select(scenario => scenario.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(scenarios, scenario => Assert.True(scenario.Expect.Decision switch
        {
            "violation" => scenario.Expect.Severity is not null,
            "compliant" => scenario.Expect.Reason is not null,
            "undecidable" => scenario.Expect.Missing is not null,
            _ => false,
        }, scenario.Name));
    }

    [Theory]
    [InlineData("{ decision: compliant }")]
    [InlineData("{ decision: violation, reason: out }")]
    [InlineData("{ decision: violation, missing: place }")]
    [InlineData("{ decision: violation, severity: serious }")]
    [InlineData("{ decision: violation, dueHours: 3 }")]
    [InlineData("{ decision: violation, parameterFrom: 2024-04-18 }")]
    [InlineData("{ decision: violation, lead: [市公安局] }")]
    [InlineData("{ decision: violation, facts: { state: confirmed } }")]
    [InlineData("{ decision: violation, facts: { wind: 3 } }")]
    public void A_wrong_expectation_is_noticed(string expectation)
    {
        var scenario = ScenarioFiles.Read($$"""
            - name: 疑似火点
              situation: { state: suspected, county: "141002", seen: 2026-10-12T21:40:00+08:00 }
              expect: {{expectation}}
            """)[0];

        var decision = Article36.Decide(scenario.Situation.Facts, scenario.Situation.AskedAt, ScenarioFiles.Shipped);

        Assert.NotEmpty(ScenarioFiles.Differences(scenario.Expect, decision));
    }

    [Fact]
    public void A_violation_keeps_the_value_that_it_used_with_its_citation()
    {
        var seen = new DateTimeOffset(2026, 10, 12, 21, 40, 0, Beijing.Offset);
        var facts = new FireFacts { State = FireState.Suspected, County = "141002", FirstSeenAt = seen, LastSeenAt = seen };

        var violation = Assert.IsType<Decision.Violation>(Article36.Decide(facts, seen, ScenarioFiles.Shipped));

        var applied = Assert.Single(violation.Parameters);
        Assert.Equal(("A36.DueHours", "h", new DateOnly(2024, 4, 17)), (applied.Code, applied.Unit, applied.EffectiveFrom));
        Assert.NotEmpty(applied.Citation);
        Assert.Empty(violation.Cooperating);
        Assert.Equal(["state", "county", "firstSeenAt", "lastSeenAt", "detections", "attributedToHeatSource"],
            violation.Facts.Select(fact => fact.Name), StringComparer.Ordinal);
    }
}
