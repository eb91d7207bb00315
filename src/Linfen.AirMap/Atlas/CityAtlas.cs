using System.Security.Cryptography;
using System.Text;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Distance;

namespace Linfen.AirMap.Atlas;

/// <summary>
/// What is in force, in memory: an immutable picture of counties, zones, plants and parks that answers "where is this, and what holds
/// there" without a query. It agrees with <c>ST_Covers</c>; a border point belongs to the lowest county code whose polygon covers it.
/// </summary>
sealed class CityAtlas
{
    readonly CountyGrid grid;

    public CityAtlas(IEnumerable<County> counties, Regulation? regulation = null)
    {
        ByCode = counties.ToDictionary(c => c.Code, StringComparer.Ordinal);
        grid = new CountyGrid(ByCode.Values);
        Fingerprint = FingerprintOf(ByCode.Values);
        Regulation = regulation ?? Regulation.None;
    }

    CityAtlas(CityAtlas other, Regulation regulation) =>
        (ByCode, grid, Fingerprint, Regulation) = (other.ByCode, other.grid, other.Fingerprint, regulation);

    public IReadOnlyDictionary<string, County> ByCode { get; }

    /// <summary>The same for the same names and boundaries, in every process.</summary>
    public string Fingerprint { get; }

    public Regulation Regulation { get; }

    /// <summary>The same counties under other zones, plants or parks.</summary>
    public CityAtlas With(Regulation regulation) => new(this, regulation);

    /// <summary>The city as it now is; what was worked out of the same counties is kept.</summary>
    public CityAtlas Over(IReadOnlyCollection<County> counties, Regulation regulation) =>
        FingerprintOf(counties) == Fingerprint ? With(regulation) : new(counties, regulation);

    /// <summary>The county whose polygon covers the point; null outside the city.</summary>
    public County? Locate(LonLat at) => grid.Locate(at);

    /// <summary>As <see cref="Locate(LonLat)"/>, but a point at most so far outside the city belongs to the nearest county.</summary>
    /// <param name="marginMetres">Geodesic metres; 0 for the exact city.</param>
    public County? Locate(LonLat at, double marginMetres) =>
        Locate(at) ?? (marginMetres > 0 ? Nearest(at, marginMetres) : null);

    /// <summary>The county of a point, or the one with the largest geodesic share of an area or line (tie: lowest code); null outside.</summary>
    public County? CountyOf(Geometry shape)
    {
        if (shape is Point point)
        {
            return Locate(new LonLat(point.X, point.Y));
        }

        var touching = ByCode.Values.Where(c => c.Boundary.EnvelopeInternal.Intersects(shape.EnvelopeInternal) && c.Boundary.Intersects(shape))
            .OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        return touching.Count < 2 ? touching.FirstOrDefault() : touching.MaxBy(c => Share(c.Boundary, shape));
    }

    /// <summary>Where a shape lies and which zones hold there at a moment.</summary>
    public Place PlaceOf(Geometry? shape, bool simulated, DateTimeOffset at)
    {
        if (shape is null)
        {
            return Place.Unknown with { KindsInForce = Regulation.KindsOn(Beijing.DayOf(at), simulated) };
        }

        var day = Beijing.DayOf(at);
        return new Place
        {
            County = CountyOf(shape)?.Code,
            Zones = [.. Regulation.Containing(shape, simulated).Where(z => z.HoldsOn(day)).Select(z => z.ToFact())],
            KindsInForce = Regulation.KindsOn(day, simulated),
        };
    }

    /// <summary>Who answers at a place: the park's authority inside a park, else the county's government.</summary>
    public string ResponsibleAt(County county, Point position, DateTimeOffset at, bool simulated) =>
        Regulation.AuthorityAt(position, Beijing.DayOf(at), simulated) ?? ResponsibleUnit.For(county.Name);

    /// <summary>Square metres of an area, metres of a line, on the ellipsoid.</summary>
    static double Share(Geometry county, Geometry shape)
    {
        var part = county.Intersection(shape);
        return shape.Dimension == Dimension.Surface ? Geodesic.AreaSquareMetres(part) : Lines(part).Sum(LengthMetres);
    }

    static IEnumerable<LineString> Lines(Geometry part) => Enumerable.Range(0, part.NumGeometries).Select(part.GetGeometryN).OfType<LineString>();

    static double LengthMetres(LineString line)
    {
        var metres = 0d;
        for (var i = 1; i < line.NumPoints; i++)
        {
            var (a, b) = (line.GetCoordinateN(i - 1), line.GetCoordinateN(i));
            metres += Geodesic.DistanceMetres(new(a.X, a.Y), new(b.X, b.Y));
        }

        return metres;
    }

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
