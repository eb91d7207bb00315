using Linfen.AirMap.Atlas;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Rulings;

/// <summary>Brings subjects of registers before the rule book.</summary>
static class Matters
{
    /// <param name="changedSince">Since when the facts that changed with this commit are so; null where none did.</param>
    public static Matter Of(Dossier dossier, Register register, Rulebase rules, DateTimeOffset? changedSince)
    {
        var subject = dossier.Subject;
        return new(
            subject.Kind, subject.Id, subject.Name, subject.County, subject.Position, subject.Simulated, register.Since(dossier), changedSince, [subject.Id],
            at => register.Decide(dossier, rules.Atlas, rules.Law, at),
            Turns(dossier, register, rules));
    }

    static List<DateTimeOffset> Turns(Dossier dossier, Register register, Rulebase rules)
    {
        var turns = new List<DateTimeOffset> { Beijing.StartOf(ActionPlan.InForceFrom) };
        var ruled = RuleBook.Rules.Where(r => r.SubjectKinds.Contains(dossier.Subject.Kind, StringComparer.Ordinal)).ToList();
        turns.AddRange(rules.Law.Boundaries(ruled.SelectMany(r => r.Parameters).Distinct(StringComparer.Ordinal)));
        var kinds = ruled.SelectMany(r => r.ZoneKinds).ToHashSet();
        if (kinds.Count > 0 && dossier.Shape is { } shape)
        {
            // Where there is no urban area at all, the rules that need one cannot decide: any that begins or ends counts.
            turns.AddRange(rules.Atlas.Regulation.Containing(shape, dossier.Subject.Simulated).Where(z => kinds.Contains(z.Kind))
                .Concat(kinds.Contains(ZoneKind.UrbanArea) ? rules.Atlas.Regulation.Zones.Where(z => z.Kind == ZoneKind.UrbanArea) : [])
                .SelectMany(z => z.Boundaries()));
        }

        turns.AddRange(register.Turns(dossier, rules.Law));
        return turns;
    }
}
