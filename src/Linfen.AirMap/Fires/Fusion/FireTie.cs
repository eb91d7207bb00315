namespace Linfen.AirMap.Fires.Fusion;

/// <summary>What somebody said of one detection when he merged or split a fire. Written once.</summary>
public sealed class FireTie
{
    /// <summary>The merge or split in which it was said.</summary>
    public Guid Act { get; private set; }

    public Guid DetectionId { get; private set; }

    public TieSide Side { get; private set; }

    FireTie()
    {
    }
}
