namespace Linfen.AirMap.Feeds;

/// <summary>When to ask again: back-off doubles from half a minute to half an hour, and is spread so that many servers do not come back together.</summary>
static class FeedPace
{
    static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>Whoever asks to be left alone for longer is asked again after this all the same.</summary>
    public static readonly TimeSpan MostRetryAfter = TimeSpan.FromHours(1);

    /// <param name="failures">Polls that failed one after the other, this one included.</param>
    /// <param name="spread">0 to 1: where in the fifth around the pause it comes to lie.</param>
    public static TimeSpan After(int failures, TimeSpan? retryAfter, double spread)
    {
        var pause = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Clamp(failures - 1, 0, 10)));
        var spreadPause = pause * (0.9 + 0.2 * spread);
        var asked = retryAfter is { } wanted ? TimeSpan.FromTicks(Math.Clamp(wanted.Ticks, 0, MostRetryAfter.Ticks)) : TimeSpan.Zero;
        return spreadPause > asked ? spreadPause : asked;
    }
}
