namespace Linfen.AirMap.Hj212;

/// <summary>A data segment, read. With a <see cref="Fault"/> it has what could be read before it.</summary>
public sealed record Packet
{
    /// <summary>As the device wrote it, to be said back to it.</summary>
    public string? Qn { get; init; }

    public string? St { get; init; }

    public CommandCode Command { get; init; }

    public string? Password { get; init; }

    public string Mn { get; init; } = "";

    public PacketFlag? Flag { get; init; }

    /// <summary>PNUM</summary>
    public int? PacketCount { get; init; }

    /// <summary>PNO</summary>
    public int? PacketNumber { get; init; }

    /// <summary>The instant of real-time data, otherwise the start of the interval.</summary>
    public DateTimeOffset? DataTime { get; init; }

    /// <summary>RF=1 (2025): sent again.</summary>
    public bool Resent { get; init; }

    public IReadOnlyList<FactorValues> Factors { get; init; } = [];

    /// <summary>Everything as it was written, in its order.</summary>
    public IReadOnlyList<PacketField> Fields { get; init; } = [];

    public Defects Defects { get; init; }

    public Fault Fault { get; init; }

    /// <summary>Value of a further field, such as <c>PolId</c>.</summary>
    public string? Field(string key)
    {
        foreach (var field in Fields)
        {
            if (field.Key.Span.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value.ToString();
            }
        }

        return null;
    }
}
