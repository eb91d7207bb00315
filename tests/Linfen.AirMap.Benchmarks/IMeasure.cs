namespace Linfen.AirMap.Benchmarks;

/// <summary>One benchmark: asks a question of the product and of a limit that it can be held against.</summary>
interface IMeasure
{
    string Name { get; }

    string Question { get; }

    Task<IReadOnlyList<Finding>> RunAsync(Stage stage, Effort effort);
}

/// <summary>How long to measure: <see cref="Quick"/> shows that everything works, <see cref="Full"/> gives numbers.</summary>
sealed record Effort(int Rounds, TimeSpan Round, double Share)
{
    public static Effort Full { get; } = new(5, TimeSpan.FromSeconds(4), 1);

    public static Effort Quick { get; } = new(3, TimeSpan.FromSeconds(1), 0.2);

    public int Of(int count) => Math.Max(1, (int)(count * Share));
}
