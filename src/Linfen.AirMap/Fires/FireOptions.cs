using System.ComponentModel.DataAnnotations;

namespace Linfen.AirMap.Fires;

/// <summary>Settings under <c>Airmap:Fires</c>.</summary>
public sealed record FireOptions
{
    /// <summary>A detection joins a fire at most this far away, unless the radii of both reach further. Metres.</summary>
    [Range(1, 10_000)]
    public double JoinMetres { get; init; } = 1_000;

    /// <summary>However large the radii, no farther than this. Metres.</summary>
    [Range(1, 2_000)]
    public double MaxJoinMetres { get; init; } = 2_000;

    /// <summary>A detection joins a fire seen at most this many hours before or after it.</summary>
    [Range(0.1, 24)]
    public double JoinHours { get; init; } = 6;

    /// <summary>So many kinds of sources (satellite, camera, phone …) that see the same fire confirm it. More than there are kinds: none do.</summary>
    [Range(2, 100)]
    public int ConfirmingKinds { get; init; } = 2;

    /// <summary>A detection older than this at intake is history and raises no violation. Hours.</summary>
    [Range(1, 24 * 30)]
    public double HistoryHours { get; init; } = 24;

    /// <summary>A fire not seen for this many hours lapses.</summary>
    [Range(0.1, 24 * 7)]
    public double LapseHours { get; init; } = 12;

    /// <summary>The violation of a lapsed fire closes as unverified this many hours after it was last seen.</summary>
    [Range(1, 24 * 30)]
    public double UnverifiedHours { get; init; } = 72;

    /// <summary>How often the clock looks for lapsed fires. Seconds.</summary>
    [Range(1, 3600)]
    public double ClockSeconds { get; init; } = 20;

    public TimeSpan JoinWindow => TimeSpan.FromHours(JoinHours);

    public TimeSpan HistoryAfter => TimeSpan.FromHours(HistoryHours);

    public TimeSpan LapseAfter => TimeSpan.FromHours(LapseHours);

    public TimeSpan UnverifiedAfter => TimeSpan.FromHours(UnverifiedHours);
}
