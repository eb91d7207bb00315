using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;

namespace Linfen.AirMap.Rulings;

/// <summary>Something beside the registers that rests on heat sources, and changes in one commit with them.</summary>
interface IHeatFollower
{
    /// <param name="rules">The law as the transaction leaves it.</param>
    /// <param name="touched">The sources as they were and as they are.</param>
    Task FollowAsync(LedgerTransaction transaction, AirMapDb db, Rulebase rules, IReadOnlyList<HeatSourceInForce> touched);

    /// <summary>The change that was followed is durable.</summary>
    void Committed(LedgerTransaction transaction);

    void Failed();
}
