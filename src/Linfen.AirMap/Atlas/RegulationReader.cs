using Linfen.AirMap.Data;
using Linfen.AirMap.Plan;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Atlas;

/// <summary>Reads zones, plants, parks and heat sources by SQL: the registers that keep them need not be known here.</summary>
static class RegulationReader
{
    public static async Task<Regulation> ReadAsync(AirMapDb db, CancellationToken cancellation)
    {
        var zones = await db.Database.SqlQuery<ZoneRow>(
            $"""
            SELECT id, version, kind, name, document_number, effective_from, effective_to, minimum_stage, authority, shape, simulated
            FROM airmap.zone_versions WHERE effective_from IS NOT NULL AND (effective_to IS NULL OR effective_to >= effective_from)
            """).ToListAsync(cancellation);
        var plants = await db.Database.SqlQuery<PlantRow>(
            $"""
            SELECT id, name, (fields->>'capacityMegawatts')::numeric AS capacity, fields->>'status' AS status, shape, simulated
            FROM airmap.subjects WHERE kind = 'plant' AND shape IS NOT NULL
            """).ToListAsync(cancellation);
        var parks = await db.Database.SqlQuery<ParkRow>(
            $"""
            SELECT id, name, fields->>'authority' AS authority, shape, simulated
            FROM airmap.subjects WHERE kind = 'park' AND shape IS NOT NULL AND public.st_dimension(shape) = 2 AND fields->>'authority' IS NOT NULL
            """).ToListAsync(cancellation);
        var heat = await db.Database.SqlQuery<HeatRow>(
            $"""
            SELECT id, name, coalesce((fields->>'radiusMetres')::float8, 0) AS radius, (fields->>'highestMegawatts')::float8 AS highest,
                (fields->>'operatingFrom')::date AS "from", (fields->>'operatingTo')::date AS "to", shape, simulated
            FROM airmap.subjects WHERE kind = 'heatSource' AND shape IS NOT NULL AND fields->>'status' = 'approved'
            """).ToListAsync(cancellation);
        return new(
            [.. zones.Select(z => new ZoneInForce(z.Id, z.Version, (ZoneKind)z.Kind, z.Name, z.DocumentNumber, z.EffectiveFrom, z.EffectiveTo, z.MinimumStage, z.Authority, z.Shape, z.Simulated))],
            [.. plants.Select(p => new HeatPlant(p.Id, p.Name, p.Capacity, IsOperating(p.Status), p.Shape, p.Simulated))],
            [.. parks.Select(p => new ParkArea(p.Id, p.Name, p.Authority, p.Shape, p.Simulated))],
            new([.. heat.Select(h => new HeatSourceInForce(h.Id, h.Name, h.Shape, h.Radius, h.Highest, h.From, h.To, h.Simulated))]));
    }

    /// <summary>Null where the register does not tell.</summary>
    public static bool? IsOperating(string? status) => status is null ? null : status == "operating";

    sealed record ZoneRow(
        Guid Id, int Version, short Kind, string Name, string? DocumentNumber, DateOnly EffectiveFrom, DateOnly? EffectiveTo,
        int? MinimumStage, string? Authority, Geometry Shape, bool Simulated);

    sealed record PlantRow(Guid Id, string Name, decimal? Capacity, string? Status, Geometry Shape, bool Simulated);

    sealed record HeatRow(Guid Id, string Name, double Radius, double? Highest, DateOnly? From, DateOnly? To, Geometry Shape, bool Simulated);

    sealed record ParkRow(Guid Id, string Name, string Authority, Geometry Shape, bool Simulated);
}
