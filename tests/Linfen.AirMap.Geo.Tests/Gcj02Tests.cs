using FsCheck.Xunit;

namespace Linfen.AirMap.Geo.Tests;

/// <summary>Expected coordinates were computed with gcoord 1.0.7.</summary>
[Properties(Arbitrary = [typeof(Points)], MaxTest = 2000)]
public class Gcj02Tests
{
    [Property]
    public bool The_shift_in_and_around_Linfen_is_between_470_and_610_metres(LonLat point)
    {
        var metres = Geodesic.DistanceMetres(point, Gcj02.FromCgcs2000(point));
        return metres is > 470 and < 610;
    }

    [Fact]
    public void The_shift_over_the_bounding_box_of_the_city_spans_478_to_593_metres()
    {
        var least = double.MaxValue;
        var most = 0.0;
        for (var lon = 110.37; lon <= 112.58; lon += 0.005)
        {
            for (var lat = 35.38; lat <= 36.94; lat += 0.005)
            {
                var point = new LonLat(lon, lat);
                var metres = Geodesic.DistanceMetres(point, Gcj02.FromCgcs2000(point));
                least = Math.Min(least, metres);
                most = Math.Max(most, metres);
            }
        }

        Assert.Equal(478, least, 1.0);
        Assert.Equal(593, most, 1.0);
    }

    [Property]
    public bool A_point_comes_back_from_gcj02_to_within_a_millimetre(LonLat point) =>
        Geodesic.DistanceMetres(point, Gcj02.ToCgcs2000(Gcj02.FromCgcs2000(point))) < 0.001;

    [Property]
    public bool A_point_comes_back_from_bd09_to_within_a_millimetre(LonLat point) =>
        Geodesic.DistanceMetres(point, Bd09.ToCgcs2000(Bd09.FromCgcs2000(point))) < 0.001;

    [Theory]
    [InlineData(111.52, 36.08, 111.52621373554616, 36.07987199832453)]
    [InlineData(116.397128, 39.916527, 116.40337249402477, 39.91793074924595)]
    public void Known_points_are_shifted_as_gcoord_does(double lon, double lat, double toLon, double toLat)
    {
        var shifted = Gcj02.FromCgcs2000(new LonLat(lon, lat));
        Assert.Equal(toLon, shifted.Lon, 1e-11);
        Assert.Equal(toLat, shifted.Lat, 1e-11);
    }

    [Fact]
    public void A_known_point_is_shifted_to_bd09_as_gcoord_does()
    {
        var shifted = Bd09.FromCgcs2000(new LonLat(111.52, 36.08));
        Assert.Equal(111.53277856298669, shifted.Lon, 1e-11);
        Assert.Equal(36.08561555749495, shifted.Lat, 1e-11);
    }

    [Fact]
    public void A_point_outside_China_is_not_shifted()
    {
        var tokyo = new LonLat(139.76, 35.68);
        Assert.Equal(tokyo, Gcj02.FromCgcs2000(tokyo));
        Assert.Equal(tokyo, Gcj02.ToCgcs2000(tokyo));
    }
}
