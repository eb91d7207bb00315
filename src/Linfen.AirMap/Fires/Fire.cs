using Linfen.AirMap.Atlas;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Geo;
using Linfen.AirMap.Intake;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Fires;

/// <summary>
/// A fire event (火点): what several detections near each other in space and time are taken to be.
/// Burning while suspected or confirmed; see the Meanings of the interface for lapse, history and verdicts.
/// </summary>
public sealed class Fire
{
    /// <summary>The detection that gives the position; null until somebody asks who that is.</summary>
    Sighting? mostExact;

    public static readonly int SourceKinds = Enum.GetValues<SourceKind>().Length;

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public FireStatus Status { get; private set; }

    public string County { get; private set; } = "";

    /// <summary>Position of the most precise detection, CGCS2000.</summary>
    public Point Position { get; private set; } = Point.Empty;

    /// <summary>How far from there it may lie: as exact as that detection is, or farther where others saw it beyond their own radius.</summary>
    public double RadiusMetres { get; private set; }

    public DateTimeOffset FirstSeenAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>When the city first knew of it (commit time).</summary>
    public DateTimeOffset KnownAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public int Detections { get; private set; }

    /// <summary>Number of detections per <see cref="SourceKind"/>, in the order of the enumeration.</summary>
    public int[] SeenBy { get; private set; } = [];

    /// <summary>The strongest radiative power seen, in megawatts.</summary>
    public double? FrpMegawatts { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    public FireVerdict? Verdict { get; private set; }

    public string? VerdictReason { get; private set; }

    public DateTimeOffset? VerdictAt { get; private set; }

    public DateTimeOffset? VerdictKnownAt { get; private set; }

    public Guid? ViolationId { get; private set; }

    /// <summary>The registered heat source that explains it; it then is no open burning, is counted apart and raises no alarm.</summary>
    public Guid? AttributedTo { get; private set; }

    /// <summary>Name of that source when it was attributed.</summary>
    public string? AttributedName { get; private set; }

    /// <summary>The fire that goes on for it.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>Somebody merged or split it by hand, and what he said holds for what comes.</summary>
    public bool IsTied { get; private set; }

    public bool Simulated { get; private set; }

    public bool IsAttributed => AttributedTo is not null;

    /// <summary>Several kinds of eyes saw it, and nobody has said yet what it is.</summary>
    public bool IsCorroborated => Verdict is null && ConfirmedAt is not null;

    public bool IsBurning => Status is FireStatus.Suspected or FireStatus.Confirmed;

    public bool IsClosed => Status is FireStatus.Out or FireStatus.Refuted;

    /// <summary>Known in time to act upon, and not one with another.</summary>
    public bool IsLive => Status is not (FireStatus.History or FireStatus.Merged);

    public LonLat LonLat => new(Position.X, Position.Y);

    Fire()
    {
    }

    /// <summary>Opens a fire from its first detection; of status history when it became known too late to act upon.</summary>
    /// <param name="county">Name of the county.</param>
    internal static Fire Open(Guid id, Sighting first, string county, bool history, FireOptions options, DateTimeOffset knownAt)
    {
        var at = first.Footprint.Middle;
        var fire = new Fire
        {
            Id = id,
            Name = $"{county} {at.Lon:F4}, {at.Lat:F4}",
            Status = history ? FireStatus.History : FireStatus.Suspected,
            County = first.County,
            KnownAt = knownAt,
            Simulated = first.Simulated,
        };
        fire.Recount([first], options, knownAt);
        return fire;
    }

    /// <summary>For a look back: what it was while it was history.</summary>
    /// <param name="members">What it rested on; empty where that is no longer known, and the sums stand.</param>
    /// <param name="updatedAt">When it last took something in or lost it until then.</param>
    /// <param name="violation">What it had been charged with, where it had burned before.</param>
    internal void AsHistory(IReadOnlyCollection<Sighting> members, FireOptions options, DateTimeOffset updatedAt, Guid? violation)
    {
        (Status, ConfirmedAt, Verdict, VerdictReason, VerdictAt, VerdictKnownAt) = (FireStatus.History, null, null, null, null, null);
        (ViolationId, MergedInto) = (violation, null);
        UpdatedAt = KnownAt;
        if (members.Count > 0)
        {
            Recount(members, options, updatedAt);
        }
    }

    /// <summary>Takes a further detection in. Returns true when a lapsed fire burns again because of it.</summary>
    /// <param name="members">What it rests on, this detection among them.</param>
    internal bool Join(Sighting further, IReadOnlyCollection<Sighting> members, FireOptions options, DateTimeOffset knownAt)
    {
        FirstSeenAt = further.At < FirstSeenAt ? further.At : FirstSeenAt;
        LastSeenAt = further.At > LastSeenAt ? further.At : LastSeenAt;
        if (mostExact is null || IsMoreExact(further, mostExact))
        {
            Locate(members);
        }
        else
        {
            RadiusMetres = Math.Max(RadiusMetres, BeyondMetres(further));
        }

        Count(further);
        UpdatedAt = knownAt;
        Corroborate(options);
        return Relight(options.LapseAfter, knownAt);
    }

    /// <summary>Takes another fire in, which is the same. Returns true when a lapsed fire burns again because of it.</summary>
    /// <param name="members">What both rest on.</param>
    internal bool Absorb(Fire other, IReadOnlyCollection<Sighting> members, FireOptions options, DateTimeOffset knownAt)
    {
        FirstSeenAt = other.FirstSeenAt < FirstSeenAt ? other.FirstSeenAt : FirstSeenAt;
        LastSeenAt = other.LastSeenAt > LastSeenAt ? other.LastSeenAt : LastSeenAt;
        Locate(members);
        Detections += other.Detections;
        SeenBy = [.. SeenBy.Zip(other.SeenBy, (mine, his) => mine + his)];
        FrpMegawatts = Stronger(FrpMegawatts, other.FrpMegawatts);
        IsTied |= other.IsTied;
        UpdatedAt = knownAt;
        if (other is { ConfirmedAt: { } confirmed, Verdict: { } } && Verdict is null && (IsBurning || Status == FireStatus.Lapsed))
        {
            (Verdict, VerdictReason, VerdictAt, VerdictKnownAt) = (other.Verdict, other.VerdictReason, other.VerdictAt, other.VerdictKnownAt);
            ConfirmedAt = confirmed;
            Status = IsBurning ? FireStatus.Confirmed : Status;
        }

        Corroborate(options);
        return Relight(options.LapseAfter, knownAt);
    }

    /// <summary>It is one with another fire, which goes on.</summary>
    internal void MergeInto(Fire other, DateTimeOffset knownAt) => (Status, MergedInto, UpdatedAt) = (FireStatus.Merged, other.Id, knownAt);

    /// <summary>What was history is seen again, in time to act.</summary>
    internal void Wake(FireOptions options, DateTimeOffset knownAt)
    {
        (Status, UpdatedAt) = (FireStatus.Suspected, knownAt);
        Corroborate(options);
    }

    /// <summary>All that was known in time to act upon belongs to other fires now. Returns false where somebody acted all the same.</summary>
    internal bool Forget(DateTimeOffset knownAt)
    {
        if (Verdict is not null || !(IsBurning || Status == FireStatus.Lapsed))
        {
            return false;
        }

        (Status, ConfirmedAt, UpdatedAt) = (FireStatus.History, null, knownAt);
        return true;
    }

    /// <summary>What people said of it holds for what comes.</summary>
    internal void Bind() => IsTied = true;

    /// <summary>Sums up what it rests on now that others rest elsewhere. Returns true when a lapsed fire burns again because of it.</summary>
    internal bool Recount(IReadOnlyCollection<Sighting> members, FireOptions options, DateTimeOffset knownAt)
    {
        (Detections, SeenBy, FrpMegawatts) = (0, new int[SourceKinds], null);
        foreach (var member in members)
        {
            Count(member);
        }

        FirstSeenAt = members.Min(m => m.At);
        LastSeenAt = members.Max(m => m.At);
        LastSeenAt = Verdict == FireVerdict.Confirmed && VerdictAt > LastSeenAt ? VerdictAt.Value : LastSeenAt;
        Locate(members);
        UpdatedAt = knownAt;
        Corroborate(options);
        return Relight(options.LapseAfter, knownAt);
    }

    /// <summary>Until somebody says what it is, several kinds of eyes confirm it, and it is suspected again once they were taken away.</summary>
    void Corroborate(FireOptions options)
    {
        if (Verdict is not null || !(IsBurning || Status == FireStatus.Lapsed))
        {
            return;
        }

        ConfirmedAt = SeenBy.Count(n => n > 0) >= options.ConfirmingKinds ? ConfirmedAt ?? LastSeenAt : null;
        if (IsBurning)
        {
            Status = ConfirmedAt is null ? FireStatus.Suspected : FireStatus.Confirmed;
        }
    }

    bool Relight(TimeSpan lapseAfter, DateTimeOffset knownAt)
    {
        if (Status != FireStatus.Lapsed || LastSeenAt + lapseAfter <= knownAt)
        {
            return false;
        }

        Status = ConfirmedAt is null ? FireStatus.Suspected : FireStatus.Confirmed;
        return true;
    }

    /// <summary>Not seen for the lapse time. Returns false when it is not burning or was seen since.</summary>
    public bool Lapse(TimeSpan lapseAfter, DateTimeOffset now)
    {
        if (!IsBurning || LastSeenAt + lapseAfter > now)
        {
            return false;
        }

        Status = FireStatus.Lapsed;
        UpdatedAt = now;
        return true;
    }

    /// <summary>
    /// Takes a verdict. History takes none, and a closed fire only one that corrects the one that closed it; the same verdict with the same reason,
    /// sent again, changes nothing. A confirmation of another moment says that it burns still.
    /// </summary>
    public VerdictOutcome Verify(FireVerdict verdict, string? reason, DateTimeOffset at, bool correcting, TimeSpan lapseAfter, DateTimeOffset knownAt)
    {
        if (Verdict == verdict && VerdictReason == reason && ((IsClosed && !correcting) || VerdictAt == at))
        {
            return VerdictOutcome.Unchanged;
        }

        if ((IsClosed && !correcting) || !IsLive)
        {
            return VerdictOutcome.Refused;
        }

        (Verdict, VerdictReason, VerdictAt, VerdictKnownAt, UpdatedAt) = (verdict, reason, at, knownAt, knownAt);
        switch (verdict)
        {
            case FireVerdict.Confirmed:
                ConfirmedAt ??= at;
                LastSeenAt = at > LastSeenAt ? at : LastSeenAt;
                Status = LastSeenAt + lapseAfter > knownAt ? FireStatus.Confirmed : FireStatus.Lapsed;
                break;
            case FireVerdict.Out:
                Status = FireStatus.Out;
                break;
            default:
                Status = FireStatus.Refuted;
                break;
        }

        return VerdictOutcome.Taken;
    }

    /// <summary>A heat source explains it, or (null) does so no longer. Returns whether that is news.</summary>
    internal bool Attribute(HeatSourceInForce? source, DateTimeOffset knownAt)
    {
        if (source?.Id == AttributedTo && source?.Name == AttributedName)
        {
            return false;
        }

        (AttributedTo, AttributedName, UpdatedAt) = (source?.Id, source?.Name, knownAt);
        return true;
    }

    public void Violates(Guid? violationId) => ViolationId = violationId;

    void Locate(IReadOnlyCollection<Sighting> members)
    {
        mostExact = members.Aggregate((best, next) => IsMoreExact(next, best) ? next : best);
        var best = mostExact.Footprint;
        if (best.Middle != LonLat)
        {
            Position = Data.Database.Geometry.CreatePoint(new Coordinate(best.Middle.Lon, best.Middle.Lat));
        }

        RadiusMetres = Math.Max(best.AlongMetres, members.Max(BeyondMetres));
    }

    static bool IsMoreExact(Sighting one, Sighting other)
    {
        var (own, others) = (one.Footprint.AlongMetres, other.Footprint.AlongMetres);
        return own < others || (own == others && Sighting.Compare(one, other) < 0);
    }

    /// <summary>How far the position lies beyond the radius of a detection.</summary>
    double BeyondMetres(Sighting seen) => Nearness.Metres(LonLat, seen.Footprint.Middle) - seen.Footprint.LongestMetres;

    void Count(Sighting seen)
    {
        Detections++;
        SeenBy[(int)seen.Kind]++;
        FrpMegawatts = Stronger(FrpMegawatts, seen.FrpMegawatts);
    }

    static double? Stronger(double? one, double? other) => one is { } a && other is { } b ? Math.Max(a, b) : one ?? other;
}

public enum VerdictOutcome
{
    Taken,
    Unchanged,
    Refused,
}
