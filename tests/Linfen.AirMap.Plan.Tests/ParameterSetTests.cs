using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Plan.Parameters;
using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class ParameterSetTests
{
    private static readonly DateOnly First = new(2024, 4, 17);

    [Fact]
    public void A_number_may_change_a_decision_where_its_values_begin_and_end()
    {
        var law = Law(new Written("A", new ParameterValue.Number(1), First, new DateOnly(2025, 1, 31)), new("A", new ParameterValue.Number(2), new(2025, 3, 1), null));

        Assert.Equal(Moments("2024-04-17", "2025-02-01", "2025-03-01"), law.Boundaries(["A"]));
    }

    [Fact]
    public void A_day_may_change_a_decision_when_it_begins_and_when_it_is_over()
    {
        var law = Law(new Written("A", new ParameterValue.Day(new(2025, 12, 31)), First, null));

        Assert.Equal(Moments("2024-04-17", "2025-12-31", "2026-01-01"), law.Boundaries(["A"]));
    }

    [Fact]
    public void Boundaries_of_several_codes_are_in_order_and_stand_once()
    {
        var law = Law(
            new Written("B", new ParameterValue.Day(new(2024, 5, 31)), First, null), new("A", new ParameterValue.Number(1), First, null),
            new("C", new ParameterValue.Number(1), new(2020, 1, 1), null));

        Assert.Equal(Moments("2024-04-17", "2024-05-31", "2024-06-01"), law.Boundaries(["B", "A", "A", "unknown"]));
    }

    [Fact]
    public void Every_turn_of_a_shipped_deadline_is_among_the_boundaries_of_its_rule()
    {
        var place = new Place { County = "141002", Zones = [new(ZoneKind.UrbanArea, Guid.Empty, 1, "市区", First, null)] };
        var land = new LandFacts { Place = place, Treatment = LandTreatment.None };
        var boundaries = ScenarioFiles.Shipped.Boundaries(RuleBook.Find("A30.BareLand")!.Parameters);

        var turns = boundaries.Where(at => DecideLand(land, at).GetType() != DecideLand(land, at.AddTicks(-1)).GetType());

        Assert.Equal(Moments("2024-06-01"), turns);
    }

    private static Decision DecideLand(LandFacts land, DateTimeOffset at) =>
        RuleBook.Decide(land, at, ScenarioFiles.Shipped).Single(decision => decision.Rule == "A30.BareLand");

    private static DateTimeOffset[] Moments(params string[] days) =>
        [.. days.Select(day => Beijing.StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))];

    private static ParameterSet Law(params Written[] values) => new(values.GroupBy(value => value.Code, StringComparer.Ordinal)
        .Select(group => new DatedParameter(group.Key, group.Key, "1", "test", [.. group.Select(value => new DatedValue(value.From, value.Value, "test", value.To))])));

    private sealed record Written(string Code, ParameterValue Value, DateOnly From, DateOnly? To);
}
