using System.Globalization;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using Xunit;

namespace Linfen.AirMap.Tests.Atlas;

/// <summary>The atlas in memory and PostGIS give the same answer to "where is this", on the borders too.</summary>
public sealed class AgreementTests(CityGround ground) : IClassFixture<CityGround>
{
    /// <summary>The same points in every run; another seed is another run of the same property.</summary>
    const int Seed = 36;

    [Fact]
    public async Task Random_points_in_and_around_the_city_lie_where_PostGIS_says()
    {
        var random = new Random(Seed);
        var city = City();
        city.ExpandBy(0.1);
        var covering = new List<string?>();
        for (var done = 0; done < Sample.Points; done += Sample.AtOnce)
        {
            covering.AddRange(await AgreeAsync([.. Enumerable.Range(0, Sample.AtOnce)
                .Select(_ => new LonLat(city.MinX + random.NextDouble() * city.Width, city.MinY + random.NextDouble() * city.Height))]));
        }

        Assert.InRange(covering.Count(code => code is null), Sample.Points / 5, Sample.Points * 4 / 5);
        Assert.Equal(17, covering.OfType<string>().Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_corner_of_every_county_belongs_to_the_lowest_code_that_covers_it()
    {
        var corners = ground.Edges().Select(e => At(e.P0)).Distinct().ToList();

        var covering = await AgreeAsync(corners);
        Assert.All(covering, code => Assert.NotNull(code));
    }

    [Fact]
    public async Task Corners_of_three_counties_belong_to_the_lowest_of_the_three()
    {
        var meeting = ground.Counties
            .SelectMany(county => county.Boundary.Coordinates.Distinct().Select(corner => (Corner: At(corner), county.Code)))
            .GroupBy(c => c.Corner).Where(g => g.Count() >= 3).ToList();

        Assert.True(meeting.Count >= 10, $"only {meeting.Count} such corners");
        Assert.All(meeting, corner => Assert.Equal(corner.Min(c => c.Code), ground.Atlas.Locate(corner.Key)?.Code));
        await AgreeAsync([.. meeting.Select(m => m.Key)]);
    }

    [Fact]
    public async Task Points_computed_along_the_edges_lie_where_PostGIS_says()
    {
        var random = new Random(Seed);
        var edges = ground.Edges().ToList();
        var points = edges.Select(e => At(e.MidPoint)).Concat(
            Enumerable.Range(0, 10_000).Select(_ => At(edges[random.Next(edges.Count)].PointAlong(random.NextDouble())))).ToList();

        await AgreeAsync(points);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-9)]
    [InlineData(1e-7)]
    [InlineData(1e-5)]
    public async Task Points_just_beside_the_edges_lie_where_PostGIS_says(double degrees)
    {
        var random = new Random(Seed);
        var edges = ground.Edges().Where(e => e.Length > 0).ToList();
        var points = Enumerable.Range(0, 3_000).Select(_ => edges[random.Next(edges.Count)])
            .Select(e => At(e.PointAlongOffset(random.NextDouble(), random.Next(2) == 0 ? degrees : -degrees))).ToList();

        await AgreeAsync(points);
    }

    [Fact]
    public async Task The_corners_of_every_countys_envelope_and_places_without_sense_lie_where_PostGIS_says()
    {
        var points = ground.Counties.Select(c => c.Boundary.EnvelopeInternal)
            .SelectMany(e => new[] { new LonLat(e.MinX, e.MinY), new LonLat(e.MaxX, e.MinY), new LonLat(e.MaxX, e.MaxY), new LonLat(e.MinX, e.MaxY) })
            .Concat([new(0, 0), new(-111, -36), new(36, 111), new(180, 90), new(-180, -90)]).ToList();

        await AgreeAsync(points);
        Assert.Null(ground.Atlas.Locate(new(double.NaN, 36)));
        Assert.Null(ground.Atlas.Locate(new(111, double.PositiveInfinity)));
    }

    [Fact]
    public async Task Within_the_margin_a_point_outside_belongs_to_the_nearest_county()
    {
        const double marginMetres = 2_000;
        var random = new Random(Seed);
        var edges = ground.Edges().ToList();
        var around = Enumerable.Range(0, 2_000)
            .Select(_ => At(edges[random.Next(edges.Count)].PointAlongOffset(random.NextDouble(), (random.NextDouble() - 0.5) * 0.08))).ToList();
        var covering = await ground.CoveringAsync(around);
        var outside = around.Where((_, i) => covering[i] is null).ToList();
        var nearest = await ground.NearestAsync(outside);
        var (near, far) = (0, 0);
        for (var i = 0; i < outside.Count; i++)
        {
            var (code, metres) = (nearest[i]![..6], double.Parse(nearest[i]![7..], CultureInfo.InvariantCulture));
            var found = ground.Atlas.Locate(outside[i], marginMetres);
            Assert.Null(ground.Atlas.Locate(outside[i], 0));
            // The planar foot of the perpendicular may differ from the geodesic one by a part of a percent of the distance.
            if (metres < marginMetres * 0.9)
            {
                near++;
                Assert.NotNull(found);
                Assert.InRange(DistanceTo(found, outside[i]), metres * 0.99, metres * 1.2 + 0.01);
            }
            else if (metres > marginMetres * 1.001)
            {
                far++;
                Assert.Null(found);
            }
        }

        Assert.True(near > 100 && far > 20, $"{near} near, {far} far");
    }

    [Fact]
    public void A_margin_changes_nothing_inside_the_city()
    {
        var random = new Random(Seed);
        var points = ground.Edges().Select(e => At(e.PointAlongOffset(0.5, (random.NextDouble() - 0.5) * 1e-3))).ToList();
        Assert.All(points, p => Assert.True(ground.Atlas.Locate(p) is not { } exact || exact == ground.Atlas.Locate(p, 5_000)));
    }

    [Fact]
    public async Task Many_readers_at_once_get_the_same_answers_as_one_from_the_first_moment_on()
    {
        var random = new Random(Seed);
        var city = City();
        var points = Enumerable.Range(0, 5_000)
            .Select(_ => new LonLat(city.MinX + random.NextDouble() * city.Width, city.MinY + random.NextDouble() * city.Height)).ToList();
        var expected = points.ConvertAll(p => ground.Atlas.Locate(p)?.Code);
        var fresh = new AirMap.Atlas.CityAtlas(ground.Counties);
        using var together = new Barrier(8);

        var readers = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return points.ConvertAll(p => fresh.Locate(p)?.Code);
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

        Assert.All(await Task.WhenAll(readers), answers => Assert.Equal(expected, answers));
    }

    async Task<List<string?>> AgreeAsync(List<LonLat> points)
    {
        var expected = await ground.CoveringAsync(points);
        var different = points.Zip(expected, (point, code) => (point, PostGis: code, Atlas: ground.Atlas.Locate(point)?.Code)).Where(a => a.PostGis != a.Atlas).ToList();
        Assert.True(different.Count == 0, $"{different.Count} of {points.Count} differ: {string.Join("; ", different.Take(10))}");
        return expected;
    }

    static double DistanceTo(AirMap.Counties.County county, LonLat point)
    {
        var there = NetTopologySuite.Operation.Distance.DistanceOp.NearestPoints(county.Boundary, new Point(point.Lon, point.Lat))[0];
        return Geodesic.DistanceMetres(point, At(there));
    }

    Envelope City()
    {
        var city = new Envelope();
        foreach (var county in ground.Counties)
        {
            city.ExpandToInclude(county.Boundary.EnvelopeInternal);
        }

        return city;
    }

    static LonLat At(Coordinate corner) => new(corner.X, corner.Y);
}
