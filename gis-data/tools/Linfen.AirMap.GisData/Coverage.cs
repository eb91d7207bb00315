using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.GisData;

/// <summary>Counties cover the city: every border is shared vertex by vertex, nothing overlaps, nothing is left out.</summary>
static class Coverage
{
    /// <summary>About 100 m: neighbours closer than this without touching are a fault, not geography.</summary>
    const double GapDegrees = 0.001;

    public static IReadOnlyList<string> Faults(IReadOnlyList<County> counties)
    {
        var areas = counties.Select(county => (Geometry)county.Area).ToArray();
        var faults = counties.Where(county => !county.Area.IsValid).Select(county => $"{county.Name} is not a valid area.").ToList();
        var mismatches = CoverageValidator.Validate(areas, GapDegrees);
        faults.AddRange(counties.Where((_, i) => mismatches[i] is { IsEmpty: false })
            .Select(county => $"{county.Name} does not match its neighbours."));
        if (City(counties) is not Polygon { NumInteriorRings: 0 })
        {
            faults.Add("The counties together are not one area without holes.");
        }

        return faults;
    }

    public static Geometry City(IReadOnlyList<County> counties) =>
        CoverageUnion.Union([.. counties.Select(county => (Geometry)county.Area)]);
}
