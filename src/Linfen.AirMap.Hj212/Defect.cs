using System.Text;

namespace Linfen.AirMap.Hj212;

/// <summary>What is not as the standard says and yet was understood. Their names are part of the interface.</summary>
[Flags]
public enum Defects : ulong
{
    None = 0,

    // Of the frame.
    HeaderMissing = 1UL << 0,
    LengthMissing = 1UL << 1,
    LengthWrong = 1UL << 2,
    SegmentTooLong = 1UL << 3,
    CrcLowercase = 1UL << 4,
    CrcModbus = 1UL << 5,
    CrcWrong = 1UL << 6,
    CrcMissing = 1UL << 7,
    TailBareLineFeed = 1UL << 8,
    TailMissing = 1UL << 9,

    // Of the head of the segment.
    QnMissing = 1UL << 10,
    QnDigits = 1UL << 11,
    QnTimeZone = 1UL << 12,
    QnInsideCp = 1UL << 13,
    QnNoTime = 1UL << 14,
    StMissing = 1UL << 15,
    PwMissing = 1UL << 16,
    MnLength = 1UL << 17,
    FlagMissing = 1UL << 18,
    FlagInsideCp = 1UL << 19,
    FlagUnreadable = 1UL << 20,
    PacketNumbersMissing = 1UL << 21,
    PacketNumbersUnannounced = 1UL << 22,
    PacketNumbersReversed = 1UL << 23,
    PacketNumbersUnreadable = 1UL << 24,

    // Of the segment's writing.
    UpperCase = 1UL << 25,
    SeparatorMissing = 1UL << 26,
    SpaceInside = 1UL << 27,
    TrailingSeparator = 1UL << 28,
    DuplicateKey = 1UL << 29,
    EncodingForeign = 1UL << 30,
    CpUnclosed = 1UL << 31,

    // Of the data.
    DataTimeDigits = 1UL << 32,
    DataTimeMisplaced = 1UL << 33,
    SuffixRepeated = 1UL << 34,
    SuffixForeign = 1UL << 35,
    FlagLowercase = 1UL << 36,
    FlagUnknown = 1UL << 37,
    ValueUnreadable = 1UL << 38,
    UnknownField = 1UL << 39,
    SampleTimeUnreadable = 1UL << 40,
}

/// <summary>Why something that came in is not taken at all. Their names are part of the interface.</summary>
public enum Fault
{
    None,

    /// <summary>Bytes between frames that are none.</summary>
    Garbage,

    /// <summary>The beginning or the end of a frame is not there.</summary>
    Cut,

    /// <summary>No end within the longest segment that is waited for.</summary>
    TooLong,

    /// <summary>No <c>CP=&amp;&amp;…&amp;&amp;</c>: not a packet of HJ 212.</summary>
    NoCp,
    NoMn,
    MnUnreadable,
    NoCn,
    CnUnreadable,

    /// <summary>Values without the time that they belong to.</summary>
    NoDataTime,
    DataTimeUnreadable,

    /// <summary>Only of devices whose check sum is taken strictly.</summary>
    CrcMissing,

    /// <summary>Only of devices whose check sum is taken strictly.</summary>
    CrcWrong,
}

/// <summary>Faults and defects as the interface writes them: <c>crc-lowercase</c>.</summary>
public static class Names
{
    static readonly Dictionary<Fault, string> Faults = Enum.GetValues<Fault>().ToDictionary(f => f, f => Kebab(f.ToString()));

    static readonly (Defects Defect, string Name)[] All = [.. Enum.GetValues<Defects>().Where(d => d != Defects.None).Select(d => (d, Kebab(d.ToString())))];

    public static string Of(Fault fault) => Faults[fault];

    public static IReadOnlyList<string> Of(Defects defects) => defects == Defects.None ? [] : [.. All.Where(a => defects.HasFlag(a.Defect)).Select(a => a.Name)];

    static string Kebab(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
