using Linfen.AirMap.Plan.Articles;
using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class RuleBookTests
{
    [Fact]
    public void Every_rule_has_scenarios_for_violation_and_compliance_and_for_not_knowing()
    {
        var told = ScenarioFiles.All.Select(found => (found.File.Rule, found.Scenario.Expect.Decision)).ToHashSet();

        Assert.Empty(
            from rule in RuleBook.Rules
            from decision in new[] { "violation", "compliant", "undecidable" }
            where !told.Contains((rule.Code, decision))
            select $"{rule.Code}: {decision}");
    }

    [Fact]
    public void Every_subject_of_every_rule_has_a_violation_in_the_scenarios()
    {
        var told = ScenarioFiles.All.Where(found => found.Scenario.Expect.Decision == "violation").Select(found => (found.File.Rule, found.File.Subject)).ToHashSet();

        Assert.Empty(
            from rule in RuleBook.Rules
            from subject in rule.SubjectKinds
            where !told.Contains((rule.Code, subject))
            select $"{rule.Code}: {subject}");
    }

    [Fact]
    public void Every_parameter_of_the_rule_book_is_shipped_and_none_is_idle()
    {
        var used = RuleBook.Rules.SelectMany(rule => rule.Parameters).Distinct(StringComparer.Ordinal).ToList();
        // Counted by the station plan and kept for the counties to be named; no rule decides by them.
        string[] informative = ["A41.Township.Stations", "JointControl.Counties"];

        Assert.All(used, code => Assert.NotNull(ScenarioFiles.Shipped.Find(code)));
        Assert.Equal(informative.Order(StringComparer.Ordinal),
            ScenarioFiles.Shipped.All.Select(parameter => parameter.Code).Except(used, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Entries_are_whole_and_in_the_order_of_the_articles()
    {
        Assert.Equal(RuleBook.Rules.Count, RuleBook.Rules.Select(rule => rule.Code).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(RuleBook.Rules.Select(rule => rule.Article).Order(), RuleBook.Rules.Select(rule => rule.Article));
        Assert.All(RuleBook.Rules, rule =>
        {
            Assert.StartsWith($"A{rule.Article}.", rule.Code, StringComparison.Ordinal);
            Assert.EndsWith(".DueHours", rule.DueHours, StringComparison.Ordinal);
            Assert.NotEmpty(rule.TitleZh);
            Assert.NotEmpty(rule.TitleEn);
            Assert.NotEmpty(rule.SubjectKinds);
            Assert.NotEmpty(rule.Lead);
            Assert.Same(rule, RuleBook.Find(rule.Code));
        });
        Assert.Null(RuleBook.Find("A99.Nothing"));
    }

    [Fact]
    public void Every_kind_of_finding_is_judged_by_the_rule_that_it_names()
    {
        var at = DateTimeOffset.Parse("2026-11-20T10:00:00+08:00");

        Assert.All(FindingKinds.All, kind =>
        {
            var decisions = RuleBook.Decide(new FindingFacts { Place = Place.Unknown, Kind = kind.Code, At = at, Patrol = true }, at, ScenarioFiles.Shipped);
            Assert.Equal((kind.Rule, kind.Article), (decisions[0].Rule, decisions[0].Article));
            Assert.All(decisions, decision => Assert.Contains("finding", RuleBook.Find(decision.Rule)!.SubjectKinds, StringComparer.Ordinal));
            Assert.All(decisions, decision => Assert.Equal("place", Assert.IsType<Decision.Undecidable>(decision).MissingFact));
            Assert.Same(kind, FindingKinds.Find(kind.Code));
        });
    }

    [Fact]
    public void Every_rule_about_findings_is_reached_by_a_kind_of_finding()
    {
        var at = DateTimeOffset.Parse("2026-11-20T10:00:00+08:00");
        var reached = FindingKinds.All
            .SelectMany(kind => RuleBook.Decide(new FindingFacts { Place = Place.Unknown, Kind = kind.Code, At = at }, at, ScenarioFiles.Shipped))
            .Select(decision => decision.Rule);

        Assert.Empty(RuleBook.Rules.Where(rule => rule.SubjectKinds.Contains("finding", StringComparer.Ordinal)).Select(rule => rule.Code).Except(reached, StringComparer.Ordinal));
    }

    [Fact]
    public void A_kind_of_finding_that_is_none_is_refused()
    {
        var facts = new FindingFacts { Place = Place.Unknown, Kind = "noise" };

        Assert.Throws<ArgumentException>(() => RuleBook.Decide(facts, DateTimeOffset.UnixEpoch, ScenarioFiles.Shipped));
    }

    [Fact]
    public void Each_kind_of_subject_is_judged_by_exactly_the_rules_that_name_it()
    {
        var at = DateTimeOffset.Parse("2026-11-20T10:00:00+08:00");
        var law = ScenarioFiles.Shipped;
        var seen = new Dictionary<string, IReadOnlyList<Decision>>(StringComparer.Ordinal)
        {
            ["fire"] = RuleBook.Decide(new FireFacts { State = null, County = null, FirstSeenAt = at, LastSeenAt = at }, at, law),
            ["boiler"] = RuleBook.Decide(new BoilerFacts { Place = Place.Unknown }, at, law),
            ["site"] = RuleBook.Decide(new SiteFacts { Place = Place.Unknown }, at, law),
            ["monitor"] = RuleBook.Decide(new DustFacts { Place = Place.Unknown, Factor = "TSP" }, at, law),
            ["machine"] = RuleBook.Decide(new MachineFacts { Place = Place.Unknown }, at, law),
            ["land"] = RuleBook.Decide(new LandFacts { Place = Place.Unknown }, at, law),
            ["yard"] = RuleBook.Decide(new YardFacts { Place = Place.Unknown }, at, law),
            ["road"] = RuleBook.Decide(new RoadFacts { Place = Place.Unknown }, at, law),
            ["station"] = RuleBook.Decide(new StationFacts { Place = Place.Unknown, InstalledAt = at }, at, law),
            ["park"] = RuleBook.Decide(new ParkFacts { Place = Place.Unknown }, at, law),
            ["enterprise"] = RuleBook.Decide(new EnterpriseFacts { Place = Place.Unknown }, at, law),
            ["county"] = RuleBook.Decide(new CountyAirFacts { County = "141002" }, at, law),
        };

        Assert.All(seen, pair =>
        {
            Assert.Equal(RuleBook.Rules.Where(rule => rule.SubjectKinds.Contains(pair.Key, StringComparer.Ordinal)).Select(rule => rule.Code), pair.Value.Select(decision => decision.Rule), StringComparer.Ordinal);
            // Nothing is known: nothing is decided.
            Assert.All(pair.Value, decision => Assert.IsType<Decision.Undecidable>(decision));
        });
        Assert.Empty(RuleBook.Rules.SelectMany(rule => rule.SubjectKinds).Except([.. seen.Keys, "finding"], StringComparer.Ordinal));
    }
}
