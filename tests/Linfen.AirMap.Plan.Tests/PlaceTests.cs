using Xunit;

namespace Linfen.AirMap.Plan.Tests;

public sealed class PlaceTests
{
    private static readonly DateOnly Day = new(2025, 11, 1);

    [Fact]
    public void Of_several_zones_of_a_kind_the_oldest_counts()
    {
        var place = new Place { Zones = [Zone("b", 2, Day), Zone("a", 1, Day.AddDays(-1)), Zone("c", 0, Day)] };

        Assert.Equal("a", place.Zone(ZoneKind.CoalFree)?.Name);
    }

    [Fact]
    public void Of_zones_equally_old_it_is_always_the_same()
    {
        var zones = new[] { Zone("b", 2, Day), Zone("a", 1, Day) };

        Assert.Equal("a", new Place { Zones = zones }.Zone(ZoneKind.CoalFree)?.Name);
        Assert.Equal("a", new Place { Zones = [.. zones.Reverse()] }.Zone(ZoneKind.CoalFree)?.Name);
    }

    [Fact]
    public void A_zone_of_another_kind_does_not_count()
    {
        var place = new Place { Zones = [Zone("a", 1, Day)] };

        Assert.True(place.IsIn(ZoneKind.CoalFree));
        Assert.False(place.IsIn(ZoneKind.UrbanArea));
        Assert.False(Place.Unknown.IsIn(ZoneKind.CoalFree));
    }

    private static ZoneFact Zone(string name, byte id, DateOnly from) =>
        new(ZoneKind.CoalFree, new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, id), 1, name, from, "临政发〔2025〕1号");
}
