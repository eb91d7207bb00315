using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Dust;

/// <summary>How monitors are listened to (<c>Airmap:Hj212</c>).</summary>
sealed class Hj212Options
{
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

    /// <summary>How often means are computed and judged.</summary>
    [Range(1, 3_600)]
    public int JudgeSeconds { get; init; } = 30;

    /// <summary>The log tells of one monitor's readings at most this often.</summary>
    [Range(0, 3_600)]
    public int EventSeconds { get; init; } = 60;
}
