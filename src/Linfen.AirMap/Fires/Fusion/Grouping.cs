namespace Linfen.AirMap.Fires.Fusion;

/// <summary>
/// Which sightings are one fire. A function of the set alone: whatever order they arrive in, the answer is the same (verdicts and what people
/// merge and split by hand are facts of the set).
/// <list type="number">
/// <item>Precise sightings that meet in space and time are one fire, through as many others as it takes, the likeliest first.</item>
/// <item>So are vague ones among themselves; together they go with the fire of the likeliest precise sighting that one of them meets.</item>
/// <item>Each week is looked at by itself, and what meets across its turn is one fire while that lasts no longer than a week (<see cref="FireWeek"/>).</item>
/// <item>What people split stays apart, and what they merged together, the later act before the earlier; a fire with a verdict takes in neither what was seen after the verdict nor another fire that burns.</item>
/// </list>
/// </summary>
static class Grouping
{
    /// <summary>A little more than the longest join distance (2 km) at Linfen's latitude.</summary>
    const double CellDegrees = 0.025;

    readonly record struct Link(int One, int Other, double Likelihood);

    /// <summary>The number of its group for every sighting.</summary>
    public static int[] Of(IReadOnlyList<Sighting> sightings, FireOptions options)
    {
        var order = Enumerable.Range(0, sightings.Count).ToArray();
        Array.Sort(order, (i, j) => Sighting.Compare(sightings[i], sightings[j]));
        var sorted = Array.ConvertAll(order, i => sightings[i]);
        var said = TiesInForce.Of(sorted);
        var parts = new Parts(sorted, said);
        JoinJudged(sorted, parts);
        JoinByHand(said, parts);
        var links = IsPlain(sorted, said) ? LinksOfPlain(sorted, parts, options) : [.. PairsThatMeet(sorted, parts, options)];
        links.Sort(Compare);
        Join(links.Where(l => TurnOf(sorted, l) is null), sorted, parts, TimeSpan.MaxValue);
        foreach (var turn in links.Where(l => TurnOf(sorted, l) is not null).GroupBy(l => TurnOf(sorted, l)).OrderBy(t => t.Key))
        {
            Join(turn, sorted, parts, FireWeek.Longest);
        }

        var groups = new int[sightings.Count];
        for (var i = 0; i < order.Length; i++)
        {
            groups[order[i]] = parts.Of(i);
        }

        return groups;
    }

    /// <summary>The week that begins between the two; null where none does.</summary>
    static long? TurnOf(Sighting[] sorted, Link link)
    {
        var week = FireWeek.Of(sorted[link.Other].At);
        return FireWeek.Of(sorted[link.One].At) == week ? null : week;
    }

    /// <summary>Precise sightings with precise ones and vague ones with vague ones; then the vague ones that nothing precise says the place of.</summary>
    static void Join(IEnumerable<Link> links, Sighting[] sorted, Parts parts, TimeSpan atMost)
    {
        var mixed = new List<Link>();
        foreach (var link in links)
        {
            if (sorted[link.One].IsVague == sorted[link.Other].IsVague)
            {
                parts.Join(link.One, link.Other, atMost);
            }
            else
            {
                mixed.Add(link);
            }
        }

        foreach (var link in mixed.Where(l => !parts.IsPrecise(parts.Of(sorted[l.One].IsVague ? l.One : l.Other))))
        {
            parts.Join(link.One, link.Other, atMost);
        }
    }

    /// <summary>What was judged as one fire stays one, also where what was between it was seen after the verdict.</summary>
    static void JoinJudged(Sighting[] sorted, Parts parts)
    {
        var first = new Dictionary<Fire, int>();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].IsJudged && !first.TryAdd(sorted[i].Fire!, i))
            {
                parts.Join(first[sorted[i].Fire!], i, TimeSpan.MaxValue);
            }
        }
    }

    /// <summary>What people merged.</summary>
    static void JoinByHand(IReadOnlyList<Tie>[] said, Parts parts)
    {
        var first = new Dictionary<(Guid, TieSide), int>();
        for (var i = 0; i < said.Length; i++)
        {
            foreach (var tie in said[i])
            {
                if (!first.TryAdd((tie.Act, tie.Side), i))
                {
                    parts.Join(first[(tie.Act, tie.Side)], i, TimeSpan.MaxValue);
                }
            }
        }
    }

    /// <summary>Whether whatever meets is one, in any order: nobody split or merged anything, and what was judged meets nothing that was not.</summary>
    static bool IsPlain(Sighting[] sorted, IReadOnlyList<Tie>[] said)
    {
        if (!Array.TrueForAll(said, s => s.Count == 0))
        {
            return false;
        }

        var judged = sorted.Where(s => s.IsJudged).Select(s => s.Fire!).Distinct().Take(2).ToList();
        return judged.Count == 0 || (judged is [var only] && Array.TrueForAll(sorted, s => s.IsJudged || s.At > only.VerdictAt));
    }

    /// <summary>All pairs that meet and are not one when they are come to.</summary>
    static IEnumerable<Link> PairsThatMeet(Sighting[] sorted, Parts parts, FireOptions options)
    {
        var cells = new Dictionary<(int X, int Y), List<int>>();
        for (var i = 0; i < sorted.Length; i++)
        {
            var (x, y) = CellOf(sorted[i]);
            for (var dx = -1; dx <= 1; dx++)
            {
                for (var dy = -1; dy <= 1; dy++)
                {
                    if (cells.TryGetValue((x + dx, y + dy), out var near))
                    {
                        for (var k = near.Count - 1; k >= 0 && sorted[i].At - sorted[near[k]].At <= options.JoinWindow; k--)
                        {
                            if (parts.Of(near[k]) != parts.Of(i) && !Sighting.ArePartedByVerdict(sorted[near[k]], sorted[i]) && Likeness.Of(sorted[near[k]], sorted[i], options) is { } likelihood)
                            {
                                yield return new(near[k], i, likelihood);
                            }
                        }
                    }
                }
            }

            (cells.TryGetValue((x, y), out var own) ? own : cells[(x, y)] = []).Add(i);
        }
    }

    /// <summary>Joins what is alike and of one week at once, and answers what is left to choose from: thousands of sightings of one blaze have millions of pairs.</summary>
    static List<Link> LinksOfPlain(Sighting[] sorted, Parts parts, FireOptions options)
    {
        var across = new List<Link>();
        var likeliest = new Dictionary<int, Link>();
        foreach (var link in PairsThatMeet(sorted, parts, options))
        {
            if (TurnOf(sorted, link) is not null)
            {
                across.Add(link);
            }
            else if (sorted[link.One].IsVague == sorted[link.Other].IsVague)
            {
                parts.Join(link.One, link.Other, TimeSpan.MaxValue);
            }
            else
            {
                var vague = sorted[link.One].IsVague ? link.One : link.Other;
                likeliest[vague] = likeliest.TryGetValue(vague, out var known) && Compare(known, link) <= 0 ? known : link;
            }
        }

        across.AddRange(likeliest.Values);
        return across;
    }

    /// <summary>The likeliest first.</summary>
    static int Compare(Link one, Link other)
    {
        var likelier = other.Likelihood.CompareTo(one.Likelihood);
        return likelier != 0 ? likelier : (one.One, one.Other).CompareTo((other.One, other.Other));
    }

    static (int X, int Y) CellOf(Sighting sighting) =>
        ((int)Math.Floor(sighting.Footprint.Middle.Lon / CellDegrees), (int)Math.Floor(sighting.Footprint.Middle.Lat / CellDegrees));
}
