namespace Linfen.AirMap.Zones;

/// <summary>Settings under <c>Airmap:Zones</c>.</summary>
public sealed record ZoneOptions
{
    /// <summary>Whoever drew a zone does not publish it himself; never asked of imports.</summary>
    public bool TwoPersons { get; init; }
}
