namespace Linfen.AirMap.Plan.Articles;

/// <summary>A heat and power plant as seen from a boiler.</summary>
/// <param name="CapacityMegawatts">Electric capacity of all its units together; null when it is not known.</param>
/// <param name="Operating">Null when it is not known.</param>
/// <param name="DistanceMetres">Geodesic, from the subject's nearest point.</param>
public sealed record PlantFact(Guid Id, string Name, decimal? CapacityMegawatts, bool? Operating, double DistanceMetres);
