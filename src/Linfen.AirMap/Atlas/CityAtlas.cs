using System.Security.Cryptography;
using System.Text;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Distance;

namespace Linfen.AirMap.Atlas;

/// <summary>
/// What is in force, in memory: an immutable picture of the counties that answers "where is this point" without a query.
/// It agrees with <c>ST_Covers</c>; a border point belongs to the lowest county code whose polygon covers it.
/// </summary>
sealed class CityAtlas
{
    readonly CountyGrid grid;

    public CityAtlas(IEnumerable<County> counties)
    {
        ByCode = counties.ToDictionary(c => c.Code, StringComparer.Ordinal);
        grid = new CountyGrid(ByCode.Values);
        Fingerprint = FingerprintOf(ByCode.Values);
    }

    public IReadOnlyDictionary<string, County> ByCode { get; }

    /// <summary>The same for the same names and boundaries, in every process.</summary>
    public string Fingerprint { get; }

    /// <summary>The county whose polygon covers the point; null outside the city.</summary>
    public County? Locate(LonLat at) => grid.Locate(at);

    /// <summary>As <see cref="Locate(LonLat)"/>, but a point at most so far outside the city belongs to the nearest county.</summary>
    /// <param name="marginMetres">Geodesic metres; 0 for the exact city.</param>
    public County? Locate(LonLat at, double marginMetres) =>
        Locate(at) ?? (marginMetres > 0 ? Nearest(at, marginMetres) : null);

    static string FingerprintOf(IEnumerable<County> counties)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var county in counties.OrderBy(c => c.Code, StringComparer.Ordinal))
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
        foreach (var county in ByCode.Values.OrderBy(c => c.Code, StringComparer.Ordinal))
        {
            // The nearest point in degrees is near enough to the geodesic one over a margin of some kilometres.
            var there = DistanceOp.NearestPoints(county.Boundary, point)[0];
            var metres = Geodesic.DistanceMetres(at, new(there.X, there.Y));
            if (metres <= best && (nearest is null || metres < best))
            {
                (nearest, best) = (county, metres);
            }
        }

        return nearest;
    }
}
