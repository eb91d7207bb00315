namespace Linfen.AirMap.Fires.Fusion;

/// <summary>Sightings joined into parts, of which each knows what it must not be joined with.</summary>
sealed class Parts
{
    readonly int[] parents;
    readonly Part[] parts;

    /// <param name="said">What people said of each of them.</param>
    public Parts(IReadOnlyList<Sighting> sightings, IReadOnlyList<Tie>[] said)
    {
        parents = [.. Enumerable.Range(0, sightings.Count)];
        parts = [.. sightings.Select((s, i) => new Part(s, said[i]))];
    }

    public int Of(int sighting)
    {
        while (parents[sighting] != sighting)
        {
            sighting = parents[sighting] = parents[parents[sighting]];
        }

        return sighting;
    }

    public bool IsPrecise(int part) => parts[part].Precise;

    /// <summary>Joins the parts of two sightings; false where something forbids it.</summary>
    /// <param name="atMost">How long both together may last.</param>
    public bool Join(int one, int other, TimeSpan atMost)
    {
        var (a, b) = (Of(one), Of(other));
        if (a == b)
        {
            return true;
        }

        if (!parts[a].Allows(parts[b]) || !parts[b].Allows(parts[a]) || parts[a].LastsWith(parts[b]) > atMost)
        {
            return false;
        }

        // The earlier one keeps the name: sightings are in their own order.
        var (kept, lost) = a < b ? (a, b) : (b, a);
        parents[lost] = kept;
        parts[kept].Take(parts[lost]);
        return true;
    }

    sealed class Part(Sighting sighting, IReadOnlyList<Tie> said)
    {
        readonly Dictionary<Guid, TieSide> sides = said.Where(t => t.Side != TieSide.Together).ToDictionary(t => t.Act, t => t.Side);

        /// <summary>The fire with a verdict that it holds sightings of.</summary>
        Fire? closed = sighting.IsJudged ? sighting.Fire : null;

        /// <summary>A fire that somebody may be on the way to.</summary>
        bool open = sighting.Fire is { IsClosed: false, Status: not FireStatus.History };

        DateTimeOffset first = sighting.At;

        DateTimeOffset last = sighting.At;

        public bool Precise { get; private set; } = !sighting.IsVague;

        public bool Allows(Part other)
        {
            if (closed is not null && (other.last > closed.VerdictAt || other.open || (other.closed is not null && other.closed != closed)))
            {
                return false;
            }

            var (few, many) = sides.Count <= other.sides.Count ? (sides, other.sides) : (other.sides, sides);
            return few.Count == 0 || !few.Any(s => many.TryGetValue(s.Key, out var side) && side != s.Value);
        }

        public TimeSpan LastsWith(Part other) => (last > other.last ? last : other.last) - (first < other.first ? first : other.first);

        public void Take(Part other)
        {
            closed ??= other.closed;
            open |= other.open;
            first = other.first < first ? other.first : first;
            last = other.last > last ? other.last : last;
            Precise |= other.Precise;
            foreach (var (act, side) in other.sides)
            {
                sides[act] = side;
            }
        }
    }
}
