namespace Linfen.AirMap.Fires.Fusion;

/// <summary>
/// Which sightings are one fire. A function of the set alone: whatever order they arrive in, the answer is the same (verdicts and what people
/// merge and split by hand are facts of the set).
/// <list type="number">
/// <item>Precise sightings that meet in space and time are one fire, through as many others as it takes, the likeliest first.</item>
/// <item>So are vague ones among themselves; together they go with the fire of the likeliest precise sighting that one of them meets.</item>
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
        JoinByHand(said, parts);
        var links = Links(sorted, parts, options);
        foreach (var link in links.Where(l => sorted[l.One].IsVague == sorted[l.Other].IsVague))
        {
            parts.Join(link.One, link.Other);
        }

        foreach (var link in links.Where(l => sorted[l.One].IsVague != sorted[l.Other].IsVague))
        {
            var vague = parts.Of(sorted[link.One].IsVague ? link.One : link.Other);
            if (!parts.IsPrecise(vague))
            {
                parts.Join(link.One, link.Other);
            }
        }

        var groups = new int[sightings.Count];
        for (var i = 0; i < order.Length; i++)
        {
            groups[order[i]] = parts.Of(i);
        }

        return groups;
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
                    parts.Join(first[(tie.Act, tie.Side)], i);
                }
            }
        }
    }

    /// <summary>All pairs that meet and are not one already, the likeliest first.</summary>
    static List<Link> Links(Sighting[] sorted, Parts parts, FireOptions options)
    {
        var cells = new Dictionary<(int X, int Y), List<int>>();
        var links = new List<Link>();
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
                            if (parts.Of(near[k]) != parts.Of(i) && Likeness.Of(sorted[near[k]], sorted[i], options) is { } likelihood)
                            {
                                links.Add(new(near[k], i, likelihood));
                            }
                        }
                    }
                }
            }

            (cells.TryGetValue((x, y), out var own) ? own : cells[(x, y)] = []).Add(i);
        }

        links.Sort((a, b) =>
        {
            var likelier = b.Likelihood.CompareTo(a.Likelihood);
            return likelier != 0 ? likelier : (a.One, a.Other).CompareTo((b.One, b.Other));
        });
        return links;
    }

    static (int X, int Y) CellOf(Sighting sighting) =>
        ((int)Math.Floor(sighting.Footprint.Middle.Lon / CellDegrees), (int)Math.Floor(sighting.Footprint.Middle.Lat / CellDegrees));
}
