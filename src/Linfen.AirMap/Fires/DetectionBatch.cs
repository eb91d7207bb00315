using Linfen.AirMap.Atlas;
using Linfen.AirMap.Counties;
using Linfen.AirMap.Data;
using Linfen.AirMap.Events;
using Linfen.AirMap.Fires.Fusion;
using Linfen.AirMap.Intake;
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
    readonly List<Arrival> quarantined = [];
    readonly List<NewDetection> history = [];

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
        index.Revalidate(transaction.Head);
        var fusion = new FireFusion(index, rules, options, transaction, ids);
        await fusion.LoadAsync(arrivals.Where(a => !known.ContainsKey(Identity.Of(a.Seen))).Select(a => (a.Seen.OccurredAt, a.Seen.OccurredAt)));
        foreach (var arrival in arrivals)
        {
            if (Admit(arrival, transaction.KnownAt))
            {
                Store(arrival, fusion, transaction.KnownAt);
            }
        }

        await fusion.SettleAsync();
        await WriteAsync(transaction, fusion);
    }

    public override void Committed(LedgerTransaction transaction) => index.Advance(transaction.Last);

    public override void Failed() => index.Forget();

    /// <summary>Whether it is new and may be stored.</summary>
    bool Admit(Arrival arrival, DateTimeOffset knownAt)
    {
        var seen = arrival.Seen;
        var identity = Identity.Of(seen);
        if (known.TryGetValue(identity, out var digest))
        {
            arrival.Fate = seen.ContentDigest is null || digest is null || seen.ContentDigest == digest ? ArrivalFate.Duplicate : ArrivalFate.Conflict;
            return false;
        }

        if (seen.OccurredAt > knownAt + futureTolerance)
        {
            arrival.Fate = ArrivalFate.Quarantined;
            quarantined.Add(arrival);
            return false;
        }

        known[identity] = seen.ContentDigest;
        arrival.Fate = ArrivalFate.Stored;
        return true;
    }

    void Store(Arrival arrival, FireFusion fusion, DateTimeOffset knownAt)
    {
        var seen = arrival.Seen;
        var isHistory = knownAt - seen.OccurredAt > options.HistoryAfter;
        var id = ids.Next(knownAt);
        Sighting? sighting = null;
        if (seen.MayOpenFire)
        {
            sighting = Sighting.Of(id, seen, arrival.County.Code, knownAt, isHistory);
            fusion.Place(sighting);
        }

        var detection = new NewDetection(id, seen, arrival.County, sighting);
        detections.Add(detection);
        if (isHistory)
        {
            history.Add(detection);
        }
    }

    async Task WriteAsync(LedgerTransaction transaction, FireFusion fusion)
    {
        await fusion.Changes.WriteAsync(transaction, opened =>
        {
            if (opened.Count >= ManyRows)
            {
                transaction.Copy(FireCopies.Fires, copy => FireCopies.WriteAsync(copy, opened));
            }
            else
            {
                transaction.Write(FireRows.InsertFires(opened));
            }
        });
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

        if (quarantined.Count > 0)
        {
            transaction.Write(IntakeRows.Quarantine(quarantined, transaction.KnownAt));
        }

        if (history.Count > 0)
        {
            transaction.Append(EventTypes.FiresImported, null, transaction.KnownAt.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
                FireLaw.ImportedText(history, fusion.Changes.OpenedAsHistory));
        }
    }
}
