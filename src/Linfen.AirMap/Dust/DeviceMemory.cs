namespace Linfen.AirMap.Dust;

/// <summary>
/// What this process knows of a device: what it has last written, so that not every packet writes it again, and how the device behaved lately,
/// which a new packet is weighed by. Lost with the process: the first values after a start have nothing to be compared with.
/// </summary>
sealed class DeviceMemory
{
    readonly Dictionary<string, FactorTrace> traces = new(StringComparer.Ordinal);

    /// <summary>Last data as they stand in the database.</summary>
    public DateTimeOffset? LastData { get; set; }

    /// <summary>When it was last heard, as it stands in the database.</summary>
    public DateTimeOffset? Heard { get; set; }

    /// <summary>When the log last told of its readings.</summary>
    public DateTimeOffset? Told { get; set; }

    /// <summary>How it differs from its neighbours; null when it does not (<see cref="Neighbourhood"/>).</summary>
    public string? Differs { get; set; }

    public ClockLag Lag { get; } = new();

    /// <summary>To be used by one at a time: a device may call in twice.</summary>
    public FactorTrace TraceOf(string factor) => traces.TryGetValue(factor, out var trace) ? trace : traces[factor] = new();
}
