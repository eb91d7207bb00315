using System.Collections.Concurrent;
using System.Net;

namespace Linfen.AirMap.Dust;

/// <summary>How many connections each address has open.</summary>
sealed class AddressCap
{
    readonly ConcurrentDictionary<IPAddress, int> open = new();

    public bool TryEnter(IPAddress address, int most)
    {
        if (open.AddOrUpdate(address, 1, (_, count) => count + 1) <= most)
        {
            return true;
        }

        Leave(address);
        return false;
    }

    public void Leave(IPAddress address)
    {
        if (open.AddOrUpdate(address, 0, (_, count) => count - 1) == 0)
        {
            open.TryRemove(KeyValuePair.Create(address, 0));
        }
    }
}
