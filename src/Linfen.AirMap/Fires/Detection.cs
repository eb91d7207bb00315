using Linfen.AirMap.Intake;
using NetTopologySuite.Geometries;

namespace Linfen.AirMap.Fires;

/// <summary>One sighting of a possible fire. Evidence: written once, never edited.</summary>
public sealed class Detection
{
    public Guid Id { get; private set; }

    public string Feed { get; private set; } = "";

    public SourceKind SourceKind { get; private set; }

    /// <summary>The sender's id; unique with <see cref="Feed"/>, <see cref="SourceKind"/> and <see cref="Simulated"/>.</summary>
    public string DetectionId { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset KnownAt { get; private set; }

    public Point Position { get; private set; } = Point.Empty;

    public double RadiusMetres { get; private set; }

    public double? BearingDegrees { get; private set; }

    public double? Confidence { get; private set; }

    public double? FrpMegawatts { get; private set; }

    public string? Instrument { get; private set; }

    public string? ImageUrl { get; private set; }

    public string County { get; private set; } = "";

    /// <summary>The fire it belongs to; null for sources that open none (FIRMS type 1–3).</summary>
    public Guid? FireId { get; private set; }

    public bool Simulated { get; private set; }

    public Guid? ContentDigest { get; private set; }

    Detection()
    {
    }
}
