using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Feeds;

/// <summary>What is expected of a feed and how it went: when it was asked, when that was good, what failed, since when it is told to be stale. Kept by ledger changes.</summary>
sealed class FeedWatch
{
    public string Feed { get; private set; } = "";

    public SourceKind SourceKind { get; private set; }

    /// <summary><c>firms</c>, <c>himawari</c>, <c>folder</c> or <c>webhook</c>; null for what others just deliver.</summary>
    public string? Kind { get; private set; }

    /// <summary>Since when something is expected.</summary>
    public DateTimeOffset Since { get; private set; }

    public DateTimeOffset? LastPolledAt { get; private set; }

    public DateTimeOffset? LastGoodAt { get; private set; }

    /// <summary>What happened until then was asked for.</summary>
    public DateTimeOffset? CoveredUntil { get; private set; }

    public string? ErrorCode { get; private set; }

    public string? Error { get; private set; }

    public DateTimeOffset? ErrorAt { get; private set; }

    /// <summary>Polls that failed one after the other.</summary>
    public int Failures { get; private set; }

    public DateTimeOffset? NextPollAt { get; private set; }

    /// <summary>Since when the log tells it to be stale.</summary>
    public DateTimeOffset? StaleSince { get; private set; }

    public DateTimeOffset? LastStoredAt { get; private set; }

    public DateTimeOffset? LastOccurredAt { get; private set; }

    /// <summary>Beijing calendar day of <see cref="Today"/>.</summary>
    public DateOnly? Day { get; private set; }

    /// <summary>Detections that its polls stored on <see cref="Day"/>.</summary>
    public long Today { get; private set; }

    FeedWatch()
    {
    }
}
