namespace Linfen.AirMap.Fires;

/// <summary>With which fire a detection rested before it became another's: what a look back needs to sum up what no event tells of. Written once.</summary>
public sealed class FireStay
{
    public Guid DetectionId { get; private set; }

    public Guid FireId { get; private set; }

    /// <summary>When the city knew better (commit time).</summary>
    public DateTimeOffset UntilAt { get; private set; }

    FireStay()
    {
    }
}
