using Linfen.AirMap.Atlas;
using Linfen.AirMap.Events;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Rulings;

namespace Linfen.AirMap.Zones;

/// <summary>What zones are to the law: the regulation after some of them changed, and which subjects that concerns.</summary>
static class ZoneLaw
{
    /// <summary>The regulation with some versions as they are now.</summary>
    public static Regulation After(Regulation before, IReadOnlyCollection<ZoneVersion> changed)
    {
        var touched = changed.Select(z => (z.Id, z.Version)).ToHashSet();
        return new(
            [.. before.Zones.Where(z => !touched.Contains((z.Id, z.Version))), .. changed.Where(z => z.WasEverInForce).Select(InForce)],
            before.Plants,
            before.Parks,
            before.Heat);
    }

    /// <summary>Kinds of subjects that a rule judges by zones of a kind.</summary>
    public static IReadOnlyList<string> SubjectKinds(ZoneKind kind) =>
        [.. RuleBook.Rules.Where(rule => rule.ZoneKinds.Contains(kind)).SelectMany(rule => rule.SubjectKinds).Distinct(StringComparer.Ordinal)];

    /// <summary>
    /// Whether a zone of the kind matters outside it too: while no urban area is drawn, what needs one is undecidable everywhere, and what
    /// lies outside the first one is then decided.
    /// </summary>
    public static bool ReachesEverywhere(ZoneKind kind) => kind == ZoneKind.UrbanArea;

    /// <summary>Marks what the versions can affect to be judged again.</summary>
    public static void Mark(LedgerTransaction transaction, IEnumerable<ZoneVersion> changed)
    {
        foreach (var zone in changed)
        {
            var kinds = SubjectKinds(zone.Kind);
            if (kinds.Count > 0)
            {
                transaction.Write(ReachesEverywhere(zone.Kind) ? Wakes.OfKinds(kinds, transaction.KnownAt) : Wakes.In(zone.Shape.AsBinary(), kinds, transaction.KnownAt));
            }
        }
    }

    static ZoneInForce InForce(ZoneVersion z) =>
        new(z.Id, z.Version, z.Kind, z.Name, z.DocumentNumber, z.EffectiveFrom!.Value, z.EffectiveTo, z.MinimumStage, z.Authority, z.Shape, z.Simulated);
}
