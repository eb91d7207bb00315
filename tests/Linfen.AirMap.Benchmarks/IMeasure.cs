namespace Linfen.AirMap.Benchmarks;

/// <summary>One benchmark: asks a question of the product and of a limit that it can be held against.</summary>
interface IMeasure
{
    string Name { get; }

    string Question { get; }

    Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort);
}

/// <summary>How long to measure: <see cref="Quick"/> shows that everything works, <see cref="Full"/> gives numbers.</summary>
/// <param name="WarmUp">The runtime compiles the busiest code again and again for half a minute; a server in service has that behind it.</param>
/// <param name="Share">Of the full amount of data.</param>
sealed record Effort(int Rounds, TimeSpan Round, TimeSpan WarmUp, double Share)
{
    /// <summary>Of what is watched for a while rather than measured in rounds.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(60);

    public static Effort Full { get; } = new(5, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(40), 1);

    public static Effort Quick { get; } = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), 0.2);

    public int Of(int count) => Math.Max(1, (int)(count * Share));
}
