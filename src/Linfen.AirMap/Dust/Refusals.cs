using System.Collections.Concurrent;

namespace Linfen.AirMap.Dust;

/// <summary>What one MN, or one address that says none, was refused for. Counted since the server started.</summary>
/// <param name="Mn">Empty for bytes that belong to no packet.</param>
/// <param name="Reason">Name of a fault of the codec, or unknown-mn, wrong-password.</param>
sealed record Refusal(string Mn, string Address, string Reason, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>Keeps what was refused, so that an operator sees a new device, a wrong password, a broken cable. Bounded: strangers cannot fill the memory.</summary>
sealed class Refusals(TimeProvider clock)
{
    const int Most = 2_000;

    readonly ConcurrentDictionary<(string Mn, string Address, string Reason), Refusal> kept = new();

    public IReadOnlyList<Refusal> All => [.. kept.Values.OrderByDescending(r => r.LastAt)];

    public void Count(string mn, string address, string reason)
    {
        var (key, now) = ((mn, address, reason), clock.GetUtcNow());
        if (kept.Count < Most || kept.ContainsKey(key))
        {
            kept.AddOrUpdate(key, _ => new(mn, address, reason, 1, now, now), (_, before) => before with { Count = before.Count + 1, LastAt = now });
        }
    }
}
