using System.Globalization;
using Linfen.AirMap.Data;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.GisData;

/// <summary>A plant as a file tells it.</summary>
sealed record PlantEntry(string Name, double CapacityMegawatts, Point Position, string Source)
{
    public Plant Known(DateTimeOffset at) => new(Guid.CreateVersion7(at), Name, CapacityMegawatts, Position, Source);
}

/// <summary>Reads combined heat and power plants from GeoJSON.</summary>
static class PlantFile
{
    /// <exception cref="GisDataException">With every fault that was found.</exception>
    public static async Task<List<PlantEntry>> ReadAsync(string path, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var plants = new List<PlantEntry>();
        var number = 0;
        foreach (var feature in await GeoJson.ReadAsync(path, cancellation))
        {
            number++;
            var name = GeoJson.Text(feature, "name");
            if (string.IsNullOrWhiteSpace(name) || feature.Geometry is not Point { IsEmpty: false } position
                || !double.TryParse(GeoJson.Text(feature, "capacityMegawatts"), CultureInfo.InvariantCulture, out var capacity) || !double.IsFinite(capacity))
            {
                faults.Add($"plant {number} ({name}): a plant needs a point, name and capacityMegawatts");
            }
            else if (!GeoJson.IsInDegrees(position))
            {
                faults.Add($"plant {number} ({name}): the point is not in degrees of longitude and latitude");
            }
            else
            {
                plants.Add(new(name, capacity, position, GeoJson.Text(feature, "source") ?? ""));
            }
        }

        faults.AddRange(plants.GroupBy(p => p.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key} stands in it {g.Count()} times"));
        return faults.Count == 0 ? plants : throw GisDataException.Refused(path, faults);
    }
}
