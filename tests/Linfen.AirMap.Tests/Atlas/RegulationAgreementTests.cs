using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using Xunit;

namespace Linfen.AirMap.Tests.Atlas;

/// <summary>Zones and heat radii in memory and PostGIS give the same answer to "what holds here".</summary>
public sealed class RegulationAgreementTests(RegulationGround ground) : IClassFixture<RegulationGround>
{
    const int Seed = 17;
    const double Radius = 30_000;

    static readonly LonLat Plant = new(111.69177, 36.5538);

    static Point At(double lon, double lat) => Database.Geometry.CreatePoint(new Coordinate(lon, lat));

    static Point Anywhere(Random random) => At(
        RegulationGround.Extent.MinX + random.NextDouble() * RegulationGround.Extent.Width, RegulationGround.Extent.MinY + random.NextDouble() * RegulationGround.Extent.Height);

    [Fact]
    public async Task Random_points_lie_in_the_zones_that_PostGIS_says_cover_them()
    {
        var random = new Random(Seed);
        var inside = 0;
        for (var done = 0; done < Sample.Points; done += Sample.AtOnce)
        {
            var points = Enumerable.Range(0, Sample.AtOnce).Select(_ => (Geometry)Anywhere(random)).ToList();
            inside += (await AgreeAsync(points, "st_covers(z.shape, s.shape)")).Count(held => held.Length > 0);
        }

        Assert.InRange(inside, Sample.Points / 10, Sample.Points * 9 / 10);
    }

    [Fact]
    public async Task Ten_thousand_points_on_borders_lie_in_the_zones_that_PostGIS_says_cover_them()
    {
        var random = new Random(Seed);
        var edges = ground.All.SelectMany(z => Edges(z.Shape)).ToList();
        var corners = edges.Select(e => e.P0).Concat(edges.Select(e => e.MidPoint)).ToList();
        var points = Enumerable.Range(0, 10_000).Select(i => i < 4_000 ? corners[random.Next(corners.Count)] : i < 7_000 ? edges[random.Next(edges.Count)].PointAlong(random.NextDouble())
            : edges[random.Next(edges.Count)].PointAlongOffset(random.NextDouble(), (random.Next(2) * 2 - 1) * Math.Pow(10, -12 + random.Next(8))));

        var held = await AgreeAsync([.. points.Select(p => (Geometry)At(p.X, p.Y))], "st_covers(z.shape, s.shape)");
        Assert.True(held.Count(h => h.Length > 0) > 4_000, "every corner is covered by its own zone");
    }

    [Fact]
    public async Task Lines_and_patches_lie_in_the_zones_with_which_PostGIS_says_they_share_more_than_a_border()
    {
        var random = new Random(Seed);
        var shapes = Enumerable.Range(0, Sample.Points / 10).Select(i => i % 2 == 0 ? (Geometry)Patch(random) : Road(random)).ToList();
        // Neighbours that share corners, edges or all of it with a zone, without area and with.
        foreach (var edge in ground.All.SelectMany(z => Edges(z.Shape).Take(20)))
        {
            shapes.Add(Database.Geometry.CreateLineString([edge.P0, edge.P1]));
            var (a, b) = (edge.PointAlongOffset(0.5, edge.Length), edge.PointAlongOffset(0.5, -edge.Length));
            shapes.Add(Database.Geometry.CreatePolygon([edge.P0, edge.P1, a, edge.P0.Copy()]));
            shapes.Add(Database.Geometry.CreatePolygon([edge.P0, edge.P1, b, edge.P0.Copy()]));
        }

        shapes.AddRange(ground.All.Select(z => (Geometry)z.Shape));
        foreach (var chunk in shapes.Chunk(Sample.AtOnce))
        {
            await AgreeAsync(chunk, "st_intersects(z.shape, s.shape) AND NOT st_touches(z.shape, s.shape)");
        }
    }

    [Fact]
    public async Task Random_points_are_within_the_radius_of_a_plant_when_PostGIS_says_so()
    {
        var random = new Random(Seed);
        var plant = At(Plant.Lon, Plant.Lat);
        var regulation = new Regulation([], [new(Guid.Empty, "兆光", 1_800, true, plant, false)], [], HeatMask.None);
        var within = 0;
        for (var done = 0; done < Sample.Points; done += Sample.AtOnce)
        {
            var points = Enumerable.Range(0, Sample.AtOnce).Select(_ => (Geometry)Anywhere(random)).ToList();
            within += await MeasureAsync(regulation, points, plant);
        }

        Assert.InRange(within, Sample.Points / 50, Sample.Points / 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(-0.001)]
    [InlineData(100)]
    [InlineData(-100)]
    public async Task Points_on_and_beside_the_circle_are_as_far_from_the_plant_as_PostGIS_says(double beyondMetres)
    {
        var plant = At(Plant.Lon, Plant.Lat);
        var regulation = new Regulation([], [new(Guid.Empty, "兆光", 1_800, true, plant, false)], [], HeatMask.None);
        var points = Enumerable.Range(0, 2_000).Select(i => Geodesic.Destination(Plant, i * 0.18, Radius + beyondMetres)).Select(p => (Geometry)At(p.Lon, p.Lat)).ToList();

        var within = await MeasureAsync(regulation, points, plant);

        if (beyondMetres != 0)
        {
            Assert.Equal(beyondMetres < 0 ? points.Count : 0, within);
        }
    }

    [Fact]
    public async Task Patches_are_as_far_from_the_premises_of_a_plant_as_PostGIS_says()
    {
        var random = new Random(Seed);
        var premises = Database.Geometry.CreatePolygon([new(111.69, 36.55), new(111.70, 36.552), new(111.695, 36.56), new(111.69, 36.55)]);
        var regulation = new Regulation([], [new(Guid.Empty, "兆光", 1_800, true, premises, false)], [], HeatMask.None);
        var patches = Enumerable.Range(0, 2_000).Select(_ => (Geometry)Patch(random)).ToList();
        var expected = await ground.DistancesAsync(patches, premises, Radius);
        var near = 0;
        for (var i = 0; i < patches.Count; i++)
        {
            // Our edges are straight in degrees, as ST_Covers takes them; geography bends them along great circles: decimetres over 2 km.
            // Far beyond any radius the plane in which the nearest points are sought is too flat; nothing depends on it there.
            if (expected[i].Metres < 2 * Radius)
            {
                Assert.InRange(regulation.PlantsFrom(patches[i], simulated: false)[0].DistanceMetres - expected[i].Metres, -0.25, 0.25);
                near++;
            }
        }

        Assert.True(near > 300, $"only {near} patches are near enough");
    }

    /// <summary>Checks distance and verdict; returns how many are within.</summary>
    async Task<int> MeasureAsync(Regulation regulation, List<Geometry> points, Point plant)
    {
        var expected = await ground.DistancesAsync(points, plant, Radius);
        var within = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var metres = regulation.PlantsFrom(points[i], simulated: false)[0].DistanceMetres;
            Assert.True(Math.Abs(metres - expected[i].Metres) < 1e-5, $"{points[i]}: {metres} m, PostGIS {expected[i].Metres} m");
            // Within a hundredth of a millimetre of the circle rounding decides.
            if (Math.Abs(metres - Radius) > 1e-5)
            {
                Assert.True((metres <= Radius) == expected[i].Within, $"{points[i]}: {metres} m");
            }

            within += metres <= Radius ? 1 : 0;
        }

        return within;
    }

    async Task<List<string>> AgreeAsync(IReadOnlyList<Geometry> shapes, string predicate)
    {
        var expected = await ground.AskAsync(shapes, predicate);
        var different = shapes.Zip(expected, (shape, held) => (shape, PostGis: held, Atlas: ground.Held(shape))).Where(a => !string.Equals(a.PostGis, a.Atlas, StringComparison.Ordinal)).ToList();
        Assert.True(different.Count == 0, $"{different.Count} of {shapes.Count} differ: {string.Join("; ", different.Take(10))}");
        return expected;
    }

    static Polygon Patch(Random random)
    {
        var (middle, half) = (Anywhere(random), 0.0005 + random.NextDouble() * 0.01);
        var first = new Coordinate(middle.X - half, middle.Y - half * random.NextDouble());
        return Database.Geometry.CreatePolygon(
            [first, new(middle.X + half, middle.Y - half), new(middle.X + half * random.NextDouble(), middle.Y + half), first.Copy()]);
    }

    static LineString Road(Random random)
    {
        var at = Anywhere(random);
        return Database.Geometry.CreateLineString([.. Enumerable.Range(0, 4).Select(_ => new Coordinate(at.X + random.NextDouble() * 0.03, at.Y + random.NextDouble() * 0.03))]);
    }

    static IEnumerable<LineSegment> Edges(Geometry shape) =>
        from part in Enumerable.Range(0, shape.NumGeometries).Select(shape.GetGeometryN).Cast<Polygon>()
        from ring in part.InteriorRings.Prepend(part.ExteriorRing)
        from i in Enumerable.Range(1, ring.NumPoints - 1)
        select new LineSegment(ring.GetCoordinateN(i - 1), ring.GetCoordinateN(i));
}
