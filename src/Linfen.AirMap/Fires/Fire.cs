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
    public static readonly int SourceKinds = Enum.GetValues<SourceKind>().Length;

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public FireStatus Status { get; private set; }

    public string County { get; private set; } = "";

    /// <summary>Position of the most precise detection, CGCS2000.</summary>
    public Point Position { get; private set; } = Point.Empty;

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

    public bool Simulated { get; private set; }

    public bool IsBurning => Status is FireStatus.Suspected or FireStatus.Confirmed;

    public bool IsClosed => Status is FireStatus.Out or FireStatus.Refuted;

    public LonLat LonLat => new(Position.X, Position.Y);

    Fire()
    {
    }

    /// <summary>Opens a fire from its first detection; of status history when it became known too late to act upon.</summary>
    public static Fire Open(Guid id, Observation first, Counties.County county, bool history, DateTimeOffset knownAt, GeometryFactory geometry)
    {
        var fire = new Fire
        {
            Id = id,
            Name = $"{county.Name} {first.Position.Lon:F4}, {first.Position.Lat:F4}",
            Status = history ? FireStatus.History : FireStatus.Suspected,
            County = county.Code,
            Position = geometry.CreatePoint(new Coordinate(first.Position.Lon, first.Position.Lat)),
            RadiusMetres = first.RadiusMetres,
            FirstSeenAt = first.OccurredAt,
            LastSeenAt = first.OccurredAt,
            KnownAt = knownAt,
            SeenBy = new int[SourceKinds],
            Simulated = first.Simulated,
        };
        fire.Count(first, knownAt);
        return fire;
    }

    /// <summary>Takes a further detection in. Returns true when a lapsed fire burns again because of it.</summary>
    public bool Join(Observation further, TimeSpan lapseAfter, DateTimeOffset knownAt)
    {
        FirstSeenAt = further.OccurredAt < FirstSeenAt ? further.OccurredAt : FirstSeenAt;
        LastSeenAt = further.OccurredAt > LastSeenAt ? further.OccurredAt : LastSeenAt;
        if (further.RadiusMetres < RadiusMetres)
        {
            RadiusMetres = further.RadiusMetres;
            Position = Position.Factory.CreatePoint(new Coordinate(further.Position.Lon, further.Position.Lat));
        }

        Count(further, knownAt);
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
    /// Takes a verdict. A closed fire and history take none; the same verdict sent again changes nothing. A confirmation of
    /// another moment says that it burns still.
    /// </summary>
    public VerdictOutcome Verify(FireVerdict verdict, string? reason, DateTimeOffset at, DateTimeOffset knownAt)
    {
        if (Verdict == verdict && (IsClosed || (VerdictAt == at && VerdictReason == reason)))
        {
            return VerdictOutcome.Unchanged;
        }

        if (IsClosed || Status == FireStatus.History)
        {
            return VerdictOutcome.Refused;
        }

        (Verdict, VerdictReason, VerdictAt, VerdictKnownAt, UpdatedAt) = (verdict, reason, at, knownAt, knownAt);
        switch (verdict)
        {
            case FireVerdict.Confirmed:
                Status = FireStatus.Confirmed;
                ConfirmedAt ??= at;
                LastSeenAt = at > LastSeenAt ? at : LastSeenAt;
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

    public void Violates(Guid violationId) => ViolationId = violationId;

    /// <summary>
    /// Whether a detection at that time may be the same fire: within the join window, within the longest span, and not after
    /// a verdict that closed it. A fresh detection never disappears into history.
    /// </summary>
    public bool Accepts(DateTimeOffset occurredAt, bool history, FireOptions options) =>
        occurredAt >= FirstSeenAt - options.JoinWindow
        && occurredAt <= LastSeenAt + options.JoinWindow
        && occurredAt - FirstSeenAt <= options.MaxSpan
        && LastSeenAt - occurredAt <= options.MaxSpan
        && (history || Status != FireStatus.History)
        && (!IsClosed || occurredAt <= VerdictAt);

    void Count(Observation seen, DateTimeOffset knownAt)
    {
        Detections++;
        SeenBy[(int)seen.SourceKind]++;
        FrpMegawatts = (FrpMegawatts, seen.FrpMegawatts) switch
        {
            ({ } before, { } now) => Math.Max(before, now),
            (var before, var now) => before ?? now,
        };
        UpdatedAt = knownAt;
    }
}

public enum VerdictOutcome
{
    Taken,
    Unchanged,
    Refused,
}
