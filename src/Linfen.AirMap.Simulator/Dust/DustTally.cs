using System.Globalization;

namespace Linfen.AirMap.Simulator.Dust;

/// <summary>What devices sent and what they were answered.</summary>
public sealed class DustTally
{
    readonly Lock latch = new();
    readonly List<double> milliseconds = [];
    long sent, answered, repeated, lost, connections;

    public void Sent() => Interlocked.Increment(ref sent);

    public void Repeated() => Interlocked.Increment(ref repeated);

    public void Lost() => Interlocked.Increment(ref lost);

    public void Connected() => Interlocked.Increment(ref connections);

    public void Answered(TimeSpan after)
    {
        Interlocked.Increment(ref answered);
        lock (latch)
        {
            milliseconds.Add(after.TotalMilliseconds);
        }
    }

    public bool Clean => Interlocked.Read(ref lost) == 0 && Interlocked.Read(ref answered) == Interlocked.Read(ref sent);

    public string Summary()
    {
        lock (latch)
        {
            milliseconds.Sort();
            double At(double share) => milliseconds.Count == 0 ? 0 : milliseconds[Math.Min(milliseconds.Count - 1, (int)(milliseconds.Count * share))];
            return string.Create(
                CultureInfo.InvariantCulture,
                $"packets {sent}, answered {answered}, repeated {repeated}, never answered {lost}, connections {connections}; answer after {At(0.5):F0} ms (median), {At(0.99):F0} ms (p99), {At(1):F0} ms (longest)");
        }
    }
}
