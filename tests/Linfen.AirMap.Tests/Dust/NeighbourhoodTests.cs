using Linfen.AirMap.Dust;
using Linfen.AirMap.Subjects;
using Xunit;

namespace Linfen.AirMap.Tests.Dust;

/// <summary>A monitor beside its neighbours.</summary>
public sealed class NeighbourhoodTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 15, 2, 0, 0, TimeSpan.Zero);

    static (Device Device, DustMean Mean) Measured(double value, double lon = 111.5, string county = "141002", bool simulated = false, double? background = null)
    {
        var id = Guid.NewGuid();
        var device = new Device(id, id.ToString("N")[..24], "M", county, null, simulated, new(DustUnit.Micrograms, false, false, null)) { Place = new(lon, 36.1) };
        return (device, new("TSP", value, background, 60, false, null, false, Now));
    }

    static List<string?> Differing(params (Device Device, DustMean Mean)[] means)
    {
        var found = Neighbourhood.Differing(means, new());
        return [.. means.Select(m => found.GetValueOrDefault(m.Device.Id))];
    }

    [Fact]
    public void Who_measures_five_times_what_every_neighbour_does_is_suspect_and_so_is_who_measures_a_fifth()
    {
        Assert.Equal(["farAboveNeighbours", null, null, null], Differing(Measured(1_500), Measured(200), Measured(300), Measured(250)));
        Assert.Equal(["farBelowNeighbours", null, null, null], Differing(Measured(10), Measured(400), Measured(300), Measured(250)));
    }

    [Fact]
    public void A_dust_storm_a_second_dusty_site_and_clean_air_make_nobody_suspect()
    {
        Assert.All(Differing(Measured(3_000), Measured(2_000), Measured(2_500), Measured(4_000)), Assert.Null);
        Assert.All(Differing(Measured(1_500), Measured(1_000), Measured(300), Measured(250)), Assert.Null);
        Assert.All(Differing(Measured(100), Measured(10), Measured(12), Measured(15)), Assert.Null);
        Assert.All(Differing(Measured(1_500, background: 400), Measured(200), Measured(300), Measured(250)), Assert.Null);
    }

    [Fact]
    public void Neighbours_are_near_or_else_of_the_same_county_and_there_are_three_of_them()
    {
        Assert.All(Differing(Measured(1_500), Measured(200), Measured(250)), Assert.Null);
        Assert.All(Differing(Measured(1_500), Measured(200, simulated: true), Measured(250), Measured(300)), Assert.Null);
        Assert.Equal("farAboveNeighbours", Differing(Measured(1_500), Measured(200, 111.9), Measured(250, 112.0), Measured(300, 112.1))[0]);
        Assert.Null(Differing(Measured(1_500), Measured(200, 111.9, "141024"), Measured(250, 112.0, "141024"), Measured(300, 112.1, "141024"))[0]);
        // One that is as dusty, far away in the same county, is no neighbour where three are near.
        Assert.Equal("farAboveNeighbours", Differing(Measured(1_500), Measured(200), Measured(250, 111.52), Measured(300, 111.55), Measured(1_400, 112.1))[0]);
    }
}
