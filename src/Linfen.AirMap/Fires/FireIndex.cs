using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Fires;

/// <summary>
/// The sightings of the days that intake is working on, with their fires, in memory, on a grid of place and day. It is a cache of committed rows:
/// valid only while the log's head is the one it was left at, or went on from there with what tells of no fire, and used only under the ledger's lock.
/// </summary>
sealed class FireIndex(IOptions<FireOptions> settings) : ILedgerFollower
{
    /// <summary>Whoever tells of these keeps the index himself: he moves it on, or lets it forget.</summary>
    static readonly HashSet<string> OfFires = new(["fire", "fires", "simulation"], StringComparer.Ordinal);

    /// <summary>Cells are a little larger than the longest join distance (2 km) at Linfen's latitude, so 3 × 3 cells suffice.</summary>
    const double CellDegrees = 0.025;

    /// <summary>
    /// Past this many sightings it starts afresh: an archive of many years must not fill the memory. Where the days that it starts afresh with hold
    /// more than half of that already, past twice as many as they hold: otherwise it would read them again for every change.
    /// </summary>
    public const int MostSightings = 300_000;

    readonly Dictionary<(int X, int Y, int Day), FireCell> cells = [];
    readonly Dictionary<Guid, Sighting> sightings = [];
    readonly Dictionary<Guid, Fire> fires = [];
    readonly Dictionary<Fire, List<Sighting>> members = [];
    readonly Dictionary<Guid, List<Sighting>> acts = [];
    readonly HashSet<DateOnly> days = [];
    int most = MostSightings;
    long head = -1;

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
        if (head != currentHead || sightings.Count > most)
        {
            Forget();
        }

        head = currentHead;
    }

    /// <summary>The change that used it is durable.</summary>
    public void Advance(long newHead) => head = newHead;

    /// <summary>Readings and registers are written all day; fires are none the other for it.</summary>
    public void Committed(LedgerTransaction transaction)
    {
        if (head == transaction.Head && !transaction.TellsOf(OfFires))
        {
            head = transaction.Last;
        }
    }

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
        var isFirst = days.Count == 0;
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

        if (isFirst)
        {
            most = Math.Max(MostSightings, 2 * sightings.Count);
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
        var key = KeyOf(sighting);
        (cells.TryGetValue(key, out var cell) ? cell : cells[key] = new()).Add(sighting);
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

        cells[KeyOf(sighting)].Move(sighting, sighting.Fire, fire);
        sighting.Fire = fire;
        fires.TryAdd(fire.Id, fire);
        (members.TryGetValue(fire, out var rests) ? rests : members[fire] = []).Add(sighting);
    }

    /// <summary>All of one fire belong to another from now on.</summary>
    public void PlaceAll(Fire lost, Fire kept)
    {
        if (members.Remove(lost, out var moving))
        {
            foreach (var key in moving.Select(KeyOf).Distinct())
            {
                cells[key].MoveAll(lost, kept);
            }

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

    /// <summary>The fires that a sighting meets.</summary>
    public Meeting Met(Sighting seen)
    {
        var met = new Meeting([], Precise: false, Vague: false, Unsettled: false);
        var nearness = new Nearness(seen, settings.Value);
        foreach (var cell in CellsAround(seen))
        {
            cell.AddTo(ref met, seen, nearness, settings.Value);
            if (met.Unsettled)
            {
                break;
            }
        }

        return met;
    }

    /// <summary>All others that are near enough for a closer look.</summary>
    List<Sighting> Around(Sighting seen)
    {
        var around = new List<Sighting>();
        var nearness = new Nearness(seen, settings.Value);
        foreach (var cell in CellsAround(seen))
        {
            cell.AddTo(around, seen, nearness);
        }

        return around;
    }

    IEnumerable<FireCell> CellsAround(Sighting seen)
    {
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
                        yield return cell;
                    }
                }
            }
        }
    }

    void Remember(Guid act, Sighting sighting) => (acts.TryGetValue(act, out var spoken) ? spoken : acts[act] = []).Add(sighting);

    static DateOnly Day(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    static (int X, int Y, int Day) KeyOf(Sighting seen)
    {
        var (x, y) = CellOf(seen);
        return (x, y, Day(seen.At).DayNumber);
    }

    static (int X, int Y) CellOf(Sighting seen) =>
        ((int)Math.Floor(seen.Footprint.Middle.Lon / CellDegrees), (int)Math.Floor(seen.Footprint.Middle.Lat / CellDegrees));
}

/// <summary>Whom a new sighting meets in space and time.</summary>
/// <param name="Fires">All of them, unless it meets something unsettled.</param>
/// <param name="Precise">It meets precise sightings.</param>
/// <param name="Vague">It meets vague ones.</param>
/// <param name="Unsettled">It meets one that is of no fire yet.</param>
readonly record struct Meeting(List<Fire> Fires, bool Precise, bool Vague, bool Unsettled);
