namespace Linfen.AirMap.Feeds;

/// <summary>Our share of the transactions that a key has: those of the last ten minutes, by this process.</summary>
sealed class FirmsBudget(int perTenMinutes)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    readonly Lock turn = new();
    readonly Queue<(DateTimeOffset At, int Days)> spent = new();

    /// <summary>Null when it was taken; otherwise how long until there is room again.</summary>
    public TimeSpan? TryTake(int days, DateTimeOffset now)
    {
        lock (turn)
        {
            while (spent.TryPeek(out var first) && first.At <= now - Window)
            {
                spent.Dequeue();
            }

            // An empty budget lets one request through whatever it costs, or a small one would never ask for five days.
            if (spent.Count > 0 && spent.Sum(s => s.Days) + days > perTenMinutes)
            {
                return spent.Peek().At + Window - now;
            }

            spent.Enqueue((now, days));
            return null;
        }
    }
}
