using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Violations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Alarms;

/// <summary>
/// Raises alarms in the transaction that opens a violation or lets it weigh more, or in which a fire that was only known too late is seen burning,
/// and ends them in the one that closes it. Where nothing of that kind happens, and the rules are the ones it knows, it asks the database nothing.
/// </summary>
sealed class AlarmWatch(AlarmRuleBook book, IOptions<AlarmOptions> options) : ILedgerFollower
{
    public async ValueTask FollowAsync(LedgerTransaction transaction)
    {
        var burning = transaction.ToldOf<SeenAgain>().Select(t => t.About).Where(again => IsFirstFresh(again, transaction.KnownAt)).Select(again => again.SubjectId).ToHashSet();
        var begun = new List<Violation>();
        var outdated = new Dictionary<Guid, Violation>();
        foreach (var (type, violation) in transaction.ToldOf<Violation>())
        {
            var since = type == EventTypes.ViolationOpened ? violation.OpenedAt : violation.RaisedAt;
            if (violation.IsOpen && (transaction.KnownAt - since <= options.Value.FreshFor || (type == EventTypes.ViolationOpened && burning.Contains(violation.SubjectId))))
            {
                begun.Add(violation);
            }
            else if (!violation.IsOpen)
            {
                outdated[violation.Id] = violation;
            }
        }

        if (burning.Count > 0)
        {
            begun.AddRange(await UnheardAsync(transaction, [.. burning], begun.ConvertAll(v => v.Id)));
        }

        var raised = begun.Count > 0 ? Raise(begun, await book.AtAsync(transaction), transaction.KnownAt) : [];
        foreach (var heavier in raised.Where(r => r.Violation.RaisedAt is not null))
        {
            outdated[heavier.Violation.Id] = heavier.Violation;
        }

        if (outdated.Count > 0)
        {
            await EndAsync(transaction, outdated);
        }

        if (raised.Count > 0)
        {
            transaction.Write(AlarmRows.Insert([.. raised.Select(r => r.Alarm)]));
            raised.ForEach(r => Tell(transaction, EventTypes.AlarmRaised, r));
        }
    }

    /// <summary>All that was known of the fire came too late for an alarm, and now somebody saw it just now.</summary>
    bool IsFirstFresh(SeenAgain again, DateTimeOffset knownAt) =>
        again.ToldBefore - again.SeenBefore > options.Value.FreshFor && knownAt - again.SeenAt <= options.Value.FreshFor;

    /// <summary>Open violations of fires for which nobody was called yet.</summary>
    static async Task<List<Violation>> UnheardAsync(LedgerTransaction transaction, IReadOnlyList<Guid> fires, IReadOnlyList<Guid> begun)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        return await db.Violations.AsNoTracking()
            .Where(v => v.ClosedAt == null && fires.Contains(v.SubjectId) && !begun.Contains(v.Id) && !db.Alarms.Any(a => a.ViolationId == v.Id)).ToListAsync();
    }

    static List<AlarmOf> Raise(List<Violation> begun, IReadOnlyList<AlarmRule> rules, DateTimeOffset knownAt) =>
        [.. begun.Select(v => (Alarm: Alarm.Raise(v, rules, knownAt), Violation: v)).Where(r => r.Alarm is not null).Select(r => new AlarmOf { Alarm = r.Alarm!, Violation = r.Violation })];

    /// <summary>What is over, or took another alarm's place, asks for nobody's attention any more.</summary>
    static async Task EndAsync(LedgerTransaction transaction, Dictionary<Guid, Violation> outdated)
    {
        var ids = outdated.Keys.ToArray();
        await using var db = LedgerDb.On(transaction.Connection);
        var standing = await db.Alarms.AsNoTracking().Where(a => ids.Contains(a.ViolationId) && a.EndedAt == null).OrderBy(a => a.RaisedAt).ThenBy(a => a.Id).ToListAsync();
        if (standing.Count == 0)
        {
            return;
        }

        standing.ForEach(a => a.End(transaction.KnownAt));
        transaction.Write(AlarmRows.End(standing, transaction.KnownAt));
        standing.ForEach(a => Tell(transaction, EventTypes.AlarmEnded, new() { Alarm = a, Violation = outdated[a.ViolationId] }));
    }

    static void Tell(LedgerTransaction transaction, string type, AlarmOf told) => transaction.Append(type, told.Alarm.County, told.Alarm.Id.ToString(), told.ToText());
}
