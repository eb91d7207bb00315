using FsCheck.Xunit;

namespace Linfen.AirMap.Geo.Tests;

[Properties(Arbitrary = [typeof(Points)], MaxTest = 500)]
public class CoordinateSystemTests
{
    [Theory]
    [InlineData("CGCS2000", "CGCS2000")]
    [InlineData("epsg:4490", "CGCS2000")]
    [InlineData("urn:ogc:def:crs:EPSG::4490", "CGCS2000")]
    [InlineData(" wgs84 ", "WGS84")]
    [InlineData("EPSG:4326", "WGS84")]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84", "WGS84")]
    [InlineData("Gcj-02", "GCJ02")]
    [InlineData("GCJ02", "GCJ02")]
    [InlineData("bd-09", "BD09")]
    [InlineData("BD09", "BD09")]
    [InlineData("EPSG:4546", "EPSG:4546")]
    [InlineData("http://www.opengis.net/def/crs/EPSG/0/4525", "EPSG:4525")]
    public void A_name_is_understood_in_any_case(string text, string name)
    {
        Assert.True(CoordinateSystem.TryParse(text, out var system));
        Assert.Equal(name, system.Name);
        Assert.Equal(name.StartsWith("EPSG", StringComparison.Ordinal), system.IsProjected);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("EPSG:")]
    [InlineData("EPSG:-4490")]
    [InlineData("EPSG:4490 ")]
    [InlineData("EPSG:3857")]
    [InlineData("EPSG:4214")] // Beijing 54 needs local parameters.
    [InlineData("Mars")]
    public void An_unknown_name_is_refused(string? text)
    {
        var understood = CoordinateSystem.TryParse(text, out var system);
        Assert.Equal(text == "EPSG:4490 ", understood); // Blanks around a name are no part of it.
        Assert.Equal(understood, system is not null);
    }

    [Fact]
    public void The_published_example_of_zone_111_is_met_to_a_millimetre()
    {
        var point = new LonLat(111 + 17 / 60.0 + 58.3596 / 3600, 30 + 45 / 60.0 + 25.4425 / 3600);
        var (easting, northing) = Parse("EPSG:4546").FromCgcs2000(point);
        // The example's degrees are printed to 0.0001", which is 3 mm.
        Assert.Equal(528680.0889, easting, 0.003);
        Assert.Equal(3404079.3582, northing, 0.003);
    }

    [Theory]
    [InlineData("EPSG:4525", 37546837.917, 3994544.622)] // 3° zone 37
    [InlineData("EPSG:4546", 546837.917, 3994544.622)] // 3° CM 111E
    [InlineData("EPSG:4497", 19546837.917, 3994544.622)] // 6° zone 19, the same meridian
    [InlineData("EPSG:4508", 546837.917, 3994544.622)] // 6° CM 111E
    public void The_city_centre_is_where_each_zone_puts_it(string name, double easting, double northing)
    {
        var system = Parse(name);
        var (x, y) = system.FromCgcs2000(new LonLat(111.52, 36.08));
        Assert.Equal(easting, x, 0.0006);
        Assert.Equal(northing, y, 0.0006);
        var back = system.ToCgcs2000(easting, northing);
        Assert.Equal(111.52, back.Lon, 1e-8);
        Assert.Equal(36.08, back.Lat, 1e-8);
    }

    [Fact]
    public void The_eastern_sliver_may_come_in_zone_38()
    {
        var point = new LonLat(112.55, 36.2);
        var withNumber = Parse("EPSG:4526").FromCgcs2000(point);
        var without = Parse("EPSG:4547").FromCgcs2000(point);
        Assert.Equal(withNumber.X - 38_000_000, without.X, 1e-6);
        Assert.InRange(without.X, 365_000, 375_000);
    }

    [Property]
    public bool A_point_survives_every_projection_to_a_tenth_of_a_millimetre(LonLat point) =>
        new[] { "EPSG:4525", "EPSG:4526", "EPSG:4546", "EPSG:4547", "EPSG:4497", "EPSG:4508" }.All(name =>
        {
            var system = Parse(name);
            var (x, y) = system.FromCgcs2000(point);
            return Geodesic.DistanceMetres(point, system.ToCgcs2000(x, y)) < 0.0001;
        });

    [Fact]
    public void Many_threads_may_share_one_system()
    {
        var system = Parse("EPSG:4546");
        Parallel.For(0, 20_000, i =>
        {
            var point = new LonLat(110.4 + i % 200 * 0.01, 35.4 + i / 200 * 0.015);
            var (x, y) = system.FromCgcs2000(point);
            Assert.True(Geodesic.DistanceMetres(point, system.ToCgcs2000(x, y)) < 0.0001);
        });
    }

    [Fact]
    public void Wgs84_and_cgcs2000_pass_unchanged()
    {
        Assert.Equal(new LonLat(111.5, 36.1), CoordinateSystem.Wgs84.ToCgcs2000(111.5, 36.1));
        Assert.Equal((111.5, 36.1), CoordinateSystem.Cgcs2000.FromCgcs2000(new LonLat(111.5, 36.1)));
    }

    static CoordinateSystem Parse(string name) =>
        CoordinateSystem.TryParse(name, out var system) ? system : throw new ArgumentException("Not a coordinate system.", nameof(name));
}
