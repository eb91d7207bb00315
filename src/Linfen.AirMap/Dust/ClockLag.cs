namespace Linfen.AirMap.Dust;

/// <summary>
/// Whether a device's clock is behind. That data come late is no fault: after an outage a device sends what it kept, and catches up. A clock is
/// behind when for half an hour on end everything live comes late by more than the limit, and none of it by less than before; one that stands still counts as well.
/// </summary>
sealed class ClockLag
{
    static readonly TimeSpan Watch = TimeSpan.FromMinutes(30);

    /// <summary>Who comes nearer to the present by this is catching up.</summary>
    static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(2);

    /// <summary>After such a pause nothing is known of it any more.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromHours(2);

    (DateTimeOffset Since, TimeSpan Lag)? late;

    /// <summary>When the last live packet came, by our clock.</summary>
    public DateTimeOffset HeardAt { get; private set; }

    /// <summary>By the last packet.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Whether that is known of the present.</summary>
    public bool IsBehindAt(DateTimeOffset now) => IsBehind && now - HeardAt <= Pause;

    /// <summary>Takes a live packet.</summary>
    public void Hear(DateTimeOffset at, DateTimeOffset now, TimeSpan limit)
    {
        var (lag, paused) = (now - at, now - HeardAt > Pause);
        HeardAt = now;
        if (lag <= limit)
        {
            (late, IsBehind) = (null, false);
        }
        else if (late is not { } since || paused || since.Lag - lag > CatchUp)
        {
            (late, IsBehind) = ((now, lag), false);
        }
        else
        {
            IsBehind = now - since.Since >= Watch;
        }
    }
}
