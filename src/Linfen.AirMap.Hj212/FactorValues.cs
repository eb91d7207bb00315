namespace Linfen.AirMap.Hj212;

/// <summary>What a packet says of one factor.</summary>
public sealed class FactorValues(string code)
{
    /// <summary>As <see cref="FactorCode"/> writes it: <c>a34002</c>, <c>LA</c>.</summary>
    public string Code { get; } = code;

    public double? Rtd { get; internal set; }

    public double? Avg { get; internal set; }

    public double? Min { get; internal set; }

    public double? Max { get; internal set; }

    /// <summary>Accumulated amount.</summary>
    public double? Cou { get; internal set; }

    public DataState Flag { get; internal set; }

    /// <summary>What the device maker says of its state; no meaning of the standard's.</summary>
    public string? EFlag { get; internal set; }

    public DateTimeOffset? SampleTime { get; internal set; }

    /// <summary>The value of its kind: the real-time one, or the mean of the interval, whichever the device calls it by.</summary>
    public double? Value(CommandCode command) => command == CommandCode.RealTime ? Rtd ?? Avg : Avg ?? Rtd;
}

/// <summary>A pair of the packet as it was written.</summary>
/// <param name="Group">Number of the <c>;</c>-separated group within CP; negative in the head.</param>
public readonly record struct PacketField(ReadOnlyMemory<char> Key, ReadOnlyMemory<char> Value, int Group);
