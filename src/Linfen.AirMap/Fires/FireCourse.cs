using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Plan;

namespace Linfen.AirMap.Fires;

/// <summary>How a fire went, as its detections tell: how strong each time it was seen, how wide it had become.</summary>
static class FireCourse
{
    /// <summary>Neighbours in time that a sighting is held against: a thousand against a thousand would keep a processor busy for a second.</summary>
    const int NeighboursInTime = 100;

    /// <param name="Steps">The earliest first, one for each minute in which it was seen.</param>
    public sealed record Course(IReadOnlyList<Step> Steps);

    /// <param name="At">The minute.</param>
    /// <param name="SourceKinds">Who saw it then.</param>
    /// <param name="Detections">Seen in this minute.</param>
    /// <param name="FrpMegawatts">Radiative power of all pixels of this minute together, in megawatts; null where nobody measured it.</param>
    /// <param name="ExtentMetres">How far the positions until then lie apart, as the diagonal of their box: growth, as long as their radii are smaller.</param>
    public sealed record Step(DateTimeOffset At, IReadOnlyList<string> SourceKinds, int Detections, double? FrpMegawatts, double ExtentMetres);

    public static Course Of(IEnumerable<Detection> detections)
    {
        var (west, south, east, north) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        var steps = new List<Step>();
        foreach (var minute in detections.GroupBy(d => d.OccurredAt.UtcTicks / TimeSpan.TicksPerMinute).OrderBy(g => g.Key))
        {
            foreach (var at in minute.Select(d => d.Position))
            {
                (west, south, east, north) = (Math.Min(west, at.X), Math.Min(south, at.Y), Math.Max(east, at.X), Math.Max(north, at.Y));
            }

            var powers = minute.Where(d => d.FrpMegawatts is not null).Select(d => d.FrpMegawatts!.Value).ToList();
            steps.Add(new(
                new DateTimeOffset(minute.Key * TimeSpan.TicksPerMinute, TimeSpan.Zero).ToOffset(Beijing.Offset),
                [.. minute.Select(d => d.SourceKind).Distinct().Order().Select(k => k.ToString().ToLowerInvariant())],
                minute.Count(),
                powers.Count > 0 ? Math.Round(powers.Sum(), 2) : null,
                Math.Round(Geodesic.DistanceMetres(new(west, south), new(east, north)))));
        }

        return new(steps);
    }

    /// <summary>How likely each belongs to what was seen around it, 0 to 1: that of its likeliest neighbour; null for one that is alone or was merged in by hand.</summary>
    public static double?[] Likelihoods(IReadOnlyList<Detection> inTime, FireOptions options)
    {
        var sightings = inTime.Select(d => Sighting.Of(d, options)).ToList();
        var best = new double?[sightings.Count];
        for (var i = 0; i < sightings.Count; i++)
        {
            for (var j = i + 1; j < sightings.Count && j <= i + NeighboursInTime; j++)
            {
                if (Likeness.Of(sightings[i], sightings[j], options) is { } likeness)
                {
                    best[i] = Math.Max(best[i] ?? 0, likeness);
                    best[j] = Math.Max(best[j] ?? 0, likeness);
                }
            }
        }

        return best;
    }
}
