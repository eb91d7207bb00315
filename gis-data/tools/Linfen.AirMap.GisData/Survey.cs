using System.Globalization;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.GisData;

/// <summary>Measures what was made: the numbers that gis-data/README.md gives as accuracy.</summary>
static class Survey
{
    public static void Print(IReadOnlyList<County> counties, TextWriter to)
    {
        foreach (var county in counties)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{county.Code} {county.NameEn,-18} {SquareKilometres(county.Area),9:F1} km²  {county.Area.NumPoints,4} vertices"));
        }

        var city = Coverage.City(counties);
        var sum = counties.Sum(county => SquareKilometres(county.Area));
        var edges = Edges(counties);
        var lengths = edges.Select(edge => edge.Metres).Order().ToArray();
        var inner = edges.Where(edge => edge.Counties == 2).Sum(edge => edge.Metres) / 1000;
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sum of counties {sum:F3} km², the city as one {SquareKilometres(city):F3} km²"));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"edges: {lengths.Length}, median {lengths[lengths.Length / 2]:F0} m, 95 % {lengths[lengths.Length * 95 / 100]:F0} m, longest {lengths[^1]:F0} m"));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"borders between counties {inner:F0} km, of the city {lengths.Sum() / 1000 - inner:F0} km"));
        to.WriteLine("no gap, no overlap: every border is shared vertex by vertex");
    }

    static double SquareKilometres(Geometry area) => Geodesic.AreaSquareMetres(area) / 1e6;

    /// <summary>Every edge once, with its length and the number of counties that it bounds.</summary>
    static (double Metres, int Counties)[] Edges(IReadOnlyList<County> counties)
    {
        var edges = new Dictionary<(LonLat From, LonLat To), int>();
        foreach (var ring in counties.SelectMany(county => county.Area.Geometries.Cast<Polygon>()).SelectMany(polygon => polygon.Holes.Prepend(polygon.Shell)))
        {
            foreach (var (first, second) in ring.Coordinates.Zip(ring.Coordinates.Skip(1)))
            {
                var (from, to) = first.CompareTo(second) < 0 ? (first, second) : (second, first);
                var edge = (new LonLat(from.X, from.Y), new LonLat(to.X, to.Y));
                edges[edge] = edges.GetValueOrDefault(edge) + 1;
            }
        }

        return [.. edges.Select(edge => (Geodesic.DistanceMetres(edge.Key.From, edge.Key.To), edge.Value))];
    }
}
