namespace Linfen.AirMap.Fires.Fusion;

/// <summary>
/// What of all that people said still holds: a split does not among those whom a later merge puts together, or nobody could take back a split made by mistake.
/// For all others it holds on. Acts are UUIDs of version 7, so the later one is the greater.
/// </summary>
static class TiesInForce
{
    /// <summary>For each sighting, in their order.</summary>
    public static IReadOnlyList<Tie>[] Of(IReadOnlyList<Sighting> sightings)
    {
        // Which sides of a split a later merge holds.
        var held = new Dictionary<(Guid Merge, Guid Split), Sides>();
        foreach (var ties in sightings.Select(s => s.Ties).Where(t => t.Count > 1))
        {
            foreach (var (merge, split) in TakenBack(ties))
            {
                held[(merge, split.Act)] = held.GetValueOrDefault((merge, split.Act)) | (split.Side == TieSide.Stayed ? Sides.Stayed : Sides.Parted);
            }
        }

        return [.. sightings.Select(s => held.Count == 0 || s.Ties.Count < 2 ? s.Ties : Left(s.Ties, held))];
    }

    static List<Tie> Left(IReadOnlyList<Tie> ties, Dictionary<(Guid Merge, Guid Split), Sides> held)
    {
        var gone = TakenBack(ties).Where(t => held[(t.Merge, t.Split.Act)] == Sides.Both).Select(t => t.Split).ToHashSet();
        return [.. ties.Where(t => !gone.Contains(t))];
    }

    static IEnumerable<(Guid Merge, Tie Split)> TakenBack(IReadOnlyList<Tie> ties) =>
        from merge in ties
        where merge.Side == TieSide.Together
        from split in ties
        where split.Side != TieSide.Together && split.Act.CompareTo(merge.Act) < 0
        select (merge.Act, split);

    [Flags]
    enum Sides
    {
        None = 0,
        Stayed = 1,
        Parted = 2,
        Both = Stayed | Parted,
    }
}
