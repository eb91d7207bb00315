using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Intake;

/// <summary>Settings under <c>Airmap:Intake</c>.</summary>
public sealed record IntakeOptions
{
    /// <summary>Detections up to this far outside the city still count for the nearest county. Metres.</summary>
    [Range(0, 50_000)]
    public double MarginMetres { get; init; }

    /// <summary>A detection further than this in the future is quarantined. Minutes: clocks in the field are off a little.</summary>
    [Range(0, 24 * 60)]
    public double FutureToleranceMinutes { get; init; } = 5;

    /// <summary>Rows of a file that are committed together.</summary>
    [Range(1, 20_000)]
    public int BatchRows { get; init; } = 2_000;

    /// <summary>A body may unpack to at most this many bytes.</summary>
    [Range(1, 1L << 40)]
    public long MaxUnpackedBytes { get; init; } = 256L << 20;

    /// <summary>How many rejected rows are listed with line and reason; all are counted.</summary>
    [Range(0, 100_000)]
    public int ListedRejections { get; init; } = 1_000;

    public TimeSpan FutureTolerance => TimeSpan.FromMinutes(FutureToleranceMinutes);
}
