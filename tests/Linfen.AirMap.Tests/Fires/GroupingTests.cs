using FsCheck.Fluent;
using FsCheck.Xunit;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;
using Xunit;
using Seen = Linfen.AirMap.Fires.Fusion.Sighting;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>Which sightings are one fire.</summary>
public sealed class GroupingTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(8));
    static readonly FireOptions Options = new();

    static Seen At(double metresEast, double hours = 0, double radius = 50, double? bearing = null, bool simulated = false) => new(
        Guid.NewGuid(), Noon.AddHours(hours), Footprint.Of(new(111.5 + metresEast / 90_163, 36.1), radius, bearing), simulated);

    /// <summary>The groups as sets of positions in the list, in order.</summary>
    static List<string> GroupsOf(params IReadOnlyList<Seen> sightings) =>
        [.. Grouping.Of(sightings, Options).Select((group, i) => (group, i)).GroupBy(g => g.group, g => g.i).Select(g => string.Join(' ', g)).Order(StringComparer.Ordinal)];

    [Fact]
    public void What_lies_between_two_sightings_makes_them_one_fire()
    {
        Assert.Equal(["0", "1"], GroupsOf(At(0), At(1_600)));
        Assert.Equal(["0 1 2"], GroupsOf(At(0), At(1_600), At(800)));
    }

    [Fact]
    public void A_vague_sighting_makes_no_two_fires_one_but_goes_with_the_likelier() =>
        Assert.Equal(["0", "1 2"], GroupsOf(At(0), At(1_600), At(900, radius: 1_800)));

    [Fact]
    public void Vague_sightings_alone_are_one_fire_and_go_with_a_precise_one_together()
    {
        Assert.Equal(["0 1 2"], GroupsOf(At(0, radius: 1_500), At(1_500, radius: 1_500), At(3_000, radius: 1_500)));
        Assert.Equal(["0 1 2 3"], GroupsOf(At(0, radius: 1_500), At(1_500, radius: 1_500), At(3_000, radius: 1_500), At(3_500)));
    }

    [Fact]
    public void Of_two_cones_that_cross_one_is_a_fire_and_of_two_beside_each_other_none()
    {
        // Both 1.4 km apart from west to east: cones along that line reach each other, cones across it do not.
        Assert.Equal(["0 1"], GroupsOf(At(0, radius: 800, bearing: 90), At(1_400, radius: 800, bearing: 270)));
        Assert.Equal(["0", "1"], GroupsOf(At(0, radius: 800, bearing: 0), At(1_400, radius: 800, bearing: 180)));
    }

    [Fact]
    public void What_is_simulated_never_joins_what_is_real() => Assert.Equal(["0", "1"], GroupsOf(At(0), At(10, simulated: true)));

    /// <summary>24 November 2026 is a Tuesday: Monday five o'clock lies 31 hours before noon.</summary>
    const double Turn = -31;

    [Fact]
    public void What_burns_through_the_turn_of_a_week_is_one_fire()
    {
        Assert.Equal(["0 1"], GroupsOf(At(0, hours: Turn - 0.01), At(0, hours: Turn + 0.01)));
        Assert.Equal(["0 1"], GroupsOf(At(0, hours: Turn - 0.01, radius: 1_500), At(0, hours: Turn + 0.01)));
        Assert.Equal(["0 1", "2"], GroupsOf(At(0, hours: Turn - 4), At(0, hours: Turn + 1), At(0, hours: Turn + 7.5)));
    }

    [Theory]
    [InlineData(167.9, true)]
    [InlineData(168.1, false)]
    public void What_burns_for_longer_than_a_week_is_cut_at_its_turn(double hours, bool isOne)
    {
        List<Seen> burning = [.. Enumerable.Range(0, 36).Select(i => At(0, Turn - 100 + i * hours / 35))];
        var before = burning.Count(s => s.At < Noon.AddHours(Turn));

        var groups = Grouping.Of(burning, Options);

        Assert.Equal(isOne ? [36] : [before, 36 - before], groups.GroupBy(g => g).Select(g => g.Count()));
    }

    [Fact]
    public void What_burns_for_months_is_a_fire_a_week()
    {
        var groups = Grouping.Of([.. Enumerable.Range(0, 400).Select(i => At(0, Turn - 1_000 + 5 * i))], Options);

        Assert.Equal(12, groups.Distinct().Count());
    }

    [Fact]
    public void What_somebody_split_stays_apart_whatever_is_seen_between()
    {
        var act = Guid.NewGuid();
        var (west, east, between) = (At(0), At(1_200), At(650));
        west.Ties = [new(act, TieSide.Stayed)];
        east.Ties = [new(act, TieSide.Parted)];

        Assert.Equal(["0", "1 2"], GroupsOf(west, east, between));
    }

    [Fact]
    public void A_later_merge_takes_back_a_split_and_a_later_split_a_merge()
    {
        var merge = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMinutes(2));

        Assert.Equal(["0 1 2"], GroupsWith(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMinutes(1))));
        Assert.Equal(["0", "1 2"], GroupsWith(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMinutes(3))));

        List<string> GroupsWith(Guid split)
        {
            var (west, east, between) = (At(0), At(1_200), At(650));
            west.Ties = [new(split, TieSide.Stayed), new(merge, TieSide.Together)];
            east.Ties = [new(split, TieSide.Parted), new(merge, TieSide.Together)];
            return GroupsOf(west, east, between);
        }
    }

    [Fact]
    public void To_merge_one_half_with_something_else_takes_no_split_back()
    {
        var (split, merge) = (Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddHours(1)));
        var (west, east, far) = (At(0), At(600), At(9_000));
        (west.Ties, east.Ties, far.Ties) = ([new(split, TieSide.Stayed)], [new(split, TieSide.Parted), new(merge, TieSide.Together)], [new(merge, TieSide.Together)]);

        Assert.Equal(["0", "1 2"], GroupsOf(west, east, far));
    }

    [Fact]
    public void What_somebody_merged_is_one_however_far_apart()
    {
        var act = Guid.NewGuid();
        var (west, east) = (At(0), At(9_000, hours: 20));
        (west.Ties, east.Ties) = ([new(act, TieSide.Together)], [new(act, TieSide.Together)]);

        Assert.Equal(["0 1"], GroupsOf(west, east));
    }

    [Property(MaxTest = 300)]
    public bool Whatever_order_sightings_come_in_the_fires_are_the_same(int seed)
    {
        var random = new Random(seed);
        var sightings = Enumerable.Range(0, random.Next(2, 60)).Select(_ => At(
            random.Next(0, 12_000), random.Next(0, 1_000) / 100.0, random.Next(5) == 0 ? random.Next(1_001, 2_500) : random.Next(20, 700), random.Next(3) == 0 ? random.Next(360) : null, random.Next(9) == 0)).ToList();
        var act = Guid.NewGuid();
        foreach (var spoken in sightings.Where(_ => random.Next(12) == 0))
        {
            spoken.Ties = [new(act, (TieSide)random.Next(3))];
        }

        var shuffled = sightings.ToArray();
        random.Shuffle(shuffled);
        return Sets(sightings).SetEquals(Sets(shuffled));
    }

    [Property(MaxTest = 100)]
    public bool Whatever_order_sightings_of_weeks_come_in_no_fire_is_longer_than_one(int seed)
    {
        var random = new Random(seed);
        var sightings = Enumerable.Range(0, random.Next(50, 300)).Select(_ => At(random.Next(0, 1_500), random.Next(0, 60_000) / 100.0, random.Next(5) == 0 ? 1_500 : 200)).ToList();
        var shuffled = sightings.ToArray();
        random.Shuffle(shuffled);
        return Sets(sightings).SetEquals(Sets(shuffled))
            && Grouping.Of(sightings, Options).Zip(sightings).GroupBy(g => g.First, g => g.Second.At).All(g => g.Max() - g.Min() <= FireWeek.Longest);
    }

    [Property(MaxTest = 200)]
    public bool Every_sighting_is_in_one_fire_and_no_fire_is_torn(int seed)
    {
        var random = new Random(seed);
        var sightings = Enumerable.Range(0, random.Next(2, 40)).Select(_ => At(random.Next(0, 9_000), random.Next(0, 1_000) / 100.0)).ToList();
        var groups = Grouping.Of(sightings, Options);
        return groups.Length == sightings.Count
            && sightings.Index().All(a => sightings.Index().All(b => Likeness.Of(a.Item, b.Item, Options) is null || groups[a.Index] == groups[b.Index]));
    }

    static HashSet<string> Sets(IReadOnlyList<Seen> sightings) =>
        [.. Grouping.Of(sightings, Options).Zip(sightings).GroupBy(g => g.First, g => g.Second.Id).Select(g => string.Join(' ', g.Order()))];
}
