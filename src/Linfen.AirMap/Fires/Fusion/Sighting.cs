using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Fires.Fusion;

/// <summary>A detection as fusion looks at it: when, where, how exactly, and what people have said of it.</summary>
public sealed class Sighting(Guid id, DateTimeOffset at, Footprint footprint, bool simulated)
{
    /// <summary>Beyond this radius a position may belong to any of several fires. Metres; a pixel of MODIS at nadir is not vague.</summary>
    const double PreciseMetres = 1_000;

    public Guid Id { get; } = id;

    /// <summary>When it was seen.</summary>
    public DateTimeOffset At { get; } = at;

    public Footprint Footprint { get; } = footprint;

    /// <summary>Too coarse to say of two fires that they are one: it goes with the likeliest.</summary>
    public bool IsVague => Footprint.AlongMetres > PreciseMetres;

    public bool Simulated { get; } = simulated;

    public SourceKind Kind { get; init; }

    /// <summary>Radiative power, megawatts.</summary>
    public double? FrpMegawatts { get; init; }

    /// <summary>Code of the county in which it was seen.</summary>
    public string County { get; init; } = "";

    public DateTimeOffset KnownAt { get; init; }

    /// <summary>It became known too late to act upon: history, unless it turns out to be one with what was known in time.</summary>
    public bool IsHistory { get; init; }

    /// <summary>The fire that it belongs to; null until it is placed.</summary>
    public Fire? Fire { get; set; }

    /// <summary>A verdict was given on it with its fire; what was seen later than the moment of the verdict, or was not known yet when it was given, was not judged.</summary>
    public bool IsJudged => Fire is { IsClosed: true } fire && At <= fire.VerdictAt && KnownAt <= fire.VerdictKnownAt;

    /// <summary>What people said: which belong together, and which do not.</summary>
    public IReadOnlyList<Tie> Ties { get; set; } = [];

    public static Sighting Of(Guid id, Observation seen, string county, DateTimeOffset knownAt, bool isHistory) => new(id, seen.OccurredAt, Footprint.Of(seen.Position, seen.RadiusMetres, seen.BearingDegrees), seen.Simulated)
    {
        Kind = seen.SourceKind,
        KnownAt = knownAt,
        IsHistory = isHistory,
        FrpMegawatts = seen.FrpMegawatts,
        County = county,
    };

    public static Sighting Of(Detection stored, FireOptions options) => new(stored.Id, stored.OccurredAt, Footprint.Of(new(stored.Position.X, stored.Position.Y), stored.RadiusMetres, stored.BearingDegrees), stored.Simulated)
    {
        Kind = stored.SourceKind,
        KnownAt = stored.KnownAt,
        IsHistory = stored.KnownAt - stored.OccurredAt > options.HistoryAfter,
        FrpMegawatts = stored.FrpMegawatts,
        County = stored.County,
    };

    /// <summary>Whether a verdict parts the two: one was judged, the other was seen after that moment.</summary>
    public static bool ArePartedByVerdict(Sighting one, Sighting other) =>
        (one.IsJudged && other.At > one.Fire!.VerdictAt) || (other.IsJudged && one.At > other.Fire!.VerdictAt);

    /// <summary>The same for everybody, in whatever order sightings arrive.</summary>
    public static int Compare(Sighting one, Sighting other)
    {
        var order = one.At.CompareTo(other.At);
        order = order != 0 ? order : one.Footprint.Middle.Lon.CompareTo(other.Footprint.Middle.Lon);
        order = order != 0 ? order : one.Footprint.Middle.Lat.CompareTo(other.Footprint.Middle.Lat);
        order = order != 0 ? order : one.Footprint.AlongMetres.CompareTo(other.Footprint.AlongMetres);
        return order != 0 ? order : one.Id.CompareTo(other.Id);
    }
}

/// <summary>What somebody said of several sightings at once.</summary>
/// <param name="Act">The merge or split in which it was said.</param>
/// <param name="Side">Of a split; sightings of one act on different sides are kept apart, all others of one act belong together.</param>
public readonly record struct Tie(Guid Act, TieSide Side);

public enum TieSide : short
{
    /// <summary>Merged by hand.</summary>
    Together,

    /// <summary>Stayed with its fire when others were split off.</summary>
    Stayed,

    /// <summary>Was split off.</summary>
    Parted,
}
