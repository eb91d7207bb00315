using System.Collections.Concurrent;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace Linfen.AirMap.Zones;

/// <summary>What is computed from a zone's shape.</summary>
/// <param name="Counties">Codes of the counties with which it shares an area, in order.</param>
sealed record ZoneMeasure(IReadOnlyList<string> Counties, double AreaSquareMetres);

/// <summary>Counties and areas of zones, computed once per revision and set of boundaries.</summary>
sealed class ZoneMeasures(AtlasKeeper keeper)
{
    volatile Ground ground = new("", []);

    sealed record Ground(string Fingerprint, IReadOnlyList<(string Code, Geometry Boundary, IPreparedGeometry Prepared)> Counties)
    {
        public ConcurrentDictionary<(Guid Id, int Version), (int Revision, ZoneMeasure Measure)> Known { get; } = [];
    }

    public ZoneMeasure Of(ZoneVersion zone)
    {
        var known = Present().Known;
        if (known.TryGetValue((zone.Id, zone.Version), out var held) && held.Revision == zone.Revision)
        {
            return held.Measure;
        }

        var measure = Of(zone.Shape);
        known[(zone.Id, zone.Version)] = (zone.Revision, measure);
        return measure;
    }

    public ZoneMeasure Of(Geometry shape) => new(CountiesOf(shape), Math.Round(Geodesic.AreaSquareMetres(shape), 1));

    public IReadOnlyList<string> CountiesOf(Geometry shape) =>
        [.. Present().Counties.Where(c => c.Boundary.EnvelopeInternal.Intersects(shape.EnvelopeInternal) && c.Prepared.Intersects(shape) && !c.Boundary.Touches(shape)).Select(c => c.Code)];

    Ground Present()
    {
        var atlas = keeper.Current;
        if (ground.Fingerprint != atlas.Fingerprint)
        {
            ground = new(
                atlas.Fingerprint,
                [.. atlas.ByCode.Values.OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => (c.Code, (Geometry)c.Boundary, PreparedGeometryFactory.Prepare(c.Boundary)))]);
        }

        return ground;
    }
}
