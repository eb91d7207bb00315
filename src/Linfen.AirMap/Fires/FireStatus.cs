namespace Linfen.AirMap.Fires;

/// <summary>The life of a fire; the wire uses the lower-case names.</summary>
public enum FireStatus
{
    /// <summary>疑似: seen, not verified. Burning.</summary>
    Suspected,

    /// <summary>已核实: verified. Burning.</summary>
    Confirmed,

    /// <summary>失联: not seen for the lapse time; no verdict yet.</summary>
    Lapsed,

    /// <summary>已灭: somebody saw that it is out.</summary>
    Out,

    /// <summary>误报: it was no open burning, with a reason.</summary>
    Refuted,

    /// <summary>历史: known too late to act upon.</summary>
    History,

    /// <summary>并入: it turned out to be one with another fire, which goes on.</summary>
    Merged,
}

/// <summary>What a person on the spot, or an officer, says of a fire.</summary>
public enum FireVerdict
{
    Confirmed,
    Out,
    Refuted,
}
