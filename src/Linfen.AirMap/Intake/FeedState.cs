namespace Linfen.AirMap.Intake;

/// <summary>When a feed last delivered something; kept up in the transaction of the delivery.</summary>
public sealed class FeedState
{
    public string Feed { get; private set; } = "";

    public SourceKind SourceKind { get; private set; }

    public bool Simulated { get; private set; }

    public DateTimeOffset LastKnownAt { get; private set; }

    public DateTimeOffset LastOccurredAt { get; private set; }

    /// <summary>Beijing calendar day of <see cref="Today"/>.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>Detections stored on <see cref="Day"/>.</summary>
    public long Today { get; private set; }

    FeedState()
    {
    }
}
