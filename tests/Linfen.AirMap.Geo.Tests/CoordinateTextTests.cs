using Xunit;

namespace Linfen.AirMap.Geo.Tests;

public sealed class CoordinateTextTests
{
    static readonly CoordinateSystem Local = CoordinateSystem.TryParse("EPSG:4546", out var system) ? system : throw new InvalidOperationException();

    [Theory]
    [InlineData("111.52,36.08")]
    [InlineData("36.08 111.52")]
    [InlineData("  111.52，36.08 ")]
    [InlineData("N36.08 E111.52")]
    [InlineData("36.08N,111.52E")]
    [InlineData("东经111.52 北纬36.08")]
    [InlineData("北纬36.08东经111.52")]
    [InlineData("111°31′12″E 36°4′48″N")]
    [InlineData("北纬36°4′48″，东经111°31′12″")]
    [InlineData("36°4.8′N 111°31.2′E")]
    [InlineData("36度4分48秒 111度31分12秒")]
    [InlineData("E111°31.2 N36°4.8")]
    [InlineData("36°4.8 111°31.2")]
    [InlineData("111.52° 36.08°")]
    [InlineData("36°04'48\"N, 111°31'12\"E")]
    public void Degrees_are_read_in_whatever_order_and_dress(string text)
    {
        var (place, system) = CoordinateText.Read(text, Local)[0];

        Assert.Equal((111.52, 36.08, "CGCS2000"), (Math.Round(place.Lon, 9), Math.Round(place.Lat, 9), system.Name));
    }

    [Fact]
    public void Degrees_without_a_system_may_be_any_of_the_usual_three() =>
        Assert.Equal(["CGCS2000", "GCJ02", "BD09"], CoordinateText.Read("111.52,36.08", Local).Select(r => r.System.Name), StringComparer.Ordinal);

    [Theory]
    [InlineData("高德 111.52,36.08", "GCJ02")]
    [InlineData("111.52,36.08 (GCJ-02)", "GCJ02")]
    [InlineData("百度：111.52，36.08", "BD09")]
    [InlineData("wgs84 36.08,111.52", "WGS84")]
    public void A_named_system_is_the_only_one(string text, string name)
    {
        var (place, system) = Assert.Single(CoordinateText.Read(text, Local));

        Assert.Equal(name, system.Name);
        Assert.Equal(system.ToCgcs2000(111.52, 36.08), place);
    }

    [Theory]
    [InlineData("37546837.917, 3994544.622", "EPSG:4525")]
    [InlineData("3994544.622 37546837.917", "EPSG:4525")]
    [InlineData("546837.917,3994544.622", "EPSG:4546")]
    [InlineData("EPSG:4546 3994544.622,546837.917", "EPSG:4546")]
    public void Eastings_and_northings_are_read_by_their_zone_or_that_of_the_city(string text, string name)
    {
        var (place, system) = Assert.Single(CoordinateText.Read(text, Local));

        Assert.Equal(name, system.Name);
        Assert.Equal((111.52, 36.08), (Math.Round(place.Lon, 8), Math.Round(place.Lat, 8)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("洪洞县")]
    [InlineData("111.52")]
    [InlineData("2号锅炉 36")]
    [InlineData("200,300")]
    [InlineData("N36.08 N36.09")]
    [InlineData("-111.52,36.08")]
    [InlineData("99546837.9,3994544.6")]
    [InlineData("111.52,36.08,5")]
    [InlineData("EPSG:4546 111.52,36.08")]
    public void What_is_no_pair_of_coordinates_of_China_is_read_as_none(string text) => Assert.Empty(CoordinateText.Read(text, Local));
}
