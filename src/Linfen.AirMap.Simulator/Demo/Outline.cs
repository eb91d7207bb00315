using System.Text.Json;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>Draws what a planner or surveyor would: quarters of a town, plots, stretches of road.</summary>
static class Outline
{
    const int Decimals = 6;

    static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory(Cgcs2000.Factory) } };

    public static JsonElement Json(Geometry shape) => JsonSerializer.SerializeToElement(shape, GeoJson);

    public static Point Point(LonLat at) => Cgcs2000.Factory.CreatePoint(Rounded(at));

    /// <summary>A quarter: round on the whole, with bays and bulges, as it has grown.</summary>
    /// <param name="radiusMetres">On average over all bearings.</param>
    public static Polygon Quarter(LonLat centre, double radiusMetres, Dice dice)
    {
        const int corners = 32;
        double[] waves = [0.16, 0.12, 0.07, 0.05];
        var phases = waves.Select(_ => dice.Between(0, 2 * Math.PI)).ToArray();
        var ring = Enumerable.Range(0, corners).Select(corner =>
        {
            var turn = 2 * Math.PI * corner / corners;
            var swell = 1 + waves.Select((height, n) => height * Math.Sin((n + 2) * turn + phases[n])).Sum() + dice.Between(-0.04, 0.04);
            return Geodesic.Destination(centre, turn * 180 / Math.PI, radiusMetres * swell);
        });
        return Ring(ring);
    }

    /// <summary>A plot of about that area: four corners, none quite square, sometimes one cut off.</summary>
    public static Polygon Plot(LonLat centre, double squareMetres, Dice dice)
    {
        var stretch = dice.Between(0.65, 1.5);
        var (half, other) = (Math.Sqrt(squareMetres) * stretch / 2, Math.Sqrt(squareMetres) / stretch / 2);
        var turned = dice.Between(-25, 25);
        List<(double East, double North)> corners = [(-half, -other), (-half, other), (half, other), (half, -other)];
        if (dice.Chance(0.4))
        {
            corners[2] = (half * 0.35, other);
            corners.Insert(3, (half, other * 0.3));
        }

        return Ring(corners.Select(corner =>
        {
            var (east, north) = (corner.East * dice.Between(0.88, 1.1), corner.North * dice.Between(0.88, 1.1));
            return Geodesic.Destination(centre, Math.Atan2(east, north) * 180 / Math.PI + turned, Math.Sqrt(east * east + north * north));
        }));
    }

    /// <summary>A stretch of road that keeps its bearing more or less.</summary>
    public static LineString Stretch(LonLat start, double bearing, double metres, Dice dice)
    {
        const int legs = 4;
        var at = start;
        var path = new List<Coordinate> { Rounded(at) };
        for (var leg = 0; leg < legs; leg++)
        {
            at = Geodesic.Destination(at, bearing + dice.Between(-5, 5), metres / legs);
            path.Add(Rounded(at));
        }

        return Cgcs2000.Factory.CreateLineString([.. path]);
    }

    /// <summary>Closes the corners to a polygon.</summary>
    public static Polygon Ring(IEnumerable<LonLat> corners)
    {
        var ring = corners.Select(Rounded).ToList();
        ring.Add(ring[0].Copy());
        return Cgcs2000.Factory.CreatePolygon([.. ring]);
    }

    static Coordinate Rounded(LonLat at) => new(Math.Round(at.Lon, Decimals), Math.Round(at.Lat, Decimals));
}
