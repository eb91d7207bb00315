using Linfen.AirMap.Hj212;

namespace Linfen.AirMap.Dust;

/// <summary>Whether a value counts toward a violation, or why not. Numbers are stored.</summary>
enum Quality : short
{
    Counts = 0,

    /// <summary>The device itself says that it is not valid.</summary>
    Flagged = 1,

    /// <summary>The device says nothing of it.</summary>
    Unflagged = 2,

    /// <summary>Off by about a factor of 1,000: the unit of the device's entry is not the one it sends.</summary>
    UnitImplausible = 3,

    /// <summary>No such value exists.</summary>
    OutOfRange = 4,

    /// <summary>Its time lies ahead, or is constantly behind: the device's clock is off.</summary>
    ClockOff = 5,

    /// <summary>It leapt up, and no second value has borne it out.</summary>
    Jump = 6,

    /// <summary>One of a long row of the very same value.</summary>
    FlatLine = 7,
}

/// <summary>What makes a value the same value when it comes again.</summary>
readonly record struct ReadingKey(string Mn, bool Simulated, short Command, string Factor, DateTimeOffset At);

/// <summary>A value of a monitor; dust in µg/m³.</summary>
sealed record Reading(ReadingKey Key, double? Value, double? Least, double? Most, double? Amount, DataState Flag, Quality Quality);

/// <summary>Earlier readings of a factor are seen in another light since the next ones came.</summary>
/// <param name="Last">The last one; <paramref name="Since"/> is the time of the first.</param>
sealed record Reappraisal(ReadingKey Last, DateTimeOffset Since, Quality From, Quality To);

/// <summary>The readings of one packet on their way into the ledger.</summary>
sealed record DeviceData(Device Device, Packet Packet, IReadOnlyList<Reading> Readings)
{
    public IReadOnlyList<Reappraisal> Reappraisals { get; init; } = [];
}
