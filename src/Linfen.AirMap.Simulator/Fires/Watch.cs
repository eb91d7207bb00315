namespace Linfen.AirMap.Simulator.Fires;

/// <summary>An eye that has a fire in view.</summary>
sealed record Watch(SimulatedFire Fire, Eye Eye);
