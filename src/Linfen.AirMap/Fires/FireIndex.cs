using Linfen.AirMap.Geo;
using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Fires;

/// <summary>
/// The fires of the days that intake is working on, in memory, on a grid. It is a cache of committed rows: valid only while the
/// log's head is the one it was left at, and used only under the ledger's lock.
/// </summary>
sealed class FireIndex
{
    /// <summary>Cells are a little larger than the longest join distance (2 km) at Linfen's latitude, so 3 × 3 cells suffice.</summary>
    const double CellDegrees = 0.025;

    /// <summary>Past this many fires it starts afresh: an archive of many years must not fill the memory.</summary>
    const int MostFires = 200_000;

    readonly Dictionary<(int X, int Y), List<Fire>> cells = [];
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
        Cell(CellOf(fire.LonLat)).Add(fire);
    }

    public Fire? Find(Guid id) => fires.GetValueOrDefault(id);

    /// <summary>A fire moved to its more precise position.</summary>
    public void Moved(Fire fire, LonLat before)
    {
        var (from, to) = (CellOf(before), CellOf(fire.LonLat));
        if (from != to)
        {
            Cell(from).Remove(fire);
            Cell(to).Add(fire);
        }
    }

    /// <summary>
    /// The nearest fire that the observation may join; ties go to the earlier fire. Simulated and real never mix.
    /// </summary>
    public Fire? Nearest(Observation seen, bool history, FireOptions options)
    {
        var (x, y) = CellOf(seen.Position);
        Fire? best = null;
        var bestMetres = double.MaxValue;
        for (var dx = -1; dx <= 1; dx++)
        {
            for (var dy = -1; dy <= 1; dy++)
            {
                if (!cells.TryGetValue((x + dx, y + dy), out var cell))
                {
                    continue;
                }

                foreach (var fire in cell)
                {
                    if (fire.Simulated != seen.Simulated || !fire.Accepts(seen.OccurredAt, history, options))
                    {
                        continue;
                    }

                    var metres = Geodesic.DistanceMetres(seen.Position, fire.LonLat);
                    if (metres <= Reach(seen, fire, options) && (metres < bestMetres || (metres == bestMetres && IsBefore(fire, best!))))
                    {
                        (best, bestMetres) = (fire, metres);
                    }
                }
            }
        }

        return best;
    }

    static double Reach(Observation seen, Fire fire, FireOptions options) =>
        Math.Min(options.MaxJoinMetres, Math.Max(options.JoinMetres, seen.RadiusMetres + fire.RadiusMetres));

    static bool IsBefore(Fire one, Fire other) =>
        one.FirstSeenAt != other.FirstSeenAt ? one.FirstSeenAt < other.FirstSeenAt : one.Id.CompareTo(other.Id) < 0;

    static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    static (int X, int Y) CellOf(LonLat at) => ((int)Math.Floor(at.Lon / CellDegrees), (int)Math.Floor(at.Lat / CellDegrees));

    List<Fire> Cell((int X, int Y) key)
    {
        if (!cells.TryGetValue(key, out var cell))
        {
            cells[key] = cell = [];
        }

        return cell;
    }
}
