using FsCheck.Xunit;
using Linfen.AirMap.Fires;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;
using Xunit;
using Seen = Linfen.AirMap.Fires.Fusion.Sighting;

namespace Linfen.AirMap.Tests.Fires;

/// <summary>The quick look that goes before the exact one rules nothing out that belongs together.</summary>
public sealed class NearnessTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(8));
    static readonly FireOptions Options = new();

    static Seen At(LonLat place, double minutes, double radius, double? bearing) => new(Guid.NewGuid(), Noon.AddMinutes(minutes), Footprint.Of(place, radius, bearing), simulated: false);

    static bool MayMeet(Seen one, Seen other) => new Nearness(one, Options).MayMeet(other.Footprint.Middle, other.Footprint.LongestMetres, other.At.UtcTicks);

    [Property(MaxTest = 20_000)]
    public bool Whatever_meets_passes_from_either_side(ushort east, ushort north, ushort later, ushort radius, ushort otherRadius, bool isCone, ushort bearing)
    {
        // Within some three kilometres and six and a half hours, where the limits lie.
        var one = At(new(111.5, 36.1), 0, radius % 1_500, isCone ? bearing % 360 : null);
        var other = At(new(111.5 + (east / 65_535.0 - 0.5) * 0.06, 36.1 + (north / 65_535.0 - 0.5) * 0.05), later % 400 - 20, otherRadius % 1_500, null);
        return Likeness.Of(one, other, Options) is null || (MayMeet(one, other) && MayMeet(other, one));
    }

    [Fact]
    public void What_lies_beyond_the_reach_or_the_window_is_ruled_out()
    {
        var middle = At(new(111.5, 36.1), 0, 50, null);
        Assert.True(MayMeet(middle, At(new(111.5 + 990 / 90_163.0, 36.1), 0, 50, null)));
        Assert.False(MayMeet(middle, At(new(111.5 + 1_030 / 90_163.0, 36.1), 0, 50, null)));
        Assert.True(MayMeet(middle, At(new(111.5 + 1_030 / 90_163.0, 36.1), 0, 1_000, null)));
        Assert.True(MayMeet(middle, At(new(111.5, 36.1), 6 * 60, 50, null)));
        Assert.False(MayMeet(middle, At(new(111.5, 36.1), 6 * 60 + 1, 50, null)));
        Assert.False(MayMeet(middle, At(new(111.5, 36.1), -6 * 60 - 1, 50, null)));
    }
}
