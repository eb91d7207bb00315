namespace Linfen.AirMap.Dust;

/// <summary>
/// What this process knows of a device: what it has last written, so that not every packet writes it again, and how the device behaved lately,
/// which a new packet is weighed by. Lost with the process: the first values after a start have nothing to be compared with.
/// </summary>
sealed class DeviceMemory
{
    readonly Dictionary<string, FactorTrace> traces = new(StringComparer.Ordinal);
    readonly Lock latch = new();
    TimeSpread? touched;

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

    /// <summary>Readings of these times are new in the database, and means over them no longer right.</summary>
    public void Touch(TimeSpread times)
    {
        lock (latch)
        {
            touched = touched is { } before ? before.With(times) : times;
        }
    }

    /// <summary>What was touched since this was last asked.</summary>
    public TimeSpread? TakeTouched()
    {
        lock (latch)
        {
            var taken = touched;
            touched = null;
            return taken;
        }
    }
}

/// <summary>From the first to the last of some instants, both included.</summary>
readonly record struct TimeSpread(DateTimeOffset First, DateTimeOffset Last)
{
    public TimeSpread With(TimeSpread other) => new(First < other.First ? First : other.First, Last > other.Last ? Last : other.Last);
}
