using System.Security.Claims;
using Linfen.AirMap.Accounts;

namespace Linfen.AirMap.Zones;

/// <summary>Who sees and draws which zones: what is or was in force everybody, drafts those who plan for every county that they reach into.</summary>
static class ZoneSight
{
    public static bool Sees(ClaimsPrincipal user, ZoneVersion zone, ZoneMeasures measures) =>
        zone.Status != ZoneStatus.Draft || (user.May(Permission.ReadDrafts) && Holds(user.Scope(), measures.Of(zone).Counties));

    public static bool Holds(Scope scope, IReadOnlyList<string> counties) => scope.IsCity || (counties.Count > 0 && counties.All(scope.Holds));
}
