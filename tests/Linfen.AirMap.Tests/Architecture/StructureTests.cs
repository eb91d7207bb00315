using ArchUnitNET.Fluent;
using Xunit;

namespace Linfen.AirMap.Tests.Architecture;

/// <summary>Each rule holds for the product, and reports every type that was written to break it.</summary>
public sealed class StructureTests
{
    static readonly Dictionary<string, Func<string, IArchRule>> All = new(StringComparer.Ordinal)
    {
        [nameof(Rules.Plan_Geo_and_Hj212_are_pure)] = Rules.Plan_Geo_and_Hj212_are_pure,
        [nameof(Rules.The_learner_of_heat_sources_is_pure)] = Rules.The_learner_of_heat_sources_is_pure,
        [nameof(Rules.The_pure_projects_do_not_know_the_server)] = Rules.The_pure_projects_do_not_know_the_server,
        [nameof(Rules.Only_Events_names_the_hub_context)] = Rules.Only_Events_names_the_hub_context,
        [nameof(Rules.Time_comes_from_the_time_provider)] = Rules.Time_comes_from_the_time_provider,
        [nameof(Rules.Readers_have_no_ledger)] = Rules.Readers_have_no_ledger,
        [nameof(Rules.A_slice_uses_only_the_rooms_it_may)] = Rules.A_slice_uses_only_the_rooms_it_may,
        [nameof(Rules.Names_are_words_of_the_domain)] = Rules.Names_are_words_of_the_domain,
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_product_keeps_the_rule(string name) => Assert.Empty(Code.Offenders(All[name](Code.Product)));

    [Theory]
    [InlineData(nameof(Rules.Plan_Geo_and_Hj212_are_pure), "Geo.AsksTheNetwork", "Plan.DecidesByTheClock", "Plan.DecidesByTimeProvider", "Plan.KnowsEntityFramework",
        "Plan.KnowsTheWeb", "Plan.Logs", "Plan.Measures", "Plan.OpensConnections", "Plan.ReadsSettings")]
    [InlineData(nameof(Rules.The_learner_of_heat_sources_is_pure), "HeatSources.Learning.AsksTheDatabase")]
    [InlineData(nameof(Rules.The_pure_projects_do_not_know_the_server), "Plan.KnowsTheTable")]
    [InlineData(nameof(Rules.Only_Events_names_the_hub_context), "Fires.RingsByItself")]
    [InlineData(nameof(Rules.Time_comes_from_the_time_provider), "Fires.AsksTheSystemClock", "Fires.AsksTheSystemClockLater", "Fires.NumbersBySystemClock", "Plan.DecidesByTheClock")]
    [InlineData(nameof(Rules.Readers_have_no_ledger), "Activity.Changes", "Counties.Changes", "Tiles.Writes")]
    [InlineData(nameof(Rules.A_slice_uses_only_the_rooms_it_may), "Activity.Changes", "Intake.DrawsTiles", "Intake.DrawsTilesLater", "Tiles.DecidesFires", "Unlisted.UsesData")]
    [InlineData(nameof(Rules.Names_are_words_of_the_domain), "Fires.FireDto", "Fires.FireHelper", "Fires.FireManager", "Fires.StoreImpl", "Fires.TimeUtils", "Common.Place")]
    public void What_breaks_the_rule_is_reported(string name, params string[] expected)
    {
        var reported = Code.Offenders(All[name](Code.Broken));
        Assert.Equal(expected.Order(StringComparer.Ordinal), reported.Select(type => type[(Code.Broken.Length + 1)..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_room_of_the_server_was_looked_at()
    {
        var rooms = Code.Model.Types.Select(type => Code.Room(type.FullName, Code.Product)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "Plan", "Geo", "Hj212", "Simulator", "Intake", "Fires", "Tiles", "Atlas", "Events", "Hosting", "Commands" }, rooms.ToHashSet(StringComparer.Ordinal));
    }
}
