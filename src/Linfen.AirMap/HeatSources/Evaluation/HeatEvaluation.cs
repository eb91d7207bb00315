using System.Globalization;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.HeatSources.Learning;

namespace Linfen.AirMap.HeatSources.Evaluation;

/// <summary>
/// Puts learned sources to the test: each later sighting is explained by one of them or not. Where the archive tells the type, precision and
/// recall against type 2 (static land source) follow.
/// </summary>
sealed class HeatEvaluation
{
    const int Static = 2;

    readonly HeatMask mask;
    readonly Dictionary<Guid, LearnedSource> byId = [];

    public HeatEvaluation(IReadOnlyList<LearnedSource> sources)
    {
        Sources = sources;
        var inForce = new List<HeatSourceInForce>(sources.Count);
        foreach (var source in sources)
        {
            var id = new Guid(inForce.Count, 0, 0, new byte[8]);
            byId[id] = source;
            inForce.Add(new(id, source.Candidate.Name, source.Candidate.Extent, 0, source.Candidate.HighestMegawatts, null, null, false));
        }

        mask = new(inForce);
    }

    public IReadOnlyList<LearnedSource> Sources { get; }

    public long Later { get; private set; }

    public long Explained { get; private set; }

    public long PowerOutliers { get; private set; }

    public long PositionOutliers { get; private set; }

    /// <summary>Sightings whose type the archive tells, and how many of them are of type 2.</summary>
    public long Typed { get; private set; }

    public long OfStaticType { get; private set; }

    public long ExplainedTyped { get; private set; }

    public long ExplainedStatic { get; private set; }

    /// <summary>Share of what is explained that is of type 2; null where no type is told.</summary>
    public double? Precision => ExplainedTyped == 0 ? null : ExplainedStatic / (double)ExplainedTyped;

    /// <summary>Share of type 2 that is explained.</summary>
    public double? Recall => OfStaticType == 0 ? null : ExplainedStatic / (double)OfStaticType;

    /// <summary>A share as it is read; of nothing there is none.</summary>
    public static string Told(double? share) => share?.ToString("P1", CultureInfo.InvariantCulture) ?? "–";

    /// <summary>Counts a sighting; true when a source explains it.</summary>
    public bool Weigh(in HeatSighting seen)
    {
        var (source, match) = mask.Weigh(seen.Position, seen.RadiusMetres, seen.FrpMegawatts, seen.At, simulated: false);
        var explained = source is not null && match == HeatMatch.Explained;
        Later++;
        if (explained)
        {
            Explained++;
            byId[source!.Id].Explain(LitDays.DayOf(seen.Position.Lon, seen.At));
        }
        else if (source is not null)
        {
            byId[source.Id].Escape(match);
            PowerOutliers += match == HeatMatch.PowerOutlier ? 1 : 0;
            PositionOutliers += match == HeatMatch.PositionOutlier ? 1 : 0;
        }

        if (seen.Type is { } type)
        {
            Typed++;
            OfStaticType += type == Static ? 1 : 0;
            ExplainedTyped += explained ? 1 : 0;
            ExplainedStatic += explained && type == Static ? 1 : 0;
        }

        return explained;
    }
}
