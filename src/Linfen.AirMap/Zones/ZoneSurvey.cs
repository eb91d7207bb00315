using Linfen.AirMap.Accounts;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Hosting;
using Linfen.AirMap.Plan;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Linfen.AirMap.Zones;

/// <summary>Something a planner should look at before publishing.</summary>
/// <param name="Type">overlap, outside-city, sliver.</param>
sealed record ZoneWarning(string Type, string Message, double AreaSquareMetres, double Lon, double Lat, ZoneNeighbour? Zone = null);

sealed record ZoneNeighbour(Guid Id, int Version, string Name);

sealed record ZoneFindings(bool Valid, IReadOnlyList<string> Faults, IReadOnlyList<ZoneWarning> Warnings, IReadOnlyList<string> Counties, double AreaSquareMetres);

/// <summary>Surveys the latest version of a zone against the counties and zones of today.</summary>
sealed class ZoneSurvey(AirMapDb db, AtlasKeeper keeper, ZoneMeasures measures, TimeProvider clock)
{
    /// <summary>What is smaller comes from drawing, not from planning. Square metres.</summary>
    const double SliverSquareMetres = 10;

    public async Task<IResult> AnswerAsync(Guid id, Scope scope, CancellationToken cancellation)
    {
        var zone = await db.ZoneVersions.AsNoTracking().Where(z => z.Id == id).OrderByDescending(z => z.Version).FirstOrDefaultAsync(cancellation);
        if (zone is null || !ZoneSight.Holds(scope, measures.Of(zone).Counties))
        {
            return Problems.NotFound("such zone");
        }

        var atlas = await keeper.FreshAsync();
        var measure = measures.Of(zone);
        var faults = ZoneShape.FaultsOf(zone.Shape);
        if (measure.Counties.Count == 0)
        {
            faults.Add($"geometry: lies outside the city, around {ZoneShape.Place(zone.Shape.Centroid.Coordinate)}");
        }

        List<ZoneWarning> warnings = faults.Count > 0 ? [] : [.. Parts(zone), .. Overlaps(zone, atlas.Regulation), .. Outside(zone, atlas)];
        return TypedResults.Ok(new ZoneFindings(faults.Count == 0, faults, warnings, measure.Counties, measure.AreaSquareMetres));
    }

    /// <summary>Parts and holes of its own that are too small to be meant.</summary>
    static IEnumerable<ZoneWarning> Parts(ZoneVersion zone)
    {
        foreach (var polygon in zone.Shape.Geometries.Cast<Polygon>())
        {
            if (Geodesic.AreaSquareMetres(polygon) is var area and < SliverSquareMetres)
            {
                yield return Warning("sliver", "A part of the zone is smaller than 10 m².", area, polygon);
            }

            foreach (var hole in polygon.Holes.Select(polygon.Factory.CreatePolygon))
            {
                if (Geodesic.AreaSquareMetres(hole) is var gap and < SliverSquareMetres)
                {
                    yield return Warning("sliver", "A hole in the zone is smaller than 10 m².", gap, hole);
                }
            }
        }
    }

    /// <summary>Other zones of the kind that hold today or later.</summary>
    IEnumerable<ZoneWarning> Overlaps(ZoneVersion zone, Regulation regulation)
    {
        var today = Beijing.DayOf(clock.GetUtcNow());
        foreach (var other in regulation.Zones.Where(o => o.Kind == zone.Kind && o.Id != zone.Id && o.Simulated == zone.Simulated && (o.To is not { } to || to >= today)))
        {
            if (other.Shape.EnvelopeInternal.Intersects(zone.Shape.EnvelopeInternal) && OverlayNGRobust.Overlay(zone.Shape, other.Shape, SpatialFunction.Intersection) is { Dimension: Dimension.Surface } common)
            {
                var area = Geodesic.AreaSquareMetres(common);
                yield return Warning(area < SliverSquareMetres ? "sliver" : "overlap", $"Overlaps with {other.Name}.", area, common) with { Zone = new(other.Id, other.Version, other.Name) };
            }
        }
    }

    static IEnumerable<ZoneWarning> Outside(ZoneVersion zone, CityAtlas atlas)
    {
        Geometry rest = zone.Shape;
        foreach (var county in atlas.ByCode.Values.Where(c => c.Boundary.EnvelopeInternal.Intersects(zone.Shape.EnvelopeInternal)))
        {
            rest = OverlayNGRobust.Overlay(rest, county.Boundary, SpatialFunction.Difference);
        }

        // An empty polygon counts as a surface too.
        return rest.IsEmpty || rest.Dimension != Dimension.Surface
            ? []
            : Enumerable.Range(0, rest.NumGeometries).Select(rest.GetGeometryN).OfType<Polygon>().Select(part => (part, Area: Geodesic.AreaSquareMetres(part)))
                .Select(p => Warning(p.Area < SliverSquareMetres ? "sliver" : "outside-city", "A part of the zone lies outside the city.", p.Area, p.part));
    }

    static ZoneWarning Warning(string type, string message, double area, Geometry part)
    {
        var at = part.InteriorPoint;
        return new(type, message, Math.Round(area, 3), Math.Round(at.X, 7), Math.Round(at.Y, 7));
    }
}
