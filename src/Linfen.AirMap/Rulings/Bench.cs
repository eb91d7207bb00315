using Linfen.AirMap.Atlas;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Subjects;

namespace Linfen.AirMap.Rulings;

/// <summary>What judging in a ledger's transaction needs: the registers and the law as that transaction sees it.</summary>
sealed class Bench(AtlasKeeper keeper, RegisterBook book, IEnumerable<IHeatFollower> followers)
{
    readonly List<IHeatFollower> followers = [.. followers];

    public RegisterBook Book { get; } = book;

    /// <summary>The law of the transaction: read again when another process changed it since.</summary>
    public async Task<Rulebase> RulesAsync(LedgerTransaction transaction, AirMapDb db) =>
        keeper.Rulebase is { } held && held.Epoch == transaction.Epoch && held.Seq >= transaction.LawSeq
            ? held
            : await keeper.LoadAsync(db, CancellationToken.None);

    /// <summary>The change that made this law is durable.</summary>
    public void Adopt(Rulebase rules) => keeper.Adopt(rules);

    /// <summary>What rests on heat sources is decided again in the transaction that changes them.</summary>
    /// <param name="rules">As the transaction leaves them.</param>
    /// <param name="touched">The sources as they were and as they are; only what was or is in force.</param>
    public async Task FollowHeatAsync(LedgerTransaction transaction, AirMapDb db, Rulebase rules, IReadOnlyList<HeatSourceInForce> touched)
    {
        foreach (var follower in followers)
        {
            await follower.FollowAsync(transaction, db, rules, touched);
        }
    }

    public void Followed(LedgerTransaction transaction) => followers.ForEach(f => f.Committed(transaction));

    public void FollowingFailed() => followers.ForEach(f => f.Failed());

    /// <summary>Judges subjects as the transaction leaves them.</summary>
    /// <param name="changed">Those whose facts changed with it.</param>
    /// <param name="dismissed">Those that are deleted with it.</param>
    public async Task<Docket> JudgeAsync(
        AirMapDb db, Rulebase rules, IReadOnlyCollection<Guid> ids, IReadOnlyDictionary<Guid, Subject> present, IReadOnlySet<Guid> changed,
        IReadOnlyList<Subject> dismissed, DateTimeOffset now)
    {
        var gone = dismissed.Select(s => s.Id).ToHashSet();
        var dossiers = await Families.LoadAsync(db, ids, present, gone);
        var standing = await Standing.LoadAsync(db, [.. dossiers.Select(d => d.Subject.Id), .. gone]);
        var docket = new Docket(rules, standing, now);
        foreach (var subject in dismissed)
        {
            docket.Dismiss(Matters.Of(Alone(subject), Book.Of(subject), rules, now), "subject-deleted");
        }

        foreach (var dossier in dossiers)
        {
            docket.Judge(Matters.Of(dossier, Book.Of(dossier.Subject), rules, ChangedSince(dossier, changed, dismissed, now)));
        }

        return docket;
    }

    /// <summary>
    /// Since when the facts that changed with this commit are so: the subject's own, or those of its family that it is judged by. Null where
    /// none of them changed.
    /// </summary>
    DateTimeOffset? ChangedSince(Dossier dossier, IReadOnlySet<Guid> changed, IReadOnlyList<Subject> dismissed, DateTimeOffset now)
    {
        var subject = dossier.Subject;
        var since = dossier.Children.Append(dossier.Parent).OfType<Subject>().Where(s => changed.Contains(s.Id))
            .Select(s => Book.Of(s).Since(Alone(s) with { LastData = dossier.LastData })).ToList();
        if (changed.Contains(subject.Id))
        {
            since.Add(Book.Of(subject).Since(dossier));
        }

        if (dismissed.Any(s => s.ParentId == subject.Id || s.Id == subject.ParentId))
        {
            since.Add(now);
        }

        return since.Count > 0 ? since.Max() : null;
    }

    static Dossier Alone(Subject subject) => new(subject, null, [], new Dictionary<Guid, DateTimeOffset>());
}
