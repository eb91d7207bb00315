using Linfen.AirMap.Geo;
using Linfen.AirMap.Intake;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Fires;

/// <summary>
/// The fires of the days that intake is working on, in memory, on a grid of place and day. It is a cache of committed rows: valid only while the
/// log's head is the one it was left at, and used only under the ledger's lock.
/// </summary>
sealed class FireIndex(IOptions<FireOptions> settings)
{
    /// <summary>Cells are a little larger than the longest join distance (2 km) at Linfen's latitude, so 3 × 3 cells suffice.</summary>
    const double CellDegrees = 0.025;

    /// <summary>Past this many fires it starts afresh: an archive of many years must not fill the memory.</summary>
    const int MostFires = 200_000;

    readonly Dictionary<(int X, int Y, int Day), List<Fire>> cells = [];
    readonly Dictionary<Guid, Fire> fires = [];
    readonly HashSet<DateOnly> days = [];
    long head = -1;

    public void Forget()
    {
        cells.Clear();
        fires.Clear();
        days.Clear();
        head = -1;
    }

    /// <summary>Drops everything unless nothing was committed since it was last used.</summary>
    public void Revalidate(long currentHead)
    {
        if (head != currentHead || fires.Count > MostFires)
        {
            Forget();
        }

        head = currentHead;
    }

    /// <summary>The change that used it is durable.</summary>
    public void Advance(long newHead) => head = newHead;

    /// <summary>The days (UTC) whose fires are needed for observations at these times and are not loaded yet.</summary>
    public List<DateOnly> Missing(IEnumerable<DateTimeOffset> times, TimeSpan window) => [.. times
        .SelectMany(t => new[] { Day(t - window), Day(t), Day(t + window) })
        .Distinct()
        .Where(day => !days.Contains(day))
        .Order()];

    /// <summary>Takes loaded fires in; a fire that is here already stays as it is.</summary>
    public void Load(IEnumerable<DateOnly> loadedDays, IEnumerable<Fire> loaded)
    {
        days.UnionWith(loadedDays);
        foreach (var fire in loaded.Where(f => !fires.ContainsKey(f.Id)))
        {
            Add(fire);
        }
    }

    public void Add(Fire fire)
    {
        fires.Add(fire.Id, fire);
        List(fire);
    }

    public Fire? Find(Guid id) => fires.GetValueOrDefault(id);

    /// <summary>A fire took a detection in: it may lie elsewhere now, and reach over more days.</summary>
    public void Grown(Fire fire, LonLat before)
    {
        var (from, to) = (CellOf(before), CellOf(fire.LonLat));
        if (from != to)
        {
            foreach (var day in DaysOf(fire))
            {
                if (cells.TryGetValue((from.X, from.Y, day), out var cell))
                {
                    cell.Remove(fire);
                }
            }
        }

        List(fire);
    }

    /// <summary>
    /// The nearest fire that the observation may join; ties go to the earlier fire. Simulated and real never mix.
    /// </summary>
    public Fire? Nearest(Observation seen, bool history, FireOptions options)
    {
        var (x, y) = CellOf(seen.Position);
        var day = Day(seen.OccurredAt).DayNumber;
        var metresEast = MetresPerDegree.East(seen.Position.Lat);
        Fire? best = null;
        var bestMetres = double.MaxValue;
        for (var dx = -1; dx <= 1; dx++)
        {
            for (var dy = -1; dy <= 1; dy++)
            {
                if (!cells.TryGetValue((x + dx, y + dy, day), out var cell))
                {
                    continue;
                }

                foreach (var fire in cell)
                {
                    var reach = Reach(seen, fire, options);
                    if (fire.Simulated != seen.Simulated || IsPlainlyBeyond(seen.Position, fire.Position, metresEast, Math.Min(reach, bestMetres)) || !fire.Accepts(seen.OccurredAt, history, options))
                    {
                        continue;
                    }

                    var metres = Geodesic.DistanceMetres(seen.Position, fire.LonLat);
                    if (metres <= reach && (metres < bestMetres || (metres == bestMetres && IsBefore(fire, best!))))
                    {
                        (best, bestMetres) = (fire, metres);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>Never more than a degree really measures near the latitude, so that what they rule out is out.</summary>
    static class MetresPerDegree
    {
        public const double North = 110_574;

        /// <summary>Cells reach less than 0.1° north of the point.</summary>
        public static double East(double latitude) => 111_319 * Math.Cos(Math.Min(90, Math.Abs(latitude) + 0.1) * Math.PI / 180);
    }

    /// <summary>Rules out by the difference in degrees what the costly geodesic need not measure.</summary>
    static bool IsPlainlyBeyond(LonLat one, NetTopologySuite.Geometries.Point other, double metresEast, double metres)
    {
        var north = (one.Lat - other.Y) * MetresPerDegree.North;
        var east = (one.Lon - other.X) * metresEast;
        return north * north + east * east > metres * metres * 1.01;
    }

    static double Reach(Observation seen, Fire fire, FireOptions options) =>
        Math.Min(options.MaxJoinMetres, Math.Max(options.JoinMetres, seen.RadiusMetres + fire.RadiusMetres));

    static bool IsBefore(Fire one, Fire other) =>
        one.FirstSeenAt != other.FirstSeenAt ? one.FirstSeenAt < other.FirstSeenAt : one.Id.CompareTo(other.Id) < 0;

    static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    static (int X, int Y) CellOf(LonLat at) => ((int)Math.Floor(at.Lon / CellDegrees), (int)Math.Floor(at.Lat / CellDegrees));

    /// <summary>Every day (UTC) on which a detection may join it.</summary>
    IEnumerable<int> DaysOf(Fire fire)
    {
        var window = settings.Value.JoinWindow;
        var last = Day(fire.LastSeenAt + window).DayNumber;
        for (var day = Day(fire.FirstSeenAt - window).DayNumber; day <= last; day++)
        {
            yield return day;
        }
    }

    void List(Fire fire)
    {
        var (x, y) = CellOf(fire.LonLat);
        foreach (var day in DaysOf(fire))
        {
            if (!cells.TryGetValue((x, y, day), out var cell))
            {
                cells[(x, y, day)] = cell = [];
            }

            if (!cell.Contains(fire))
            {
                cell.Add(fire);
            }
        }
    }
}
