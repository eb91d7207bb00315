using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Intake;

/// <summary>What kind of eye saw the fire.</summary>
public enum SourceKind
{
    Satellite,
    Video,
    Drone,
    Vehicle,
    Phone,
}

/// <summary>
/// One detection as every intake door hands it over: CGCS2000 degrees, UTC-comparable time, SI units.
/// The identity is (<see cref="Feed"/>, <see cref="SourceKind"/>, <see cref="DetectionId"/>, <see cref="Simulated"/>).
/// </summary>
public sealed record Observation
{
    /// <summary>More than any fire on earth radiates into one pixel.</summary>
    public const double LargestMegawatts = 100_000;

    /// <summary>Where it came in: <c>firms</c>, <c>firms-simulated</c>, or the name of the sender's feed.</summary>
    public required string Feed { get; init; }

    public required SourceKind SourceKind { get; init; }

    /// <summary>The sender's id of this one detection; for FIRMS built from satellite, instrument, minute and place.</summary>
    public required string DetectionId { get; init; }

    /// <summary>When it happened in the world.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>CGCS2000 longitude and latitude in degrees.</summary>
    public required LonLat Position { get; init; }

    /// <summary>Radius of the area in which the fire may lie, in metres.</summary>
    public required double RadiusMetres { get; init; }

    /// <summary>Bearing from the camera in degrees clockwise from north.</summary>
    public double? BearingDegrees { get; init; }

    /// <summary>0 to 1. FIRMS l/n/h are taken as 0.2, 0.5 and 0.9; MODIS percent as a fraction.</summary>
    public double? Confidence { get; init; }

    /// <summary>Fire radiative power in megawatts; 0 is a genuine value.</summary>
    public double? FrpMegawatts { get; init; }

    public string? ImageUrl { get; init; }

    /// <summary>The satellite or camera by its normalised name, e.g. <c>Terra</c>, <c>N20</c>.</summary>
    public string? Instrument { get; init; }

    /// <summary>FIRMS type 1–3 (volcano, static land source, offshore) never opens a fire.</summary>
    public bool MayOpenFire { get; init; } = true;

    /// <summary>FIRMS <c>type</c> as it came: 0 vegetation, 1 volcano, 2 other static land source, 3 offshore; null where the edition does not tell.</summary>
    public int? FirmsType { get; init; }

    /// <summary>Whether the satellite says that it passed by night; null where it does not say.</summary>
    public bool? Night { get; init; }

    public bool Simulated { get; init; }

    /// <summary>
    /// Digest of what the sender said. The same identity with another digest is a conflict; null where the identity alone
    /// decides (FIRMS editions describe one detection with different figures).
    /// </summary>
    public Guid? ContentDigest { get; init; }
}

/// <summary>One line or element of a batch: an observation, or the reason why it is none.</summary>
public readonly record struct IntakeLine(long Line, Observation? Observation, string? Reason)
{
    public static IntakeLine Accepted(long line, Observation observation) => new(line, observation, null);

    public static IntakeLine Rejected(long line, string reason) => new(line, null, reason);
}

/// <summary>The body as a whole cannot be read (wrong format, unreadable compression, a line without end). Answered with 4xx.</summary>
public sealed class UnreadableBodyException(string type, string message, int statusCode = 400) : Exception(message)
{
    /// <summary>Stable last part of the ProblemDetails type, e.g. <c>not-firms-csv</c>.</summary>
    public string Type { get; } = type;

    public int StatusCode { get; } = statusCode;
}
