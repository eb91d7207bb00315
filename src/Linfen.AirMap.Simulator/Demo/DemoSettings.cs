namespace Linfen.AirMap.Simulator.Demo;

/// <summary>What city is made: the same settings give the same city, to the last digit.</summary>
/// <param name="Now">The moment from which its past year is told.</param>
public sealed record DemoSettings(int Seed, DateTimeOffset Now)
{
    static readonly TimeSpan BeijingOffset = TimeSpan.FromHours(8);

    /// <summary>The Beijing day of the moment.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.ToOffset(BeijingOffset).DateTime);

    public DateTimeOffset DaysAgo(double days) => Now - TimeSpan.FromSeconds(Math.Round(days * 86_400));
}
