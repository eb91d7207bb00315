using Linfen.AirMap.Geo;

namespace Linfen.AirMap.Simulator.Fires;

/// <summary>A fire of the play: it starts, grows, wanes and goes out.</summary>
public sealed class SimulatedFire(LonLat place, TimeSpan startsAfter, TimeSpan life, double peakMegawatts)
{
    /// <summary>Burning stubble spreads to about this far from where it was lit.</summary>
    const double LargestRadiusMetres = 120;
    const double SmallestRadiusMetres = 8;

    public LonLat Place { get; } = place;

    public TimeSpan EndsAfter { get; } = startsAfter + life;

    public bool BurnsAt(TimeSpan after) => after < EndsAfter;

    /// <summary>Rises to its peak in the middle of its life and wanes again.</summary>
    public double FrpMegawattsAt(TimeSpan after) =>
        Math.Round(Math.Max(0.2, peakMegawatts * Math.Sin(Math.PI * ShareOfLife(after))), 2);

    /// <summary>Burnt ground never shrinks.</summary>
    public double RadiusMetresAt(TimeSpan after) =>
        SmallestRadiusMetres + (LargestRadiusMetres - SmallestRadiusMetres) * Math.Sqrt(ShareOfLife(after));

    double ShareOfLife(TimeSpan after) => Math.Clamp((after - startsAfter) / life, 0, 1);
}
