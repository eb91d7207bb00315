using Linfen.AirMap.Intake;

namespace Linfen.AirMap.Feeds;

/// <summary>Why a poll failed.</summary>
/// <param name="Code">Stable; the client has words of its own for it.</param>
/// <param name="Words">A sentence without secrets and without what a stranger sent.</param>
/// <param name="RetryAfter">When the other side wants to be asked again.</param>
sealed record FeedFault(string Code, string Words, TimeSpan? RetryAfter = null);

/// <summary>What a poll brought.</summary>
sealed record PollOutcome
{
    public FeedFault? Fault { get; init; }

    /// <summary>The feed lives: it answered as it should (even without a fire), or a file was taken.</summary>
    public bool IsGood { get; init; }

    /// <summary>What happened until then has been asked for; null where it stays as it was.</summary>
    public DateTimeOffset? CoveredUntil { get; init; }

    public long Stored { get; init; }

    public DateTimeOffset? NewestAt { get; init; }

    public static PollOutcome Failed(FeedFault fault) => new() { Fault = fault };
}

/// <summary>A feed that we ask, as opposed to one that calls us.</summary>
abstract class PolledFeed
{
    public abstract string Name { get; }

    public abstract SourceKind SourceKind { get; }

    /// <summary><c>firms</c>, <c>himawari</c> or <c>folder</c>; feeds of one kind are asked one after the other.</summary>
    public abstract string Kind { get; }

    /// <summary>Feed of the detections it stores, where that is always the same one.</summary>
    public virtual string? DetectionFeed => Name;

    public abstract TimeSpan Interval { get; }

    /// <summary>Without a setting of its own it is stale this long after its last good poll; null for never.</summary>
    public abstract TimeSpan? UsualStaleAfter { get; }

    /// <summary>Looks at this machine only: needs no turn among processes, and is written down only when something happened.</summary>
    public virtual bool IsLocal => false;

    /// <param name="covered">Until when everything has been asked for; null at the first poll.</param>
    public abstract Task<PollOutcome> PollAsync(DateTimeOffset? covered, DateTimeOffset now, CancellationToken cancellation);
}
