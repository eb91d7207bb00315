using Linfen.AirMap.Geo;
using Linfen.AirMap.Intake;

namespace Linfen.AirMap.HeatSources.Learning;

/// <summary>What a satellite saw, as far as it tells of a standing source.</summary>
/// <param name="Position">CGCS2000 degrees, the middle of the pixel.</param>
/// <param name="RadiusMetres">Half the diagonal of the pixel.</param>
/// <param name="Type">FIRMS <c>type</c>, where the edition tells it.</param>
readonly record struct HeatSighting(DateTimeOffset At, LonLat Position, double RadiusMetres, double? FrpMegawatts, bool Night, int? Type)
{
    public static HeatSighting Of(Observation seen) =>
        new(seen.OccurredAt, seen.Position, seen.RadiusMetres, seen.FrpMegawatts, seen.Night ?? !Sun.IsUp(seen.Position, seen.OccurredAt), seen.FirmsType);
}
