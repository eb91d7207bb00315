using FsCheck;
using FsCheck.Fluent;

namespace Linfen.AirMap.Geo.Tests;

/// <summary>Random points of Linfen's bounding box, with some room around it.</summary>
public static class Points
{
    public static Arbitrary<LonLat> LonLats() => Arb.From(
        from lon in Gen.Choose(110_300_000, 112_700_000)
        from lat in Gen.Choose(35_300_000, 37_000_000)
        select new LonLat(lon / 1e6, lat / 1e6));
}
