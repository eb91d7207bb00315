namespace Linfen.AirMap.Dust;

/// <summary>What this process has last written of a device, so that not every packet writes it again.</summary>
sealed class DeviceMemory
{
    /// <summary>Last data as they stand in the database.</summary>
    public DateTimeOffset? LastData { get; set; }

    /// <summary>When the log last told of its readings.</summary>
    public DateTimeOffset? Told { get; set; }
}
