using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Microsoft.EntityFrameworkCore;

namespace Linfen.AirMap.Alarms;

/// <summary>
/// The rules of alarms in memory. They are law: a change of them moves the log's position of law, by which every process sees in the next
/// transaction that what it holds is old.
/// </summary>
sealed class AlarmRuleBook
{
    volatile Held held = new(Guid.Empty, -1, []);

    sealed record Held(Guid Epoch, long LawSeq, IReadOnlyList<AlarmRule> Rules);

    /// <summary>Those in use, as the transaction finds them.</summary>
    public async ValueTask<IReadOnlyList<AlarmRule>> AtAsync(LedgerTransaction transaction)
    {
        if (held is { } known && known.Epoch == transaction.Epoch && known.LawSeq == transaction.LawSeqBefore)
        {
            return known.Rules;
        }

        await using var db = LedgerDb.On(transaction.Connection);
        var rules = await db.AlarmRules.AsNoTracking().Where(r => r.Enabled).OrderBy(r => r.Id).ToListAsync();
        held = new(transaction.Epoch, transaction.LawSeqBefore, rules);
        return rules;
    }
}
