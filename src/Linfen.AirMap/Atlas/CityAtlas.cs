using System.Security.Cryptography;
using System.Text;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Geo;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Distance;

namespace Linfen.AirMap.Atlas;

/// <summary>
/// What is in force, in memory: an immutable picture of the counties that answers "where is this point" without a query.
/// It agrees with <c>ST_Covers</c>; a border point belongs to the lowest county code whose polygon covers it.
/// </summary>
sealed class CityAtlas
{
    readonly STRtree<Place> tree = new();
    readonly Place[] places;

    sealed record Place(County County, IndexedPointInAreaLocator Locator);

    public CityAtlas(IEnumerable<County> counties)
    {
        places = [.. counties.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => new Place(c, new IndexedPointInAreaLocator(c.Boundary)))];
        foreach (var place in places)
        {
            tree.Insert(place.County.Boundary.EnvelopeInternal, place);
        }

        tree.Build();
        Fingerprint = FingerprintOf(places);
        ByCode = places.ToDictionary(p => p.County.Code, p => p.County, StringComparer.Ordinal);
        foreach (var place in places)
        {
            // The locator builds its index on first use; done here, so that concurrent readers only read.
            place.Locator.Locate(place.County.Label.Coordinate);
        }
    }

    public IReadOnlyDictionary<string, County> ByCode { get; }

    /// <summary>The same for the same names and boundaries, in every process.</summary>
    public string Fingerprint { get; }

    /// <summary>The county whose polygon covers the point; null outside the city.</summary>
    public County? Locate(LonLat at)
    {
        var point = new Coordinate(at.Lon, at.Lat);
        County? lowest = null;
        foreach (var place in tree.Query(new Envelope(point)))
        {
            if ((lowest is null || string.CompareOrdinal(place.County.Code, lowest.Code) < 0) && place.Locator.Locate(point) != Location.Exterior)
            {
                lowest = place.County;
            }
        }

        return lowest;
    }

    /// <summary>As <see cref="Locate(LonLat)"/>, but a point at most so far outside the city belongs to the nearest county.</summary>
    /// <param name="marginMetres">Geodesic metres; 0 for the exact city.</param>
    public County? Locate(LonLat at, double marginMetres) =>
        Locate(at) ?? (marginMetres > 0 ? Nearest(at, marginMetres) : null);

    static string FingerprintOf(Place[] places)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var county in places.Select(p => p.County))
        {
            digest.AppendData(Encoding.UTF8.GetBytes($"{county.Code} {county.Name} {county.NameEn}"));
            digest.AppendData(county.Boundary.AsBinary());
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset())[..8];
    }

    County? Nearest(LonLat at, double marginMetres)
    {
        var point = new Point(at.Lon, at.Lat);
        County? nearest = null;
        var best = marginMetres;
        foreach (var place in places)
        {
            // The nearest point in degrees is near enough to the geodesic one over a margin of some kilometres.
            var there = DistanceOp.NearestPoints(place.County.Boundary, point)[0];
            var metres = Geodesic.DistanceMetres(at, new(there.X, there.Y));
            if (metres <= best && (nearest is null || metres < best))
            {
                (nearest, best) = (place.County, metres);
            }
        }

        return nearest;
    }
}
