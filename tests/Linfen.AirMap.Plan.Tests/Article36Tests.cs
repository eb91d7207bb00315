using Linfen.AirMap.Plan.Articles;
using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class Article36Tests
{
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
        var file = ScenarioFiles.Read($$"""
            rule: A36.OpenBurning
            subject: fire
            scenarios:
              - name: 疑似火点
                facts: { state: suspected, county: "141002", seen: 2026-10-12T21:40:00+08:00 }
                expect: {{expectation}}
            """);

        var decision = new Case("", file, file.Scenarios[0]).Decide();

        Assert.NotEmpty(ScenarioFiles.Differences(file.Scenarios[0].Expect, decision));
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
