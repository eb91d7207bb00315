namespace Linfen.AirMap.Hj212;

/// <summary>
/// What the reader found next: a frame, or (with a <see cref="Fault"/>) bytes that are none. Its spans are valid until the reader is used again.
/// </summary>
public readonly ref struct Frame
{
    /// <summary>Everything that it takes up, from <c>##</c> to the line's end.</summary>
    public ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>The data segment; empty with a fault.</summary>
    public ReadOnlySpan<byte> Segment { get; init; }

    /// <summary>Of the segment as the frame says it; null when it says none.</summary>
    public int? DeclaredLength { get; init; }

    /// <summary>The check sum as it stands in the frame; empty when there is none.</summary>
    public ReadOnlySpan<byte> PrintedCrc { get; init; }

    public CrcState Crc { get; init; }

    public Defects Defects { get; init; }

    public Fault Fault { get; init; }
}

/// <summary>What is known of the bytes that follow.</summary>
public enum Delivery
{
    /// <summary>More will come.</summary>
    Running,

    /// <summary>Nothing came for a while: a frame that lacks nothing but its line's end, or its check sum, is taken as it is.</summary>
    Paused,

    /// <summary>Nothing comes any more.</summary>
    Ended,
}
