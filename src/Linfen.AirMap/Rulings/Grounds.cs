using System.Text.Json;
using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Parameters;
using Linfen.AirMap.Violations;

namespace Linfen.AirMap.Rulings;

/// <summary>The law that a violation was opened under, as it was kept with it.</summary>
static class Grounds
{
    /// <summary>
    /// Whether the law of the moment at which it opened still is what it was opened under. It is not when that was changed afterwards: a
    /// zone was retired on its first day, or a value was dated back.
    /// </summary>
    public static bool Stand(Violation violation, Rulebase rules) => ZoneStands(violation, rules.Atlas.Regulation) && ParametersStand(violation, rules.Law);

    static bool ZoneStands(Violation violation, Regulation regulation)
    {
        if (violation.Zone is null || JsonSerializer.Deserialize<ZoneNamed>(violation.Zone, DecisionJson.Options) is not { } named)
        {
            return true;
        }

        var day = Beijing.DayOf(violation.OpenedAt);
        return regulation.Zones.Any(z => z.Id == named.Id && z.Version == named.Version && z.HoldsOn(day));
    }

    static bool ParametersStand(Violation violation, ParameterSet law) =>
        JsonSerializer.Deserialize<List<AppliedParameter>>(violation.Parameters, DecisionJson.Options)!
            .TrueForAll(applied => law.At(applied.Code, violation.OpenedAt) is { } now && now.EffectiveFrom == applied.EffectiveFrom && now.Value.Equals(applied.Value));

    sealed record ZoneNamed(Guid Id, int Version);
}
