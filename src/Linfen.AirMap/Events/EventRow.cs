namespace Linfen.AirMap.Events;

/// <summary>One entry of the log: what changed, where, and how the thing looks after the change.</summary>
public sealed class EventRow
{
    /// <summary>Gap-free, in commit order.</summary>
    public long Seq { get; private set; }

    /// <summary>Commit time (knownAt) of the change.</summary>
    public DateTimeOffset At { get; private set; }

    public string Type { get; private set; } = "";

    /// <summary>Six-digit code; null when the change concerns the whole city.</summary>
    public string? County { get; private set; }

    public string SubjectId { get; private set; } = "";

    /// <summary>JSON: the GET representation after the change.</summary>
    public string Data { get; private set; } = "{}";

    EventRow()
    {
    }
}

/// <summary>The single row that holds the head of the log.</summary>
public sealed class EventHead
{
    public int Id { get; private set; }

    /// <summary>Another epoch is another history: clients take the snapshot again.</summary>
    public Guid Epoch { get; private set; }

    public long Last { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>Position of the last event that changed law: zones, plants, parks, counties, parameters.</summary>
    public long LawSeq { get; private set; }

    EventHead()
    {
    }
}
