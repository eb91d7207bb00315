namespace Linfen.AirMap.Intake;

/// <summary>What became of a batch or file. Received is always the sum of the others.</summary>
public sealed class IntakeReport(int listedRejections = 1_000)
{
    readonly List<RejectedLine> rejected = [];

    public long Received => Stored + Duplicates + Outside + Quarantined + RejectedCount;

    public long Stored { get; private set; }

    public long Duplicates { get; private set; }

    public long Outside { get; private set; }

    public long Quarantined { get; private set; }

    public long RejectedCount { get; private set; }

    /// <summary>What a webhook acknowledged without taking it for a detection (another kind of alarm); not part of <see cref="Received"/>.</summary>
    public long Ignored { get; private set; }

    /// <summary>The first of them, by line.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <summary>The counts as members of a problem, named as in the good answer.</summary>
    internal Dictionary<string, object?> ToMembers() => new(StringComparer.Ordinal)
    {
        ["received"] = Received,
        ["stored"] = Stored,
        ["duplicates"] = Duplicates,
        ["outside"] = Outside,
        ["quarantined"] = Quarantined,
        ["rejectedCount"] = RejectedCount,
        ["ignored"] = Ignored,
        ["rejected"] = Rejected,
    };

    internal void Ignore() => Ignored++;

    internal void Reject(long line, string reason)
    {
        RejectedCount++;
        if (rejected.Count < listedRejections)
        {
            rejected.Add(new(line, reason));
        }
    }

    internal void Count(ChunkOutcome outcome)
    {
        Stored += outcome.Stored;
        Duplicates += outcome.Duplicates;
        Outside += outcome.Outside;
        Quarantined += outcome.Quarantined;
        foreach (var (line, reason) in outcome.Rejected)
        {
            Reject(line, reason);
        }
    }
}

/// <param name="Line">Line of the file from 1 (header = 1), or number of the element of a JSON array from 1.</param>
/// <param name="Reason">A stable word, often followed by an explanation.</param>
public readonly record struct RejectedLine(long Line, string Reason);

/// <summary>What became of one chunk, known only after its commit.</summary>
sealed record ChunkOutcome(int Stored, int Duplicates, int Outside, int Quarantined, IReadOnlyList<RejectedLine> Rejected);
