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
        var told = transaction.ToldOf<Violation>().ToList();
        var begun = told.Where(t => t.About.IsOpen && transaction.KnownAt - SinceOf(t) <= options.Value.FreshFor).Select(t => t.About).ToList();
        var outdated = told.Where(t => !t.About.IsOpen).Select(t => t.About).DistinctBy(v => v.Id).ToDictionary(v => v.Id);
        var standing = await StandingAsync(transaction, [.. outdated.Keys]);
        var calling = Calling(transaction, standing, outdated);
        if (calling.Count > 0)
        {
            begun.AddRange(told.Where(t => t.Type == EventTypes.ViolationOpened && t.About.IsOpen && calling.Contains(t.About.SubjectId)).Select(t => t.About).Except(begun));
            begun.AddRange(await UnheardAsync(transaction, [.. calling], begun.ConvertAll(v => v.Id), [.. outdated.Keys]));
        }

        var raised = begun.Count > 0 ? Raise(begun, await book.AtAsync(transaction), transaction.KnownAt) : [];
        foreach (var heavier in raised.Where(r => r.Violation.RaisedAt is not null).Select(r => r.Violation).ToList())
        {
            outdated[heavier.Id] = heavier;
            standing.AddRange(await StandingAsync(transaction, [heavier.Id]));
        }

        End(transaction, standing, outdated);
        if (raised.Count > 0)
        {
            transaction.Write(AlarmRows.Insert([.. raised.Select(r => r.Alarm)]));
            raised.ForEach(r => Tell(transaction, EventTypes.AlarmRaised, r));
        }
    }

    static DateTimeOffset? SinceOf((string Type, Violation About) told) => told.Type == EventTypes.ViolationOpened ? told.About.OpenedAt : told.About.RaisedAt;

    /// <summary>Fires for which somebody has to be called who was not yet: seen burning just now for the first time, or one with another for which nobody has come yet.</summary>
    HashSet<Guid> Calling(LedgerTransaction transaction, IReadOnlyList<Alarm> standing, Dictionary<Guid, Violation> outdated)
    {
        var calling = transaction.ToldOf<SeenAgain>().Select(t => t.About).Where(again => IsFirstFresh(again, transaction.KnownAt)).Select(again => again.SubjectId).ToHashSet();
        var goesOn = transaction.ToldOf<GoesOnIn>().ToDictionary(t => t.About.Lost, t => t.About.Kept);
        var (heard, unheard) = (new HashSet<Guid>(), new HashSet<Guid>());
        foreach (var alarm in standing)
        {
            var fire = outdated[alarm.ViolationId].SubjectId;
            while (goesOn.TryGetValue(fire, out var kept))
            {
                fire = kept;
            }

            if (fire != outdated[alarm.ViolationId].SubjectId)
            {
                (alarm.AcknowledgedAt is null ? unheard : heard).Add(fire);
            }
        }

        calling.ExceptWith(heard);
        calling.UnionWith(unheard);
        return calling;
    }

    /// <summary>All that was known of the fire came too late for an alarm, and now somebody saw it just now.</summary>
    bool IsFirstFresh(SeenAgain again, DateTimeOffset knownAt) =>
        again.ToldBefore - again.SeenBefore > options.Value.FreshFor && knownAt - again.SeenAt <= options.Value.FreshFor;

    /// <summary>Open violations of fires for which nobody was called yet.</summary>
    static async Task<List<Violation>> UnheardAsync(LedgerTransaction transaction, IReadOnlyList<Guid> fires, IReadOnlyList<Guid> begun, IReadOnlyList<Guid> ended)
    {
        await using var db = LedgerDb.On(transaction.Connection);
        return await db.Violations.AsNoTracking()
            .Where(v => v.ClosedAt == null && fires.Contains(v.SubjectId) && !begun.Contains(v.Id) && !ended.Contains(v.Id) && !db.Alarms.Any(a => a.ViolationId == v.Id)).ToListAsync();
    }

    /// <summary>What still asks for attention.</summary>
    static async Task<List<Alarm>> StandingAsync(LedgerTransaction transaction, Guid[] violations)
    {
        if (violations.Length == 0)
        {
            return [];
        }

        await using var db = LedgerDb.On(transaction.Connection);
        return await db.Alarms.AsNoTracking().Where(a => violations.Contains(a.ViolationId) && a.EndedAt == null).OrderBy(a => a.RaisedAt).ThenBy(a => a.Id).ToListAsync();
    }

    static List<AlarmOf> Raise(List<Violation> begun, IReadOnlyList<AlarmRule> rules, DateTimeOffset knownAt) =>
        [.. begun.Select(v => (Alarm: Alarm.Raise(v, rules, knownAt), Violation: v)).Where(r => r.Alarm is not null).Select(r => new AlarmOf { Alarm = r.Alarm!, Violation = r.Violation })];

    /// <summary>What is over, or took another alarm's place, asks for nobody's attention any more.</summary>
    static void End(LedgerTransaction transaction, List<Alarm> standing, Dictionary<Guid, Violation> outdated)
    {
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
