using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Intake;
using Linfen.AirMap.Plan;
using Linfen.AirMap.Plan.Articles;
using Linfen.AirMap.Violations;
using Npgsql;

namespace Linfen.AirMap.Fires;

/// <summary>A located observation on its way into the ledger, and what became of it.</summary>
sealed class Arrival(Observation seen, County county)
{
    public Observation Seen { get; } = seen;

    public County County { get; } = county;

    public ArrivalFate Fate { get; set; }
}

enum ArrivalFate
{
    Stored,
    Duplicate,
    Conflict,
    Quarantined,
}

/// <summary>
/// A batch of detections as one change: known ones are told apart, new ones join a fire or open one, a burning fire opens its
/// violation of Article 36, and history is summed up in one event.
/// </summary>
sealed class DetectionBatch(IReadOnlyList<Arrival> arrivals, FireIndex index, Rulebase rules, FireOptions options, TimeSpan futureTolerance) : LedgerChange
{
    /// <summary>A file, and no single reports: a COPY costs a round trip of its own, and the database less for each row.</summary>
    const int ManyRows = 256;

    readonly Dictionary<Identity, Guid?> known = new(arrivals.Count);
    readonly RowIds ids = new();
    readonly List<NewDetection> detections = [];
    readonly List<Fire> opened = [];
    readonly Dictionary<Guid, Fire> joined = [];
    readonly List<Fire> moved = [];
    readonly List<Fire> relit = [];
    readonly List<Violation> violations = [];
    readonly List<(Fire Fire, Decision.Undecidable Decision)> undecided = [];
    readonly List<Arrival> quarantined = [];
    readonly List<NewDetection> history = [];
    int historyFires;

    readonly record struct Identity(string DetectionId, string Feed, SourceKind Kind, bool Simulated)
    {
        public static Identity Of(Observation seen) => new(seen.DetectionId, seen.Feed, seen.SourceKind, seen.Simulated);
    }

    public override void Ask(NpgsqlBatch opening) => opening.BatchCommands.Add(Column.Command(
        """
        SELECT i.n::int, d.content_digest FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS i(detection_id, feed, source_kind, simulated, n)
        JOIN detections d ON d.detection_id = i.detection_id AND d.feed = i.feed AND d.source_kind = i.source_kind AND d.simulated = i.simulated
        """,
        Column.Texts(arrivals.Select(a => a.Seen.DetectionId)),
        Column.Texts(arrivals.Select(a => a.Seen.Feed)),
        Column.Smalls(arrivals.Select(a => (short)a.Seen.SourceKind)),
        Column.Flags(arrivals.Select(a => a.Seen.Simulated))));

    public override async Task HearAsync(NpgsqlDataReader answers)
    {
        while (await answers.ReadAsync())
        {
            known[Identity.Of(arrivals[answers.GetInt32(0) - 1].Seen)] = await answers.IsDBNullAsync(1) ? null : answers.GetGuid(1);
        }
    }

    public override async Task ApplyAsync(LedgerTransaction transaction)
    {
        await LoadIndexAsync(transaction);
        foreach (var arrival in arrivals)
        {
            Admit(arrival, transaction.KnownAt);
        }

        await ReweighRelitAsync(transaction);
        Write(transaction);
        Tell(transaction);
    }

    public override void Committed(LedgerTransaction transaction) => index.Advance(transaction.Last);

    public override void Failed() => index.Forget();

    async Task LoadIndexAsync(LedgerTransaction transaction)
    {
        index.Revalidate(transaction.Head);
        var missing = index.Missing(arrivals.Where(a => !known.ContainsKey(Identity.Of(a.Seen))).Select(a => a.Seen.OccurredAt), options.JoinWindow);
        if (missing.Count > 0)
        {
            index.Load(missing, await FireStore.OfDaysAsync(transaction.Connection, missing, options));
        }
    }

    void Admit(Arrival arrival, DateTimeOffset knownAt)
    {
        var seen = arrival.Seen;
        var identity = Identity.Of(seen);
        if (known.TryGetValue(identity, out var digest))
        {
            arrival.Fate = seen.ContentDigest is null || digest is null || seen.ContentDigest == digest ? ArrivalFate.Duplicate : ArrivalFate.Conflict;
        }
        else if (seen.OccurredAt > knownAt + futureTolerance)
        {
            arrival.Fate = ArrivalFate.Quarantined;
            quarantined.Add(arrival);
        }
        else
        {
            known[identity] = seen.ContentDigest;
            arrival.Fate = ArrivalFate.Stored;
            Store(arrival, knownAt);
        }
    }

    void Store(Arrival arrival, DateTimeOffset knownAt)
    {
        var seen = arrival.Seen;
        var isHistory = knownAt - seen.OccurredAt > options.HistoryAfter;
        var id = ids.Next(knownAt);
        Fire? fire = null;
        if (seen.MayOpenFire)
        {
            fire = index.Nearest(seen, isHistory, options);
            if (fire is null)
            {
                fire = OpenFire(arrival, isHistory, id, knownAt);
            }
            else
            {
                JoinFire(fire, seen, knownAt);
            }
        }

        var detection = new NewDetection(id, seen, arrival.County, fire?.Id);
        detections.Add(detection);
        if (isHistory)
        {
            history.Add(detection);
        }
    }

    Fire OpenFire(Arrival arrival, bool isHistory, Guid evidence, DateTimeOffset knownAt)
    {
        var fire = Fire.Open(ids.Next(knownAt), arrival.Seen, arrival.County, isHistory, knownAt, Database.Geometry);
        opened.Add(fire);
        index.Add(fire);
        if (isHistory)
        {
            historyFires++;
            return fire;
        }

        switch (Article36.Decide(FireLaw.Facts(fire), arrival.Seen.OccurredAt, rules.Law))
        {
            case Decision.Violation decision:
                var subject = new ViolationSubject(
                    "fire", fire.Id, fire.Name, arrival.County, fire.Position, fire.Simulated, rules.Atlas.ResponsibleAt(arrival.County, fire.Position, knownAt, fire.Simulated));
                var violation = Violation.Open(decision, subject, [evidence], fire.FirstSeenAt, knownAt);
                fire.Violates(violation.Id);
                violations.Add(violation);
                break;
            case Decision.Undecidable undecidable:
                undecided.Add((fire, undecidable));
                break;
            default:
                break;
        }

        return fire;
    }

    void JoinFire(Fire fire, Observation seen, DateTimeOffset knownAt)
    {
        var before = fire.LonLat;
        if (fire.Join(seen, options.LapseAfter, knownAt))
        {
            relit.Add(fire);
        }

        index.Grown(fire, before);
        if (before != fire.LonLat)
        {
            moved.Add(fire);
        }

        joined[fire.Id] = fire;
    }

    /// <summary>A lapsed fire that burns again weighs as it did before.</summary>
    async Task ReweighRelitAsync(LedgerTransaction transaction)
    {
        if (relit.Count == 0)
        {
            return;
        }

        var changed = (await FireStore.OpenViolationsAsync(transaction.Connection, relit.ConvertAll(f => f.Id)))
            .FindAll(v => index.Find(v.SubjectId) is { } fire && FireLaw.Reweigh(v, fire, rules.Law));
        if (changed.Count > 0)
        {
            transaction.Write(ViolationRows.UpdateState(changed));
            changed.ForEach(v => transaction.Append(EventTypes.ViolationUpdated, v.County, v.Id.ToString(), ViolationFeature.ToText(v)));
        }
    }

    void Write(LedgerTransaction transaction)
    {
        if (opened.Count >= ManyRows)
        {
            transaction.Copy(FireCopies.Fires, copy => FireCopies.WriteAsync(copy, opened));
        }
        else if (opened.Count > 0)
        {
            transaction.Write(FireRows.InsertFires(opened));
        }

        // A fire that was opened and joined within the batch is written once, as it stands at the end.
        var openedIds = opened.Select(f => f.Id).ToHashSet();
        var updated = joined.Values.Where(f => !openedIds.Contains(f.Id)).ToList();
        if (updated.Count > 0)
        {
            foreach (var command in FireRows.UpdateFires(updated, [.. moved.Distinct().Where(f => !openedIds.Contains(f.Id))]))
            {
                transaction.Write(command);
            }
        }

        if (violations.Count > 0)
        {
            transaction.Write(ViolationRows.Insert(violations));
        }

        if (detections.Count >= ManyRows)
        {
            transaction.Copy(FireCopies.Detections, copy => FireCopies.WriteAsync(copy, detections, transaction.KnownAt));
        }
        else if (detections.Count > 0)
        {
            transaction.Write(FireRows.InsertDetections(detections, transaction.KnownAt));
        }

        if (detections.Count > 0)
        {
            transaction.Write(IntakeRows.UpsertFeeds(detections, transaction.KnownAt));
            transaction.Write(IntakeRows.Release(detections));
        }

        if (undecided.Count > 0)
        {
            transaction.Write(FireLaw.InsertUndecidables(undecided, transaction.KnownAt));
        }

        if (quarantined.Count > 0)
        {
            transaction.Write(IntakeRows.Quarantine(quarantined, transaction.KnownAt));
        }
    }

    /// <summary>Events in the order in which things became known; history as one event of the batch.</summary>
    void Tell(LedgerTransaction transaction)
    {
        foreach (var fire in opened.Where(f => f.Status != FireStatus.History))
        {
            transaction.Append(EventTypes.FireDetected, fire.County, fire.Id.ToString(), FireFeature.ToText(fire, options));
        }

        var openedIds = opened.Select(f => f.Id).ToHashSet();
        foreach (var fire in joined.Values.Where(f => f.Status != FireStatus.History && !openedIds.Contains(f.Id)))
        {
            transaction.Append(EventTypes.FireUpdated, fire.County, fire.Id.ToString(), FireFeature.ToText(fire, options));
        }

        foreach (var violation in violations)
        {
            transaction.Append(EventTypes.ViolationOpened, violation.County, violation.Id.ToString(), ViolationFeature.ToText(violation));
        }

        foreach (var (fire, decision) in undecided)
        {
            transaction.Append(EventTypes.UndecidableChanged, fire.County, fire.Id.ToString(), FireLaw.UndecidableText(fire, decision));
        }

        if (history.Count > 0)
        {
            transaction.Append(EventTypes.FiresImported, null, transaction.KnownAt.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                FireLaw.ImportedText(history, historyFires));
        }
    }
}
