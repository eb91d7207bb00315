using System.Diagnostics;

namespace Linfen.AirMap.Tests.Support;

/// <summary>Waits for a condition, not for a time.</summary>
public static class Until
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"Not within {Patience.TotalSeconds} s: {what}");
            }

            await Task.Delay(5);
        }
    }
}
