using Linfen.AirMap.Audit;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Alarms;

/// <summary>Somebody heard an alarm: it is quiet on every screen. The first one counts; whoever comes later learns who that was.</summary>
/// <param name="name">As people are shown who it was.</param>
sealed class Acknowledgement(Guid id, string name) : LedgerChange
{
    /// <summary>The alarm as it is now; null where there is none for the caller.</summary>
    public AlarmOf? Told { get; private set; }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        var found = await AlarmOf.All(db).AsNoTracking().SingleOrDefaultAsync(a => a.Alarm.Id == id);
        if (found is null || !transaction.By.Scope.Holds(found.Alarm.County))
        {
            return;
        }

        Told = found;
        var before = found.ToText();
        if (found.Alarm.Acknowledge(name, transaction.KnownAt))
        {
            var after = found.ToText();
            transaction.Write(AlarmRows.Acknowledge(found.Alarm));
            transaction.Audit(AuditEntry.Done("alarm.acknowledged", "alarm", id, found.Alarm.County, before, after));
            transaction.Append(EventTypes.AlarmAcknowledged, found.Alarm.County, id.ToString(), after);
        }
    }
}
