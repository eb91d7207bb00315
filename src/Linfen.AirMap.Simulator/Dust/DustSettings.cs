using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Simulator.Dust;

/// <summary>What is amiss with a simulated device.</summary>
public enum DeviceFault
{
    None,

    /// <summary>Its packets come in small pieces.</summary>
    Pieces,

    /// <summary>Several packets come at once.</summary>
    Sticky,

    /// <summary>It hangs up after a few packets.</summary>
    Reconnects,

    /// <summary>It is away for a while, and sends afterwards what it missed.</summary>
    Outage,

    /// <summary>Its clock runs ahead.</summary>
    ClockAhead,

    /// <summary>It sends mg where its entry says µg.</summary>
    WrongUnit,
    FlatLine,
    Calibrating,

    /// <summary>It ends no lines and writes its check sum small.</summary>
    Sloppy,
}

/// <param name="Edition">Null for a mixture.</param>
/// <param name="Faults">Share of the devices that have one.</param>
/// <param name="Interval">Between the packets of a device.</param>
public sealed record DustSettings(int Devices, Edition? Edition, double Faults, TimeSpan Interval, TimeSpan For, int Seed);
