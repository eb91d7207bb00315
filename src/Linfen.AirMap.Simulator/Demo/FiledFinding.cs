using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Demo;

/// <summary>A kind of finding as the server lists it.</summary>
public sealed record FindingKind(string Code, string Title);

/// <summary>Something that a patrol or the public filed, and what became of it.</summary>
public sealed record FiledFinding(Guid Id, string Kind, DateTimeOffset At, LonLat Place, string Text, bool Public)
{
    public IReadOnlyList<FindingStep> Steps { get; init; } = [];

    public object Body => new
    {
        Id, Kind, At, Place.Lon, Place.Lat, Crs = "CGCS2000", Text, FiledBy = Public ? "public" : "patrol", AccuracyMetres = Public ? 35 : 8, Simulated = true,
    };
}

/// <param name="Verb">confirm, dismiss or rectify.</param>
public sealed record FindingStep(string Verb, DateTimeOffset At, string Reason)
{
    public object Body => new { At, Reason };
}
