using FsCheck.Xunit;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace Linfen.AirMap.Geo.Tests;

/// <summary>Expected numbers were computed with Karney's GeographicLib 2.2 on the CGCS2000 ellipsoid.</summary>
[Properties(Arbitrary = [typeof(Points)], MaxTest = 1000)]
public class GeodesicTests
{
    [Theory]
    [InlineData(111.52, 36.08, 111.69177, 36.5538, 54791.254406392)]
    [InlineData(111.48527, 36.15366, 111.69177, 36.5538, 48115.175996297)]
    [InlineData(110.37, 35.38, 112.58, 36.94, 263629.424376415)]
    [InlineData(111.5, 36, 111.5, 36.27, 29959.606578860)]
    [InlineData(111.5, 36, 111.833, 36, 30024.493444976)]
    [InlineData(111.5, 36, 111.50001, 36.00001, 1.429733871)]
    [InlineData(0, 0, 1, 0, 111319.490793274)]
    [InlineData(-179.9, 10, 179.9, 10.1, 24556.579652730)]
    public void Distances_agree_with_GeographicLib_to_a_micrometre(double lon1, double lat1, double lon2, double lat2, double metres) =>
        Assert.Equal(metres, Geodesic.DistanceMetres(new LonLat(lon1, lat1), new LonLat(lon2, lat2)), 1e-6);

    [Fact]
    public void A_distance_between_continents_agrees_to_a_millimetre() =>
        Assert.Equal(11016526.488748757, Geodesic.DistanceMetres(new LonLat(116.4, 39.9), new LonLat(-74, 40.7)), 0.001);

    [Fact]
    public void Antipodes_are_half_the_globe_apart_and_no_bug()
    {
        Assert.Equal(20_003_931, Geodesic.DistanceMetres(new LonLat(0, 10), new LonLat(180, -10)), 25_000.0);
        Assert.Equal(20_003_931, Geodesic.DistanceMetres(new LonLat(0, 0), new LonLat(179.9, 0.1)), 25_000.0);
    }

    [Theory]
    [InlineData(111.48527, 36.15366, 0, 30000, 111.485270000000, 36.424017065660)]
    [InlineData(111.48527, 36.15366, 73.5, 30000, 111.805228563626, 36.230019530527)]
    [InlineData(111.48527, 36.15366, 200, 30000, 111.371614574900, 35.899542311028)]
    [InlineData(111.69177, 36.5538, 270, 1234567, 97.994813365415, 35.762895051335)]
    public void Destinations_agree_with_GeographicLib(double lon, double lat, double bearing, double metres, double toLon, double toLat)
    {
        var reached = Geodesic.Destination(new LonLat(lon, lat), bearing, metres);
        Assert.Equal(toLon, reached.Lon, 1e-11 + metres * 1e-16);
        Assert.Equal(toLat, reached.Lat, 1e-11 + metres * 1e-16);
    }

    [Theory]
    [InlineData("POLYGON((111 36,112 36,112 37,111 37,111 36))", 9941629403.1973)]
    [InlineData("POLYGON((111.5 36,111.511 36,111.511 36.009,111.5 36.009,111.5 36))", 990387.2685)]
    [InlineData("POLYGON((111.5 36,111.5001 36,111.5001 36.0001,111.5 36.0001,111.5 36))", 100.0447)]
    [InlineData("POLYGON((111.48 36.1,111.52 36.4,111.6 36.13,111.48 36.1))", 173811928.0720)]
    public void Areas_agree_with_GeographicLib(string wkt, double squareMetres) =>
        Assert.Equal(squareMetres, Geodesic.AreaSquareMetres(new WKTReader().Read(wkt)), 0.0001 + squareMetres * 2e-9);

    [Fact]
    public void The_area_of_a_continent_agrees_to_a_millionth() =>
        Assert.Equal(10783906386708.5098, Geodesic.AreaSquareMetres(new WKTReader().Read("POLYGON((100 -20,130 -5,110 40,100 -20))")), 1e7);

    [Fact]
    public void Holes_are_left_out_and_parts_are_added()
    {
        var reader = new WKTReader();
        var shell = Geodesic.AreaSquareMetres(reader.Read("POLYGON((111 36,112 36,112 37,111 37,111 36))"));
        var hole = Geodesic.AreaSquareMetres(reader.Read("POLYGON((111.2 36.2,111.3 36.2,111.3 36.3,111.2 36.3,111.2 36.2))"));
        var holed = (Polygon)reader.Read(
            "POLYGON((111 36,112 36,112 37,111 37,111 36),(111.2 36.2,111.3 36.2,111.3 36.3,111.2 36.3,111.2 36.2))");
        Assert.Equal(shell - hole, Geodesic.AreaSquareMetres(holed), 0.01);
        var island = (Polygon)reader.Read("POLYGON((111.2 36.2,111.3 36.2,111.3 36.3,111.2 36.3,111.2 36.2))");
        Assert.Equal(shell, Geodesic.AreaSquareMetres(Cgcs2000.Factory.CreateMultiPolygon([holed, island])), 0.01);
    }

    [Fact]
    public void Points_and_lines_have_no_area()
    {
        Assert.Equal(0, Geodesic.AreaSquareMetres(new WKTReader().Read("POINT(111 36)")));
        Assert.Equal(0, Geodesic.AreaSquareMetres(new WKTReader().Read("LINESTRING(111 36,112 36)")));
        Assert.Equal(0, Geodesic.AreaSquareMetres(new WKTReader().Read("POLYGON EMPTY")));
    }

    [Property]
    public bool A_destination_is_as_far_away_as_asked(LonLat start, byte bearing, ushort metres) =>
        Math.Abs(Geodesic.DistanceMetres(start, Geodesic.Destination(start, bearing * 360 / 256.0, metres)) - metres) < 1e-5;

    [Property]
    public bool Distance_is_the_same_both_ways(LonLat one, LonLat other) =>
        Math.Abs(Geodesic.DistanceMetres(one, other) - Geodesic.DistanceMetres(other, one)) < 1e-6;

    [Property]
    public bool A_point_is_no_distance_from_itself(LonLat point) => Geodesic.DistanceMetres(point, point) == 0;

    [Property]
    public bool A_ring_has_the_same_area_in_both_directions(LonLat a, LonLat b, LonLat c)
    {
        var there = Triangle(a, b, c);
        var back = Triangle(c, b, a);
        return Math.Abs(Geodesic.AreaSquareMetres(there) - Geodesic.AreaSquareMetres(back)) < 0.1;
    }

    [Fact]
    public void A_circle_of_30_km_is_drawn_on_the_30_km_circle()
    {
        var plant = new LonLat(111.48527, 36.15366);
        var circle = Geodesic.Circle(plant, 30_000, 128);

        Assert.Equal(Cgcs2000.Srid, circle.SRID);
        Assert.True(circle.IsValid);
        Assert.True(circle.Shell.IsCCW);
        Assert.Equal(129, circle.NumPoints);
        Assert.All(circle.Coordinates, vertex =>
            Assert.Equal(30_000, Geodesic.DistanceMetres(plant, new LonLat(vertex.X, vertex.Y)), 1e-5));
        // A regular 128-gon has 0.99960 of its circle's area; curvature of the ground takes less than 1e-5 off.
        var ofCircle = Geodesic.AreaSquareMetres(circle) / (Math.PI * 30_000.0 * 30_000.0);
        Assert.Equal(128 / (2 * Math.PI) * Math.Sin(2 * Math.PI / 128), ofCircle, 1e-5);
    }

    static Polygon Triangle(LonLat a, LonLat b, LonLat c) => Cgcs2000.Factory.CreatePolygon(
        [new(a.Lon, a.Lat), new(b.Lon, b.Lat), new(c.Lon, c.Lat), new(a.Lon, a.Lat)]);
}
