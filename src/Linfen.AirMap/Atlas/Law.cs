using Linfen.AirMap.Plan.Parameters;

namespace Linfen.AirMap.Atlas;

/// <summary>The dated parameters as they stand in the database.</summary>
sealed class Law(AtlasKeeper keeper)
{
    public ParameterSet Current => keeper.Law;
}
