using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Linfen.AirMap.Accounts;

/// <summary>
/// Failed sign-ins of each address in the running minute. A try counts from its beginning, so that a thousand at once are no way around it;
/// who turns out to be right is forgiven: a whole shift signs in from one address.
/// </summary>
sealed class SignInTries(IOptions<LimitOptions> limits, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, int> tries = new(StringComparer.Ordinal);
    readonly Lock turning = new();
    long minute;

    /// <summary>False when the address has failed too often; <paramref name="seconds"/> tells until when.</summary>
    public bool TryBegin(string address, out int seconds)
    {
        var now = clock.GetUtcNow();
        Turn(now.ToUnixTimeSeconds() / 60);
        seconds = 60 - now.Second;
        return limits.Value.SignInsPerAddress <= 0 || tries.AddOrUpdate(address, 1, (_, count) => count + 1) <= limits.Value.SignInsPerAddress;
    }

    public void Forgive(string address)
    {
        if (tries.TryGetValue(address, out var count) && count > 0)
        {
            tries.TryUpdate(address, count - 1, count);
        }
    }

    void Turn(long current)
    {
        lock (turning)
        {
            if (minute != current)
            {
                minute = current;
                tries.Clear();
            }
        }
    }
}
