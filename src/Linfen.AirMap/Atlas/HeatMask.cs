using Linfen.AirMap.Geo;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Linfen.AirMap.Atlas;

/// <summary>All heat sources in force, by place: which of them explains what a satellite saw. Immutable.</summary>
sealed class HeatMask
{
    public static readonly HeatMask None = new([]);

    readonly STRtree<HeatSourceInForce> tree = new();

    public HeatMask(IReadOnlyList<HeatSourceInForce> sources)
    {
        Sources = sources;
        foreach (var source in sources)
        {
            tree.Insert(source.Bounds, source);
        }

        tree.Build();
    }

    public IReadOnlyList<HeatSourceInForce> Sources { get; }

    /// <summary>The source that explains it; null when none does.</summary>
    public HeatSourceInForce? Explain(LonLat middle, double footprintMetres, double? megawatts, DateTimeOffset at, bool simulated) =>
        Weigh(middle, footprintMetres, megawatts, at, simulated) is (var source, HeatMatch.Explained) ? source : null;

    /// <summary>
    /// The nearest source that explains it, else the nearest that its footprint reaches and why that is not enough (tie: lowest id). What is
    /// simulated explains only what is simulated.
    /// </summary>
    public (HeatSourceInForce? Source, HeatMatch Match) Weigh(LonLat middle, double footprintMetres, double? megawatts, DateTimeOffset at, bool simulated) =>
        Sources.Count == 0
            ? default
            : tree.Query(new Envelope(new Coordinate(middle.Lon, middle.Lat)))
                .Where(s => !s.Simulated || simulated)
                .Select(s => (Source: (HeatSourceInForce?)s, Match: s.Weigh(middle, footprintMetres, megawatts, at)))
                .Where(w => w.Match != HeatMatch.Apart)
                .OrderBy(w => w.Match == HeatMatch.Explained ? 0 : 1).ThenBy(w => w.Source!.DistanceMetres(middle)).ThenBy(w => w.Source!.Id)
                .FirstOrDefault();
}
