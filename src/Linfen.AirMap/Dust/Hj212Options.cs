using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Dust;

/// <summary>What becomes of a device whose MN the register does not have. Either way nothing of it is stored as readings, and it is not answered.</summary>
enum UnknownDevice
{
    Refuse,

    /// <summary>It is listed until an operator approves or dismisses it.</summary>
    Hold,
}

/// <summary>How monitors are listened to, when they are believed, and how long their readings are kept (<c>Airmap:Hj212</c>).</summary>
sealed class Hj212Options : IValidatableObject
{
    /// <summary>A day's raw readings may still be asked for while its month and the next are running.</summary>
    const int LeastKeptDays = 62;

    /// <summary>IP address to listen on; loopback where there is none. HJ 212 is not encrypted: devices come in by a private network of the operator.</summary>
    public string? Listen { get; init; }

    /// <summary>Operators put many devices behind one address.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerAddress { get; init; } = 4_096;

    /// <summary>Data of an hour may be all that a device sends, and the 2017 edition has no heartbeat.</summary>
    [Range(1, 864_000)]
    public int IdleSeconds { get; init; } = 7_200;

    /// <summary>A frame that is begun has to end within this time.</summary>
    [Range(1, 3_600)]
    public int FrameSeconds { get; init; } = 60;

    /// <summary>A device that does not take its answers for so long is cut off.</summary>
    [Range(1, 600)]
    public int AnswerSeconds { get; init; } = 10;

    /// <summary>After so many frames of unknown devices a connection ends.</summary>
    [Range(1, 1_000)]
    public int UnknownFrames { get; init; } = 20;

    public UnknownDevice Unknown { get; init; } = UnknownDevice.Refuse;

    /// <summary>Held devices at most; those heard of longest ago give way.</summary>
    [Range(1, 100_000)]
    public int PendingMonitors { get; init; } = 1_000;

    /// <summary>Values in one transaction at most.</summary>
    [Range(1, 100_000)]
    public int BatchRows { get; init; } = 8_000;

    /// <summary>
    /// A packet waits so long for others to share its transaction with: a city of monitors then takes a fraction of the ledger's time instead of most of it.
    /// </summary>
    [Range(0, 1_000)]
    public int GatherMilliseconds { get; init; } = 5;

    /// <summary>A DataTime so far ahead of the server's clock is not believed.</summary>
    [Range(0, 1_440)]
    public int ClockAheadMinutes { get; init; } = 10;

    /// <summary>A device whose live data are so late for half an hour on end, and do not catch up, has a clock that is behind.</summary>
    [Range(1, 100_000)]
    public int ClockBehindMinutes { get; init; } = 20;

    /// <summary>A value of so many times the one before it, and of <see cref="JumpMicrograms"/> more, does not count before a second one bears it out. 0: every value counts.</summary>
    [Range(0, 1_000)]
    public double JumpFactor { get; init; } = 10;

    /// <summary>µg/m³</summary>
    [Range(0, 20_000)]
    public double JumpMicrograms { get; init; } = 1_000;

    /// <summary>The same value for so long is no measurement: nothing of it counts. 0: it does.</summary>
    [Range(0, 1_440)]
    public int FlatMinutes { get; init; } = 30;

    /// <summary>Who delivered nothing for so long is silent: longer than the hour that some devices send by.</summary>
    [Range(1, 100_000)]
    public int SilentMinutes { get; init; } = 90;

    /// <summary>Monitors within this distance are neighbours; those of the same county are where there are too few.</summary>
    [Range(0, 1_000)]
    public double NeighbourKilometres { get; init; } = 10;

    /// <summary>With fewer neighbours nothing is compared. 0: never.</summary>
    [Range(0, 1_000)]
    public int Neighbours { get; init; } = 3;

    /// <summary>So many times what every neighbour measures, and <see cref="NeighbourMicrograms"/> more, makes the instrument suspect; so many times less as well.</summary>
    [Range(1, 1_000)]
    public double NeighbourFactor { get; init; } = 5;

    /// <summary>µg/m³</summary>
    [Range(0, 20_000)]
    public double NeighbourMicrograms { get; init; } = 200;

    /// <summary>Days that readings are kept as they came; whole months go, and their hourly and daily means stay. 0: for ever.</summary>
    [Range(0, 36_500)]
    public int KeepRawDays { get; init; } = 400;

    /// <summary>How often means are computed and judged.</summary>
    [Range(1, 3_600)]
    public int JudgeSeconds { get; init; } = 30;

    /// <summary>The log tells of one monitor's readings at most this often.</summary>
    [Range(0, 3_600)]
    public int EventSeconds { get; init; } = 60;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeepRawDays is > 0 and < LeastKeptDays)
        {
            yield return new($"{nameof(KeepRawDays)} is 0 (for ever) or at least {LeastKeptDays}.", [nameof(KeepRawDays)]);
        }
    }
}
