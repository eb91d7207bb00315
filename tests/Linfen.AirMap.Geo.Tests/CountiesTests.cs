using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Geo.Tests;

public class CountiesTests
{
    static readonly Geometry[] Areas = [.. ShippedData.Counties.Select(county => county.Geometry)];

    [Fact]
    public void The_17_counties_are_there_in_the_order_of_their_codes()
    {
        string[] codes =
        [
            "141002", "141021", "141022", "141023", "141024", "141025", "141026", "141027", "141028", "141029", "141030",
            "141031", "141032", "141033", "141034", "141081", "141082",
        ];
        Assert.Equal(codes, ShippedData.Counties.Select(county => (string)county.Attributes["code"]), StringComparer.Ordinal);
        Assert.All(ShippedData.Counties, county => Assert.Matches("(区|县|市)$", (string)county.Attributes["name"]));
        Assert.All(ShippedData.Counties, county => Assert.Matches("^[A-Z][a-z]+ (District|County|City)$", (string)county.Attributes["nameEn"]));
    }

    [Fact]
    public void The_counties_have_no_gaps_and_no_overlaps()
    {
        Assert.All(Areas, area => Assert.True(area.IsValid));
        Assert.All(CoverageValidator.Validate(Areas, 0.001), mismatch => Assert.True(mismatch is null || mismatch.IsEmpty));
        var city = Assert.IsType<Polygon>(CoverageUnion.Union(Areas));
        Assert.Equal(0, city.NumInteriorRings);
    }

    [Fact]
    public void The_areas_sum_to_the_city_which_is_about_its_official_area()
    {
        var sum = Areas.Sum(Geodesic.AreaSquareMetres);
        Assert.Equal(Geodesic.AreaSquareMetres(CoverageUnion.Union(Areas)), sum, 1.0);
        Assert.Equal(20_298e6, sum, 1e6);
        Assert.Equal(20_275e6, sum, 0.0025 * 20_275e6); // The official figure.
    }

    [Fact]
    public void Every_county_is_a_multipolygon_with_shells_counter_clockwise()
    {
        Assert.All(Areas, area => Assert.IsType<MultiPolygon>(area));
        var polygons = Areas.SelectMany(area => ((MultiPolygon)area).Geometries.Cast<Polygon>());
        Assert.All(polygons, polygon => Assert.True(polygon.Shell.IsCCW && polygon.Holes.All(hole => !hole.IsCCW)));
    }

    [Fact]
    public void Coordinates_have_at_most_six_decimals() =>
        Assert.All(Areas.SelectMany(area => area.Coordinates), vertex =>
        {
            Assert.Equal(Math.Round(vertex.X, 6), vertex.X);
            Assert.Equal(Math.Round(vertex.Y, 6), vertex.Y);
        });

    [Fact]
    public void The_city_lies_where_Linfen_lies()
    {
        var envelope = new Envelope();
        foreach (var area in Areas)
        {
            envelope.ExpandToInclude(area.EnvelopeInternal);
        }

        Assert.Equal(110.37, envelope.MinX, 0.02);
        Assert.Equal(112.58, envelope.MaxX, 0.02);
        Assert.Equal(35.38, envelope.MinY, 0.02);
        Assert.Equal(36.94, envelope.MaxY, 0.02);
    }

    [Theory]
    [InlineData("尧都区", 111.52, 36.08)]
    [InlineData("曲沃县", 111.475, 35.64)]
    [InlineData("翼城县", 111.715, 35.74)]
    [InlineData("襄汾县", 111.44, 35.875)]
    [InlineData("洪洞县", 111.67, 36.255)]
    [InlineData("古县", 111.92, 36.265)]
    [InlineData("安泽县", 112.25, 36.147)]
    [InlineData("浮山县", 111.848, 35.968)]
    [InlineData("吉县", 110.68, 36.098)]
    [InlineData("乡宁县", 110.845, 35.97)]
    [InlineData("大宁县", 110.75, 36.465)]
    [InlineData("隰县", 110.94, 36.693)]
    [InlineData("永和县", 110.63, 36.76)]
    [InlineData("蒲县", 111.096, 36.411)]
    [InlineData("汾西县", 111.56, 36.652)]
    [InlineData("侯马市", 111.37, 35.62)]
    [InlineData("霍州市", 111.72, 36.57)]
    public void The_seat_of_a_county_lies_in_it(string county, double lon, double lat) =>
        Assert.Equal([county], ShippedData.CountiesAt(Cgcs2000.Factory.CreatePoint(new Coordinate(lon, lat))));

    [Theory]
    [InlineData(112.55, 37.87)] // 太原
    [InlineData(111.0, 35.03)] // 运城
    [InlineData(113.1, 36.2)] // 长治
    [InlineData(109.5, 36.6)] // 延安
    public void A_neighbouring_city_lies_in_no_county(double lon, double lat) =>
        Assert.Empty(ShippedData.CountiesAt(Cgcs2000.Factory.CreatePoint(new Coordinate(lon, lat))));

    [Fact]
    public void A_feature_is_one_line_of_the_file()
    {
        var lines = File.ReadAllLines(ShippedData.Path("counties.geojson"));
        Assert.Equal(17 + 2, lines.Length);
        Assert.All(lines[1..^1], line => Assert.StartsWith("{\"type\":\"Feature\",", line, StringComparison.Ordinal));
    }
}
