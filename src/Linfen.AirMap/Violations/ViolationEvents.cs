using Linfen.AirMap.Events;

namespace Linfen.AirMap.Violations;

/// <summary>Tells of violations: every opening and every change passes here, so that whoever follows the ledger (alarms) misses none.</summary>
static class ViolationEvents
{
    public static void TellOpened(this LedgerTransaction transaction, IEnumerable<Violation> opened) => Tell(transaction, opened, _ => EventTypes.ViolationOpened);

    /// <summary>Those that weigh or stand otherwise, and those that closed.</summary>
    public static void TellChanged(this LedgerTransaction transaction, IEnumerable<Violation> changed) =>
        Tell(transaction, changed, v => v.IsOpen ? EventTypes.ViolationUpdated : EventTypes.ViolationClosed);

    static void Tell(LedgerTransaction transaction, IEnumerable<Violation> violations, Func<Violation, string> typeOf)
    {
        foreach (var violation in violations)
        {
            transaction.Append(typeOf(violation), violation.County, violation.Id.ToString(), ViolationFeature.ToText(violation), violation);
        }
    }
}
