namespace Linfen.AirMap.Fires;

/// <summary>A detection that says it happened in the future. Kept and visible; no fire until it is sent again with a time that has come.</summary>
public sealed class QuarantinedDetection
{
    public string Feed { get; private set; } = "";

    public short SourceKind { get; private set; }

    public string DetectionId { get; private set; } = "";

    public DateTimeOffset OccurredAt { get; private set; }

    public DateTimeOffset KnownAt { get; private set; }

    public double Longitude { get; private set; }

    public double Latitude { get; private set; }

    public string Reason { get; private set; } = "";

    public bool Simulated { get; private set; }

    QuarantinedDetection()
    {
    }
}
