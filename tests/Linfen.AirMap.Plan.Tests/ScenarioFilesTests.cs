using System.Text.Json;
using Xunit;
using YamlDotNet.Core;

namespace Linfen.AirMap.Plan.Tests;

public sealed class ScenarioFilesTests
{
    [Fact]
    public void Every_scenario_names_itself_and_demands_a_whole_decision()
    {
        Assert.NotEmpty(ScenarioFiles.All);
        Assert.Equal(ScenarioFiles.All.Count, ScenarioFiles.All.Select(found => found.Title).Distinct(StringComparer.Ordinal).Count());
        Assert.All(ScenarioFiles.All, found => Assert.True(found.Scenario.Expect.Decision switch
        {
            "violation" => found.Scenario.Expect.Severity is not null,
            "compliant" => found.Scenario.Expect.Reason is not null,
            "undecidable" => found.Scenario.Expect.Missing is not null,
            _ => false,
        }, found.Title));
        Assert.All(ScenarioFiles.All, found => Assert.All(found.Scenario.Unknown, name => Assert.Contains(name, found.File.Given.Keys, StringComparer.Ordinal)));
    }

    [Fact]
    public void A_folder_is_named_after_the_article_of_its_rules() =>
        Assert.All(ScenarioFiles.All, found => Assert.StartsWith(
            $"article-{found.File.Rule[1..found.File.Rule.IndexOf('.', StringComparison.Ordinal)]}", found.Path, StringComparison.Ordinal));

    [Theory]
    [InlineData("rule: X\nsubjects: fire")]
    [InlineData("rule: X\nscenarios: [{ nmae: x }]")]
    [InlineData("rule: X\nrule: Y")]
    [InlineData("scenarios: [{ name: x, expect: { verdict: out } }]")]
    public void A_misspelt_key_of_a_scenario_is_an_error(string yaml) => Assert.ThrowsAny<YamlException>(() => ScenarioFiles.Read(yaml));

    [Theory]
    [InlineData("{ fule: coal }")]
    [InlineData("{ fuel: wood }")]
    [InlineData("{ fuel: 0 }")]
    [InlineData("{ outdated: maybe }")]
    [InlineData("{ tonnesPerHour: much }")]
    [InlineData("{ place: { conty: x } }")]
    [InlineData("{ place: { in: [sea] } }")]
    public void A_misspelt_fact_is_an_error(string facts)
    {
        var file = ScenarioFiles.Read($"rule: A17.HeatRadius\nsubject: boiler\nat: 2026-11-20T10:00:00+08:00\nscenarios: [{{ name: x, facts: {facts} }}]");

        var error = Assert.ThrowsAny<Exception>(() => new Case("", file, file.Scenarios[0]).Decide());

        Assert.True(error is JsonException or FormatException, error.ToString());
    }

    [Fact]
    public void A_time_without_offset_is_an_error()
    {
        var file = ScenarioFiles.Read("rule: A17.HeatRadius\nsubject: boiler\nat: 2026-11-20T10:00:00\nscenarios: [{ name: x }]");

        Assert.Throws<FormatException>(() => new Case("", file, file.Scenarios[0]).Decide());
    }
}
