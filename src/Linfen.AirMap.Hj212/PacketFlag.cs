namespace Linfen.AirMap.Hj212;

/// <summary>Editions by the version bits of Flag.</summary>
public enum Edition
{
    Y2005 = 0,
    Y2017 = 1,
    Y2025 = 2,
}

/// <summary>The bits of Flag: V5–V0 the version, D packet numbers are present, A an answer is wanted.</summary>
public readonly record struct PacketFlag(int Value)
{
    public bool WantsAnswer => (Value & 1) != 0;

    public bool HasPacketNumbers => (Value & 2) != 0;

    public int Version => Value >> 2;

    /// <summary>Null for a version that none of the editions has.</summary>
    public Edition? Edition => Version <= (int)Hj212.Edition.Y2025 ? (Edition)Version : null;
}
