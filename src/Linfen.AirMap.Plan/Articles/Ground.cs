namespace Linfen.AirMap.Plan.Articles;

/// <summary>One of several things of which each alone makes a violation.</summary>
/// <param name="Holds">Null when a fact for it is not known.</param>
/// <param name="Missing">The fact that is then missing.</param>
readonly record struct Ground(string Name, bool? Holds, string Missing);
