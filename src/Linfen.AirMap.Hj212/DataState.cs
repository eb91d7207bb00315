namespace Linfen.AirMap.Hj212;

/// <summary>What the device says of a value. Numbers are stored.</summary>
public enum DataState : short
{
    /// <summary>It says nothing.</summary>
    None = 0,
    Valid = 1,
    Stopped = 2,
    Maintenance = 3,
    SetByHand = 4,
    Faulty = 5,
    Calibrating = 6,
    OverRange = 7,
    CommunicationFault = 8,

    /// <summary>A letter that no edition knows.</summary>
    Unknown = 9,
}

/// <summary>Letters of data flags, table 8 of HJ 212-2017.</summary>
public static class DataStates
{
    const string Letters = "NFMSDCTB";

    public static DataState Of(char letter)
    {
        var at = Letters.IndexOf(letter, StringComparison.Ordinal);
        return at < 0 ? DataState.Unknown : (DataState)(at + 1);
    }

    /// <summary>Null where there was none, or an unknown one.</summary>
    public static char? Letter(DataState flag) => flag is DataState.None or DataState.Unknown ? null : Letters[(int)flag - 1];
}
