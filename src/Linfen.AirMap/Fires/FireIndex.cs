using System.Runtime.InteropServices;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Fires;

/// <summary>
/// The sightings of the days that intake is working on, with their fires, in memory, on a grid of place and day. It is a cache of committed rows:
/// valid only while the log's head is the one it was left at, and used only under the ledger's lock.
/// </summary>
sealed class FireIndex(IOptions<FireOptions> settings)
{
    /// <summary>Cells are a little larger than the longest join distance (2 km) at Linfen's latitude, so 3 × 3 cells suffice.</summary>
    const double CellDegrees = 0.025;

    /// <summary>Past this many sightings it starts afresh: an archive of many years must not fill the memory.</summary>
    const int MostSightings = 300_000;

    readonly Dictionary<(int X, int Y, int Day), Cell> cells = [];
    readonly Dictionary<Guid, Sighting> sightings = [];
    readonly Dictionary<Guid, Fire> fires = [];
    readonly Dictionary<Fire, List<Sighting>> members = [];
    readonly Dictionary<Guid, List<Sighting>> acts = [];
    readonly HashSet<DateOnly> days = [];
    long head = -1;

    /// <summary>What rules most sightings of a cell out, side by side in memory: on a busy day there are hundreds around each new one.</summary>
    readonly record struct Spot(LonLat Middle, double ReachMetres, long Ticks, Sighting Sighting);

    /// <summary>The sightings of one place and day, and the box and hours in which all of them lie: most neighbouring cells are passed over as a whole.</summary>
    sealed class Cell
    {
        readonly List<Spot> spots = [];
        double west = double.MaxValue, south = double.MaxValue, east = double.MinValue, north = double.MinValue;
        long first = long.MaxValue, last = long.MinValue;
        double longestReachMetres;

        public void Add(Spot spot)
        {
            spots.Add(spot);
            (west, east) = (Math.Min(west, spot.Middle.Lon), Math.Max(east, spot.Middle.Lon));
            (south, north) = (Math.Min(south, spot.Middle.Lat), Math.Max(north, spot.Middle.Lat));
            (first, last) = (Math.Min(first, spot.Ticks), Math.Max(last, spot.Ticks));
            longestReachMetres = Math.Max(longestReachMetres, spot.ReachMetres);
        }

        /// <summary>Adds all that are near enough for a closer look.</summary>
        public void AddTo(List<Sighting> around, Sighting seen, in Nearness nearness)
        {
            var (middle, ticks) = (seen.Footprint.Middle, seen.At.UtcTicks);
            if (!nearness.MayMeet(new(Math.Clamp(middle.Lon, west, east), Math.Clamp(middle.Lat, south, north)), longestReachMetres, Math.Clamp(ticks, first, last)))
            {
                return;
            }

            foreach (ref readonly var spot in CollectionsMarshal.AsSpan(spots))
            {
                if (nearness.MayMeet(spot.Middle, spot.ReachMetres, spot.Ticks) && spot.Sighting != seen)
                {
                    around.Add(spot.Sighting);
                }
            }
        }
    }

    public void Forget()
    {
        cells.Clear();
        sightings.Clear();
        fires.Clear();
        members.Clear();
        acts.Clear();
        days.Clear();
        head = -1;
    }

    /// <summary>Drops everything unless nothing was committed since it was last used.</summary>
    public void Revalidate(long currentHead)
    {
        if (head != currentHead || sightings.Count > MostSightings)
        {
            Forget();
        }

        head = currentHead;
    }

    /// <summary>The change that used it is durable.</summary>
    public void Advance(long newHead) => head = newHead;

    /// <summary>The days (UTC) whose fires are needed for sightings of these times and are not loaded yet.</summary>
    public List<DateOnly> Missing(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> times)
    {
        var missing = new SortedSet<DateOnly>();
        foreach (var (from, to) in times)
        {
            var last = Day(to + settings.Value.JoinWindow);
            for (var day = Day(from - settings.Value.JoinWindow); day <= last; day = day.AddDays(1))
            {
                if (!days.Contains(day))
                {
                    missing.Add(day);
                }
            }
        }

        return [.. missing];
    }

    /// <summary>Takes loaded fires in with what they rest on; what is here already stays as it is.</summary>
    public void Load(IEnumerable<DateOnly> loadedDays, IEnumerable<(Fire Fire, IReadOnlyList<Sighting> Members)> loaded)
    {
        days.UnionWith(loadedDays);
        foreach (var (fire, rests) in loaded)
        {
            if (fires.ContainsKey(fire.Id))
            {
                continue;
            }

            foreach (var sighting in rests)
            {
                if (!sightings.ContainsKey(sighting.Id))
                {
                    Add(sighting);
                    Place(sighting, fire);
                }
            }
        }
    }

    public Fire? Find(Guid id) => fires.GetValueOrDefault(id);

    public Sighting? FindSighting(Guid id) => sightings.GetValueOrDefault(id);

    /// <summary>What a fire rests on.</summary>
    public IReadOnlyList<Sighting> MembersOf(Fire fire) => members.GetValueOrDefault(fire) ?? [];

    /// <summary>What somebody spoke of in one merge or split.</summary>
    public IReadOnlyList<Sighting> OfAct(Guid act) => acts.GetValueOrDefault(act) ?? [];

    public void Add(Sighting sighting)
    {
        sightings.Add(sighting.Id, sighting);
        var (x, y) = CellOf(sighting);
        var key = (x, y, Day(sighting.At).DayNumber);
        (cells.TryGetValue(key, out var cell) ? cell : cells[key] = new()).Add(new(sighting.Footprint.Middle, sighting.Footprint.LongestMetres, sighting.At.UtcTicks, sighting));
        foreach (var tie in sighting.Ties)
        {
            Remember(tie.Act, sighting);
        }
    }

    /// <summary>Says which fire it belongs to.</summary>
    public void Place(Sighting sighting, Fire fire)
    {
        if (sighting.Fire is { } before && members.TryGetValue(before, out var left))
        {
            left.Remove(sighting);
        }

        sighting.Fire = fire;
        fires.TryAdd(fire.Id, fire);
        (members.TryGetValue(fire, out var rests) ? rests : members[fire] = []).Add(sighting);
    }

    /// <summary>All of one fire belong to another from now on.</summary>
    public void PlaceAll(Fire lost, Fire kept)
    {
        if (members.Remove(lost, out var moving))
        {
            moving.ForEach(s => s.Fire = kept);
            (members.TryGetValue(kept, out var rests) ? rests : members[kept] = []).AddRange(moving);
        }

        fires.Remove(lost.Id);
    }

    /// <summary>Somebody said something of a sighting.</summary>
    public void Tie(Sighting sighting, Tie tie)
    {
        sighting.Ties = [.. sighting.Ties, tie];
        Remember(tie.Act, sighting);
    }

    /// <summary>All that it meets in space and time, that no verdict parts it from and that are not found yet; of the others nothing is measured.</summary>
    public List<Sighting> Near(Sighting seen, IReadOnlySet<Sighting> found)
    {
        var near = Around(seen);
        near.RemoveAll(other => found.Contains(other) || Sighting.ArePartedByVerdict(seen, other) || Likeness.Of(seen, other, settings.Value) is null);
        return near;
    }

    /// <summary>Whether nothing that a fire rests on says exactly where it is.</summary>
    public bool IsVague(Fire fire) => MembersOf(fire).All(s => s.IsVague);

    /// <summary>The fires that a sighting meets. Of fires from which nothing more can be learned nothing more is measured.</summary>
    public Meeting Met(Sighting seen)
    {
        var met = new Meeting([], Precise: false, Vague: false, Unsettled: false);
        foreach (var other in Around(seen))
        {
            var known = other.Fire is { } fire && met.Fires.Contains(fire);
            if ((known && (other.IsVague ? met.Vague : met.Precise)) || Sighting.ArePartedByVerdict(seen, other) || Likeness.Of(seen, other, settings.Value) is null)
            {
                continue;
            }

            if (other.Fire is null)
            {
                return met with { Unsettled = true };
            }

            if (!known)
            {
                met.Fires.Add(other.Fire);
            }

            met = met with { Precise = met.Precise || !other.IsVague, Vague = met.Vague || other.IsVague };
        }

        return met;
    }

    /// <summary>All others that are near enough for a closer look.</summary>
    List<Sighting> Around(Sighting seen)
    {
        var around = new List<Sighting>();
        var nearness = new Nearness(seen, settings.Value);
        var (x, y) = CellOf(seen);
        var first = Day(seen.At - settings.Value.JoinWindow).DayNumber;
        var last = Day(seen.At + settings.Value.JoinWindow).DayNumber;
        for (var day = first; day <= last; day++)
        {
            for (var dx = -1; dx <= 1; dx++)
            {
                for (var dy = -1; dy <= 1; dy++)
                {
                    if (cells.TryGetValue((x + dx, y + dy, day), out var cell))
                    {
                        cell.AddTo(around, seen, nearness);
                    }
                }
            }
        }

        return around;
    }

    void Remember(Guid act, Sighting sighting) => (acts.TryGetValue(act, out var spoken) ? spoken : acts[act] = []).Add(sighting);

    static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    static (int X, int Y) CellOf(Sighting seen) =>
        ((int)Math.Floor(seen.Footprint.Middle.Lon / CellDegrees), (int)Math.Floor(seen.Footprint.Middle.Lat / CellDegrees));
}

/// <summary>Whom a new sighting meets in space and time.</summary>
/// <param name="Fires">All of them, unless it meets something unsettled.</param>
/// <param name="Precise">It meets precise sightings.</param>
/// <param name="Vague">It meets vague ones.</param>
/// <param name="Unsettled">It meets one that is of no fire yet.</param>
readonly record struct Meeting(List<Fire> Fires, bool Precise, bool Vague, bool Unsettled);
