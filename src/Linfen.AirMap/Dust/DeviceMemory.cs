namespace Linfen.AirMap.Dust;

/// <summary>What this process has last written of a device, so that not every packet writes it again.</summary>
sealed class DeviceMemory
{
    readonly Lock latch = new();
    TimeSpread? touched;

    /// <summary>Last data as they stand in the database.</summary>
    public DateTimeOffset? LastData { get; set; }

    /// <summary>When the log last told of its readings.</summary>
    public DateTimeOffset? Told { get; set; }

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
